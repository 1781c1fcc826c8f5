//! Where DeepSeek-Coder splits: its patterns in order, each within
//! the pieces of the one before, and every digit alone.

use crate::split::{is_break, is_letter};
use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// As its `tokenizer.json` has them.
pub(crate) const PATTERNS: [&str; 4] = ["[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", "[一-龥ࠀ-一가-퟿]+"];

/// Bytes of the first piece of a text that is not empty.
pub(crate) fn first(text: &str) -> usize {
    let line = match text.find(is_break) {
        Some(0) => return 1,
        Some(end) => &text[..end],
        None => text,
    };
    let mut piece = with_space_before(line, is_letter);
    if !piece.contains(is_letter) {
        piece = with_space_before(piece, is_punctuation);
    }
    let piece = first_run(piece, is_east_asian);
    match piece.char_indices().find(|(_, c)| c.is_numeric()) {
        Some((0, digit)) => digit.len_utf8(),
        Some((at, _)) => at,
        None => piece.len(),
    }
}

fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{800}'..='\u{9fa5}' | '\u{ac00}'..='\u{d7ff}')
}

fn is_punctuation(c: char) -> bool {
    matches!(
        get_general_category(c),
        Category::ConnectorPunctuation
            | Category::DashPunctuation
            | Category::OpenPunctuation
            | Category::ClosePunctuation
            | Category::InitialPunctuation
            | Category::FinalPunctuation
            | Category::OtherPunctuation
    )
}

/// The first run of such characters with one space before it, if the text begins so; else what is before it.
fn with_space_before(text: &str, is_in: impl Fn(char) -> bool + Copy) -> &str {
    let Some(start) = text.find(is_in) else { return text };
    let space = text[..start].chars().next_back().filter(|c| c.is_whitespace());
    match start - space.map_or(0, char::len_utf8) {
        0 => {
            let run = text[start..].find(|c| !is_in(c));
            &text[..run.map_or(text.len(), |length| start + length)]
        }
        before => &text[..before],
    }
}

/// The first run of such characters, if the text begins so; else what is before it.
fn first_run(text: &str, is_in: impl Fn(char) -> bool + Copy) -> &str {
    let end = match text.find(is_in) {
        Some(0) => text.find(|c| !is_in(c)),
        start => start,
    };
    &text[..end.unwrap_or(text.len())]
}
