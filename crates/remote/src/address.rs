//! The address of a server as people write it, and the addresses under it.

/// A server's base, such as `https://host/v1`, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    base: String,
}

/// The text is no address that text may be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error(
        "This is not an address. Write it with https:// in front, such as https://example.com/v1."
    )]
    NotAnAddress,
    #[error(
        "Only this machine may be reached without encryption. Write https:// instead of http://."
    )]
    NotEncrypted,
    #[error("The address has a key or password in it. Put it into the field for the key.")]
    HasSecret,
}

/// What people copy along.
const TAILS: [&str; 5] = ["/chat/completions", "/completions", "/responses", "/models", "/infill"];

impl Address {
    /// Reads an address; without a path it gets `/v1`, where nearly all servers have these protocols.
    ///
    /// # Errors
    /// [`AddressError`] when it is none, or none that text may be sent to.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let Self { base } = Self::exact(text)?;
        let start = base.find("://").map_or(0, |at| at + 3);
        let path = base[start..].find('/').map_or(base.len(), |at| start + at);
        let base = base.trim_end_matches('/');
        let bare = TAILS.iter().find_map(|tail| base.strip_suffix(tail)).unwrap_or(base);
        let tail = if bare.len() <= path { "/v1" } else { "" };
        Ok(Self { base: format!("{bare}{tail}") })
    }

    /// Reads an address that is no server's base, and leaves its path as it is.
    ///
    /// # Errors
    /// [`AddressError`], as for the others.
    pub fn exact(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let (scheme, rest) = match () {
            () if lower.starts_with("https://") => ("https://", &text[8..]),
            () if lower.starts_with("http://") => ("http://", &text[7..]),
            () => return Err(AddressError::NotAnAddress),
        };
        let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]_".contains(c);
        if authority.contains('@') || path.contains(['?', '#']) {
            return Err(AddressError::HasSecret);
        }
        let host = host(authority);
        if host.is_empty() || !authority.chars().all(plain) || path.contains(char::is_whitespace) {
            return Err(AddressError::NotAnAddress);
        }
        if scheme == "http://" && !is_here(host) {
            return Err(AddressError::NotEncrypted);
        }
        Ok(Self { base: format!("{scheme}{}{path}", authority.to_ascii_lowercase()) })
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.base
    }

    /// Scheme, host and port: what a browser's policy names.
    #[must_use]
    pub fn origin(&self) -> &str {
        let start = self.base.find("://").map_or(0, |at| at + 3);
        let end = self.base[start..].find('/').map_or(self.base.len(), |at| start + at);
        &self.base[..end]
    }

    /// Host and port.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.origin().split("://").nth(1).unwrap_or_default()
    }

    /// Whether it is on this machine.
    #[must_use]
    pub fn is_local(&self) -> bool {
        is_here(host(self.authority()))
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Beside `/v1`, where servers have what is their own.
    pub(crate) fn beside(&self, path: &str) -> String {
        format!("{}{path}", self.base.strip_suffix("/v1").unwrap_or(&self.base))
    }
}

fn host(authority: &str) -> &str {
    if let Some(end) = authority.find(']').filter(|_| authority.starts_with('[')) {
        return &authority[..=end];
    }
    authority.split(':').next().unwrap_or_default()
}

fn is_here(host: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].contains(&host.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (text, expected) in [
            ("https://api.example.com/v1", Ok("https://api.example.com/v1")),
            (" https://API.example.com/ ", Ok("https://api.example.com/v1")),
            ("http://localhost:11434", Ok("http://localhost:11434/v1")),
            ("http://[::1]:8080/v1/", Ok("http://[::1]:8080/v1")),
            ("https://host/openai/v1/chat/completions", Ok("https://host/openai/v1")),
            ("http://example.com/v1", Err(AddressError::NotEncrypted)),
            ("http://localhost.example.com", Err(AddressError::NotEncrypted)),
            ("https://user:pass@host/v1", Err(AddressError::HasSecret)),
            ("https://host/v1?key=abc", Err(AddressError::HasSecret)),
            ("example.com", Err(AddressError::NotAnAddress)),
            ("javascript:alert(1)", Err(AddressError::NotAnAddress)),
            ("https://", Err(AddressError::NotAnAddress)),
            ("https://a b/v1", Err(AddressError::NotAnAddress)),
            ("https://host;x", Err(AddressError::NotAnAddress)),
        ] {
            let read = Address::parse(text);
            assert_eq!(read.as_ref().map(Address::as_str), expected.as_ref().copied(), "{text}");
        }
    }

    #[test]
    fn an_exact_address_keeps_its_path() {
        for (text, expected) in [
            ("https://Host.example/session/key/", Ok("https://host.example/session/key/")),
            ("http://localhost:8080", Ok("http://localhost:8080")),
            ("http://host.example/key", Err(AddressError::NotEncrypted)),
            ("https://host.example/key?secret=1", Err(AddressError::HasSecret)),
        ] {
            let read = Address::exact(text);
            assert_eq!(read.as_ref().map(Address::as_str), expected.as_ref().copied(), "{text}");
        }
    }

    #[test]
    fn parts_of_an_address() {
        let address = Address::parse("http://127.0.0.1:8080/v1").expect("an address");
        assert_eq!(address.origin(), "http://127.0.0.1:8080");
        assert!(address.is_local());
        assert_eq!(address.at("/models"), "http://127.0.0.1:8080/v1/models");
        assert_eq!(address.beside("/infill"), "http://127.0.0.1:8080/infill");
    }
}
