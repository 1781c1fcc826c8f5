//! Secrets in a text that is about to leave, taken out: keys whose shape says what they are.

/// What stands for a secret.
const INSTEAD: &str = "[redacted]";

/// How keys begin, and how many characters more they have at least.
const KEYS: [(&str, usize); 14] = [
    ("sk-", 16),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("ghp_", 30),
    ("gho_", 30),
    ("ghs_", 30),
    ("github_pat_", 30),
    ("glpat-", 16),
    ("xoxb-", 16),
    ("xoxp-", 16),
    ("AKIA", 16),
    ("AIza", 30),
    ("hf_", 30),
    ("npm_", 30),
];

/// The text without its secrets, and how many there were. Lines stay lines.
#[must_use]
pub fn redact(text: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let mut found = 0;
    let mut in_key = false;
    for line in text.split_inclusive('\n') {
        if line.contains("-----BEGIN ") && line.contains("PRIVATE KEY-----") {
            in_key = true;
            found += 1;
        }
        let ends = line.contains("-----END ");
        if in_key && !line.contains("-----") {
            out.push_str(INSTEAD);
            out.push_str(&line[line.trim_end_matches(['\r', '\n']).len()..]);
        } else {
            found += redact_line(line, &mut out);
        }
        in_key &= !ends;
    }
    (out, found)
}

fn redact_line(line: &str, out: &mut String) -> usize {
    let mut found = 0;
    let mut rest = line;
    while let Some((at, length)) = next_key(rest) {
        out.push_str(&rest[..at]);
        out.push_str(INSTEAD);
        rest = &rest[at + length..];
        found += 1;
    }
    out.push_str(rest);
    found
}

/// Where the next key begins, and its length.
fn next_key(text: &str) -> Option<(usize, usize)> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let found = KEYS.iter().flat_map(|(start, least)| {
        text.match_indices(start).filter_map(move |(at, _)| {
            let begins = !text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
            let length = text[at..].find(|c| !part(c)).unwrap_or(text.len() - at);
            let digits = text[at..at + length].chars().any(|c| c.is_ascii_digit());
            (begins && digits && length >= start.len() + least).then_some((at, length))
        })
    });
    found.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_and_code_stays() {
        for (text, expected, count) in [
            ("key = \"sk-abcdefghijklmnop1234\"\n", "key = \"[redacted]\"\n", 1),
            ("a AKIAABCDEFGHIJKLMN12 b", "a [redacted] b", 1),
            (
                "class sk-button { disk-abcdefghijklmnopqrst1 }",
                "class sk-button { disk-abcdefghijklmnopqrst1 }",
                0,
            ),
            ("risk_free = sk_live_ok", "risk_free = sk_live_ok", 0),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nabc\ndef\n-----END RSA PRIVATE KEY-----\nx\n",
                "-----BEGIN RSA PRIVATE KEY-----\n[redacted]\n[redacted]\n-----END RSA PRIVATE KEY-----\nx\n",
                1,
            ),
        ] {
            assert_eq!(redact(text), (expected.to_owned(), count));
        }
    }
}
