//! Text to tokens and back: byte-level byte-pair encoding, as Hugging Face's `tokenizer.json` describes it.
//!
//! A text is [`split`] into pieces, a piece is spelled in the 256 letters of [`spelling`], and letters are
//! [`merge`]d, the most common pair first (Sennrich et al. 2016; bytes: Radford et al. 2019). The `tokenizers`
//! crate reads every kind of file and is three quarters of a worker's code; this reads the kinds that
//! code models come with and says so where a file is of another.
//!
//! What a text says is only text: no text becomes a marker.

mod error;
mod file;
mod merge;
mod spelling;
mod split;
mod stream;

pub use error::TokenizerError;
pub use stream::Stream;

use merge::Merges;
use split::Split;
use std::collections::HashMap;

/// A vocabulary and its rules.
#[derive(Debug)]
pub struct Tokenizer {
    split: Split,
    /// Whether a piece that is a token needs no merges to be one.
    whole_pieces: bool,
    merges: Merges,
    /// The token of each byte.
    bytes: [u32; 256],
    ids: HashMap<String, u32>,
    tokens: Vec<Token>, // (vocab)
}

#[derive(Clone, Debug, Default)]
struct Token {
    /// A marker's own name, or bytes in the letters of [`spelling`].
    spelled: String,
    marker: bool,
}

impl Tokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// # Errors
    /// When the file is damaged, or of a kind that this does not read.
    pub fn from_json(bytes: &[u8]) -> Result<Self, TokenizerError> {
        file::read(bytes)
    }

    /// Tokens in the vocabulary, markers included.
    pub fn vocab(&self) -> usize {
        self.tokens.len()
    }

    /// The tokens of a text; never a marker.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        let mut tokens = Vec::with_capacity(text.len() / 3);
        for piece in self.split.pieces(text) {
            match self.whole(piece) {
                Some(token) => tokens.push(token),
                None => self
                    .merges
                    .apply(piece.bytes().map(|byte| self.bytes[byte as usize]), &mut tokens),
            }
        }
        tokens
    }

    fn whole(&self, piece: &str) -> Option<u32> {
        if !self.whole_pieces {
            return None;
        }
        self.ids.get(&spelling::spell(piece)).copied().filter(|token| !self.is_marker(*token))
    }

    /// The token that is spelled so: a marker's name, or bytes in the 256 letters.
    pub fn id(&self, spelled: &str) -> Option<u32> {
        self.ids.get(spelled).copied()
    }

    /// How a token is spelled.
    pub fn spelled(&self, token: u32) -> Option<&str> {
        self.tokens.get(token as usize).map(|token| token.spelled.as_str())
    }

    /// Whether a token is a marker, which is no text.
    pub fn is_marker(&self, token: u32) -> bool {
        self.tokens.get(token as usize).is_some_and(|token| token.marker)
    }

    /// The bytes that a token stands for; none for a marker.
    pub fn bytes(&self, token: u32) -> Vec<u8> {
        let text = self.tokens.get(token as usize).filter(|token| !token.marker);
        text.map_or_else(Vec::new, |token| {
            token.spelled.chars().filter_map(spelling::byte_of).collect()
        })
    }

    /// Tokens back to text, a token at a time.
    pub fn stream(&self) -> Stream<'_> {
        Stream::new(self)
    }
}
