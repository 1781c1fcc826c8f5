//! A model that goes round in circles within a line.

/// Shorter pieces repeat in good code: `0, 0, 0`, rules of dashes.
const SHORTEST: usize = 4;
/// A piece may come this often in a row.
const TIMES: usize = 3;

/// Cuts before a piece comes once too often; while more is to come, before what could become that.
pub(super) fn cut(text: &str, finished: bool) -> &str {
    let bytes = text.as_bytes();
    let longest = bytes.len() / TIMES;
    let cuts = (SHORTEST..=longest).filter_map(|period| round(text, period, finished));
    let at = cuts.min().unwrap_or(bytes.len());
    &text[..text.floor_char_boundary(at)]
}

/// Where the repetition of one piece of `period` bytes becomes too long, if it does.
fn round(text: &str, period: usize, finished: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut run = 0; // bytes in a row that equal those one period before
    for at in period..bytes.len() {
        run = if bytes[at] == bytes[at - period] { run + 1 } else { 0 };
        let start = (at + 1).checked_sub(run)?;
        let allowed = start + (TIMES - 1) * period;
        let piece = text.as_bytes().get(start - period..start)?;
        if !piece.iter().any(u8::is_ascii_alphabetic) {
            continue;
        }
        let whole = run == TIMES * period;
        let begun = !finished && at + 1 == bytes.len() && run > (TIMES - 1) * period;
        if whole || begun {
            return Some(allowed);
        }
    }
    None
}
