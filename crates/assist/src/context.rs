//! How much of the file goes to the engine: the nearest text, cut at line borders.

/// More than any small model reads, little enough to send on every keystroke.
const PREFIX_BYTES: usize = 16 * 1024;
const SUFFIX_BYTES: usize = 8 * 1024;
/// The beginning moves in steps of this, so that in a long file it stands still while somebody
/// types, and what the engine has already read stays of use.
const STEP_BYTES: usize = 4 * 1024;

/// The end of `before`, from a line's beginning where there is one.
pub(crate) fn prefix(before: &str) -> &str {
    if before.len() <= PREFIX_BYTES {
        return before;
    }
    let cut = (before.len() - PREFIX_BYTES).next_multiple_of(STEP_BYTES);
    let cut = before.ceil_char_boundary(cut);
    let near = &before[cut..];
    near.find('\n').map_or(near, |end| &near[end + 1..])
}

/// The beginning of `after`, to a line's end where there is one.
pub(crate) fn suffix(after: &str) -> &str {
    if after.len() <= SUFFIX_BYTES {
        return after;
    }
    let near = &after[..after.floor_char_boundary(SUFFIX_BYTES)];
    near.rfind('\n').map_or(near, |end| &near[..=end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_stands_still_while_somebody_types() {
        let mut text = "let total = sum(values);\n".repeat(2_000);
        let mut beginnings = std::collections::BTreeSet::new();
        for _ in 0..STEP_BYTES {
            text.push('x');
            let sent = prefix(&text);
            assert!(sent.len() <= PREFIX_BYTES && sent.len() >= PREFIX_BYTES - STEP_BYTES - 30);
            beginnings.insert(text.len() - sent.len());
        }
        assert!(beginnings.len() <= 2, "{beginnings:?}");
    }
}
