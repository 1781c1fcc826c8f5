//! Brackets and quotes of a suggestion against those already in the file.

/// Where `text` closes something that it did not open, with `closer` the first character that
/// already follows the cursor. Accepting beyond that place would double the closer.
pub(crate) fn doubled_closer(text: &str, closer: char) -> Option<usize> {
    if is_quote(closer) {
        return first_unescaped(text, closer);
    }
    let mut open = Vec::new();
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), _) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`') => quote = Some(c),
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, '{') => open.push('}'),
            (None, ')' | ']' | '}') if open.last() == Some(&c) => {
                open.pop();
            }
            (None, ')' | ']' | '}') => return (c == closer).then_some(at),
            _ => {}
        }
    }
    None
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}

fn first_unescaped(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let found = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        found.then_some(at)
    })
}
