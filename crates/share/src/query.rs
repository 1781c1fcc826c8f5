//! The links that Rust's documentation makes: `?code=…&version=stable&edition=2021`.

use crate::{File, LIMITS, Project};

/// What the query of such a link opens, with or without its `?`; None when it carries no code.
pub fn from_query(query: &str) -> Option<Project> {
    let query = query.strip_prefix('?').unwrap_or(query);
    if query.len() > LIMITS.link {
        return None;
    }
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| unescape(value))
    };
    let file = File { path: "main.rs".into(), text: value("code")? };
    let edition = value("edition").filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
    Some(Project { files: vec![file], edition, ..Project::default() })
}

/// Percent signs and pluses as forms write them; what is not valid stays as it is.
fn unescape(text: &str) -> String {
    let hex = |at: usize| {
        let digits =
            text.get(at..at + 2).filter(|two| two.bytes().all(|b| b.is_ascii_hexdigit()))?;
        u8::from_str_radix(digits, 16).ok()
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match (byte, hex(at + 1)) {
            (b'%', Some(escaped)) => {
                bytes.push(escaped);
                at += 3;
                continue;
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(*byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_documentation_link_opens_its_code() {
        let query = "?version=nightly&edition=2021&code=%23!%5Ballow(unused)%5D%0Afn+main()+%7B+let+s+%3D+%22%C3%BC%E4%B8%96%22%3B+%7D";
        let project = from_query(query).expect("it has code");
        assert_eq!(project.files[0].path, "main.rs");
        assert_eq!(project.files[0].text, "#![allow(unused)]\nfn main() { let s = \"ü世\"; }");
        assert_eq!(project.edition.as_deref(), Some("2021"));
    }

    #[test]
    fn other_queries_open_nothing_and_bad_escapes_stay() {
        for query in ["", "?", "?theme=dark", "?codec=1"] {
            assert_eq!(from_query(query), None);
        }
        let text = |query: &str| from_query(query).map(|project| project.files[0].text.clone());
        assert_eq!(text("code=100%"), Some("100%".into()));
        assert_eq!(text("code=%zz%+1"), Some("%zz% 1".into()));
        assert_eq!(text("code=%ffü"), Some("\u{fffd}ü".into()));
    }
}
