//! Keys that live for a short time, from an address that mints them: the host's own, which knows by its
//! own means who asks.

use crate::address::Address;
use crate::error::{Kind, RemoteError};
use crate::request::Request;
use serde_json::Value;
use std::fmt::{self, Debug, Formatter};

/// A key that was minted. Its text is in no log.
#[derive(Clone, PartialEq)]
pub struct Token {
    value: String,
    expires_ms: f64,
}

/// Before its end it counts as over: a request takes a while to get there.
const MARGIN_MS: f64 = 10_000.0;
/// Where nothing is said of its end, it is asked for anew after so long.
const USUAL_MS: f64 = 60_000.0;

impl Token {
    /// Reads what the address has answered, as several servers write it: `{value, expires_at}`, also
    /// in `client_secret`, or `{access_token, expires_in}`; times are seconds, `expires_at` since 1970.
    ///
    /// # Errors
    /// [`Kind::NoKey`], with what the address says.
    pub fn read(status: u16, body: &str, now_ms: f64) -> Result<Self, RemoteError> {
        let none = |detail: &str| RemoteError::new(Kind::NoKey, detail);
        if !(200..300).contains(&status) {
            let detail = match status {
                401 | 403 => "you are not signed in there".to_owned(),
                404 | 405 => "there is no such address".to_owned(),
                _ => RemoteError::from_status(status, body, None).detail,
            };
            return Err(none(&detail));
        }
        let answer: Value =
            serde_json::from_str(body).map_err(|_| none("its answer is not JSON"))?;
        let answer =
            answer.get("client_secret").filter(|inner| inner.is_object()).unwrap_or(&answer);
        let text =
            |key: &&str| answer.get(*key).and_then(Value::as_str).filter(|text| !text.is_empty());
        let value = ["value", "access_token", "token", "key"].iter().find_map(text);
        let value = value.ok_or_else(|| none("there is no value in its answer"))?;
        let seconds = |key| answer.get(key).and_then(Value::as_f64);
        let expires_ms = match (seconds("expires_at"), seconds("expires_in")) {
            (Some(at), _) => at * 1_000.0,
            (None, Some(after)) => now_ms + after * 1_000.0,
            (None, None) => now_ms + USUAL_MS,
        };
        if expires_ms <= now_ms {
            return Err(none(
                "the key that it gave is over already; is the clock of one of you wrong?",
            ));
        }
        Ok(Self { value: value.to_owned(), expires_ms })
    }

    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    #[must_use]
    pub fn is_fresh(&self, now_ms: f64) -> bool {
        now_ms + MARGIN_MS < self.expires_ms
    }
}

impl Debug for Token {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("expires_ms", &self.expires_ms).finish_non_exhaustive()
    }
}

impl Request {
    /// Asks an address for a key. Who asks, the address knows by a cookie of its own, if at all.
    #[must_use]
    pub fn token(address: &Address) -> Self {
        Self { method: "POST", url: address.as_str().to_owned(), body: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: f64 = 1e12;

    #[test]
    fn keys_are_read_as_servers_write_them() {
        for (body, fresh_after_ms) in [
            (r#"{"value":"ek","expires_at":1000000100}"#, 80_000.0),
            (r#"{"client_secret":{"value":"ek","expires_at":1000000100}}"#, 80_000.0),
            (r#"{"access_token":"ek","expires_in":100}"#, 80_000.0),
            (r#"{"token":"ek"}"#, 40_000.0),
        ] {
            let token = Token::read(200, body, NOW_MS).expect(body);
            assert_eq!(token.value(), "ek");
            assert!(token.is_fresh(NOW_MS + fresh_after_ms), "{body}");
            assert!(!token.is_fresh(NOW_MS + fresh_after_ms + 20_000.0), "{body}");
            assert!(!format!("{token:?}").contains("ek"));
        }
    }

    #[test]
    fn what_is_no_key_says_why() {
        for (status, body, expected) in [
            (401, "", "not signed in"),
            (404, "", "no such address"),
            (500, r#"{"error":"mint is closed"}"#, "mint is closed"),
            (200, "<html>", "not JSON"),
            (200, "[]", "no value"),
            (200, r#"{"value":""}"#, "no value"),
            (200, r#"{"value":"ek","expires_at":5}"#, "over already"),
        ] {
            let error = Token::read(status, body, NOW_MS).expect_err(body);
            assert_eq!(error.kind, Kind::NoKey);
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
}
