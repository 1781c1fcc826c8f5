//! Tokens of a text, kept by line, so that a keystroke costs the tokenization of a line and not of a file.
//!
//! A text is cut where a line that is not blank begins. Byte-level vocabularies with Qwen2's pre-tokenizer put no token
//! across such a place (its pattern lets a token take in line breaks and the blank lines behind them, nothing further),
//! so the pieces' tokens are the text's own.

use crate::Tokenizer;
use std::collections::HashMap;

/// Lines with their tokens: those of the newest text and of the one before it.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    newest: HashMap<String, Vec<u32>>,
    before: HashMap<String, Vec<u32>>,
}

impl Pieces {
    /// A new text begins: what only the last but one needed is forgotten.
    pub(crate) fn begin(&mut self) {
        self.before = std::mem::take(&mut self.newest);
    }

    /// The tokens of one piece.
    pub(crate) fn tokens(&mut self, tokenizer: &Tokenizer, piece: &str) -> &[u32] {
        if !self.newest.contains_key(piece) {
            let (text, tokens) = match self.before.remove_entry(piece) {
                Some(entry) => entry,
                None => (piece.to_owned(), tokenizer.encode(piece)),
            };
            self.newest.insert(text, tokens);
        }
        &self.newest[piece]
    }
}

/// The pieces of a text, in order: lines with the blank ones behind them.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if at > start && !line.trim().is_empty() {
            pieces.push(&text[start..at]);
            start = at;
        }
        at += line.len();
    }
    if at > start {
        pieces.push(&text[start..at]);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    #[test]
    fn blank_lines_belong_to_what_is_above() {
        assert_eq!(pieces("a\n\n  \n  b\nc"), ["a\n\n  \n", "  b\n", "c"]);
        assert_eq!(pieces("\n\na"), ["\n\n", "a"]);
        assert_eq!(pieces(""), [""; 0]);
    }

    static TOKENIZER: LazyLock<Tokenizer> = LazyLock::new(|| {
        let path =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/models/flint-nano/tokenizer.json");
        Tokenizer::from_json(&std::fs::read(path).expect("a file")).expect("a tokenizer")
    });

    proptest! {
        #[test]
        fn the_pieces_tokens_are_the_texts_own(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just("\n".to_owned()), Just("\r\n".to_owned()), Just("    ".to_owned()),
                    Just("\t".to_owned()), Just("{".to_owned()), Just("});".to_owned()),
                    Just("'s".to_owned()), Just("\u{3000}".to_owned()), Just("\u{85}".to_owned()),
                    "[a-z]{1,6}", "[0-9]{1,3}", " [a-z]{1,4}", "\\PC{1,3}",
                ],
                0..40,
            ),
        ) {
            let text = parts.concat();
            let mut kept = Pieces::default();
            let mut tokens = Vec::new();
            for piece in pieces(&text) {
                tokens.extend_from_slice(kept.tokens(&TOKENIZER, piece));
            }
            prop_assert_eq!(tokens, TOKENIZER.encode(&text), "{:?}", text);
        }
    }
}
