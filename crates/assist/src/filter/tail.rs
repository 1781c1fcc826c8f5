//! Punctuation that already stands behind the cursor.

/// Cuts an end that repeats the beginning of `rest_of_line`. Brackets and quotes are not looked at:
/// whether they are doubled depends on what they close.
pub(super) fn cut<'t>(text: &'t str, rest_of_line: &str) -> &'t str {
    let rest = rest_of_line.trim();
    if !rest.starts_with([';', ',', ':', '{', '>']) {
        return text;
    }
    let text = text.trim_end();
    let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    ends.into_iter().find_map(|end| text.strip_suffix(&rest[..end])).unwrap_or(text)
}
