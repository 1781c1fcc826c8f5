//! How much of the file goes to the engine: the nearest text, cut at line borders.

/// More than any small model reads, little enough to send on every keystroke.
const PREFIX_BYTES: usize = 16 * 1024;
const SUFFIX_BYTES: usize = 8 * 1024;

/// The end of `before`, from a line's beginning where there is one.
pub(crate) fn prefix(before: &str) -> &str {
    if before.len() <= PREFIX_BYTES {
        return before;
    }
    let cut = before.ceil_char_boundary(before.len() - PREFIX_BYTES);
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
