//! Vocabularies of SentencePiece, respelled in the letters of bytes, so that everything behind them knows one spelling.
//!
//! A space is spelled `▁`, a byte that no token has as a character `<0x0A>`. A text begins with no space of its own
//! here, though SentencePiece puts one there: what is encoded is a part of a file.

use crate::spelling;

const SPACE: char = '▁';

/// A token as byte-level vocabularies spell it.
pub(crate) fn respell(token: &str) -> String {
    match byte(token) {
        Some(byte) => spelling::letter(byte).to_string(),
        None => spelling::spell(&token.replace(SPACE, " ")),
    }
}

/// The byte that a token such as `<0x0A>` stands for.
pub(crate) fn byte(token: &str) -> Option<u8> {
    let digits = token.strip_prefix("<0x")?.strip_suffix('>')?;
    u8::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 2)
}

/// The character of text that a token of one character stands for.
pub(crate) fn character(token: &str) -> Option<char> {
    let mut characters = token.chars();
    let first = characters.next().filter(|_| characters.next().is_none())?;
    Some(if first == SPACE { ' ' } else { first })
}
