//! Text to tokens and back: byte-pair encoding, as Hugging Face's `tokenizer.json` or a GGUF file describes it.
//!
//! A text is [`split`] into pieces, a piece is spelled in the 256 letters of [`spelling`] (in characters where the
//! vocabulary is [`sentencepiece`]'s), and letters are [`merge`]d, the most common pair first (Sennrich et al. 2016; bytes: Radford et al. 2019). The `tokenizers`
//! crate reads every kind of file and is three quarters of a worker's code; this reads the kinds that
//! code models come with and says so where a file is of another.
//!
//! What a text says is only text: no text becomes a marker, but where a chat template wrote it ([`marked`]).

mod deepseek;
mod error;
mod file;
mod listed;
mod marked;
mod merge;
mod sentencepiece;
mod spelling;
mod split;
mod stream;

pub use error::TokenizerError;
pub use listed::Listed;
pub use stream::Stream;

use marked::{Leading, Marks};
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
    /// The tokens of characters, where texts are merged from those and not from bytes.
    characters: HashMap<char, u32>,
    ids: HashMap<String, u32>,
    tokens: Vec<Token>, // (vocab)
    marks: Marks,
    leading: Leading,
}

#[derive(Clone, Debug, Default)]
struct Token {
    /// A marker's own name, or bytes in the letters of [`spelling`].
    spelled: String,
    marker: bool,
}

/// What a file says of its vocabulary.
#[derive(Debug)]
struct Parts {
    split: Split,
    whole_pieces: bool,
    tokens: Vec<Token>,
    merges: Merges,
    characters: HashMap<char, u32>,
    marks: Marks,
    leading: Leading,
}

impl Tokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// # Errors
    /// When the file is damaged, or of a kind that this does not read.
    pub fn from_json(bytes: &[u8]) -> Result<Self, TokenizerError> {
        file::read(bytes)
    }

    /// Takes what a GGUF file lists.
    ///
    /// # Errors
    /// When the lists do not fit together, or are of a kind that this does not read.
    pub fn from_listed(listed: &Listed<'_>) -> Result<Self, TokenizerError> {
        listed::read(listed)
    }

    fn of(parts: Parts) -> Result<Self, TokenizerError> {
        let Parts { split, whole_pieces, tokens, merges, characters, marks, leading } = parts;
        let ids = tokens.iter().enumerate().map(|(id, token)| (token.spelled.clone(), id as u32));
        let ids: HashMap<_, _> = ids.filter(|(spelled, _)| !spelled.is_empty()).collect();
        let mut bytes = [0; 256];
        for byte in 0..=255 {
            let token = ids.get(spelling::letter(byte).encode_utf8(&mut [0; 4]) as &str);
            bytes[usize::from(byte)] = *token.ok_or(TokenizerError::MissingByte { byte })?;
        }
        Ok(Self { split, whole_pieces, merges, bytes, characters, ids, tokens, marks, leading })
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
                None if self.characters.is_empty() => {
                    self.merges.apply(self.of_bytes(piece), &mut tokens);
                }
                None => self.merges.apply(self.of_characters(piece), &mut tokens),
            }
        }
        tokens
    }

    fn of_bytes(&self, piece: &str) -> impl Iterator<Item = u32> {
        piece.bytes().map(|byte| self.bytes[byte as usize])
    }

    fn of_characters(&self, piece: &str) -> impl Iterator<Item = u32> {
        piece.char_indices().flat_map(|(at, c)| {
            let token = self.characters.get(&c).copied();
            let rest = if token.is_none() { &piece[at..at + c.len_utf8()] } else { "" };
            token.into_iter().chain(self.of_bytes(rest))
        })
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

    /// The token of this name; some vocabularies have their markers among the texts.
    pub fn named(&self, name: &str) -> Option<u32> {
        let spellings = [spelling::spell(name), sentencepiece::respell(name)];
        self.id(name).or_else(|| spellings.iter().find_map(|spelled| self.id(spelled)))
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
