//! Text to tokens and back. The one file that names the `tokenizers` crate.

use crate::Error;

/// A Hugging Face `tokenizer.json` with the markers that fill-in-the-middle needs.
#[derive(Debug)]
pub struct Tokenizer {
    inner: tokenizers::Tokenizer,
    pub(crate) markers: Markers,
}

/// A space, as byte-level vocabularies spell it.
const SPACE: &str = "\u{120}";

/// Ids of the single-token markers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Markers {
    pub(crate) end_of_text: u32,
    pub(crate) fim_prefix: u32,
    pub(crate) fim_suffix: u32,
    pub(crate) fim_middle: u32,
    pub(crate) file_separator: u32,
}

impl Tokenizer {
    /// # Errors
    /// When the bytes are no tokenizer, or one that lacks the markers.
    pub fn from_json(bytes: &[u8]) -> Result<Self, Error> {
        let mut inner = tokenizers::Tokenizer::from_bytes(bytes).map_err(unreadable)?;
        // A file that spells a marker is only text: it cannot end or redirect a completion.
        inner.set_encode_special_tokens(true);
        let marker = |token: &str| {
            let missing = || Error::MissingToken { token: token.to_owned() };
            inner.token_to_id(token).ok_or_else(missing)
        };
        let markers = Markers {
            end_of_text: marker("<|endoftext|>")?,
            fim_prefix: marker("<|fim_prefix|>")?,
            fim_suffix: marker("<|fim_suffix|>")?,
            fim_middle: marker("<|fim_middle|>")?,
            file_separator: marker("<|file_sep|>")?,
        };
        Ok(Self { inner, markers })
    }

    /// Tokens in the vocabulary, markers included.
    pub fn vocab(&self) -> usize {
        self.inner.get_vocab_size(true)
    }

    /// The tokens of a text.
    ///
    /// # Errors
    /// When the tokenizer's own rules fail on the text.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>, Error> {
        let encoding = self.inner.encode_fast(text, false).map_err(unreadable)?;
        Ok(encoding.get_ids().to_vec())
    }

    /// The marker of a language, or that of plain text; none for models without such markers.
    pub(crate) fn language_marker(&self, language: &str) -> Option<u32> {
        let marker = |name: &str| self.inner.token_to_id(&format!("<|lang:{name}|>"));
        marker(language).or_else(|| marker("text"))
    }

    /// Whether a token's text goes on with the word before it.
    pub(crate) fn continues_word(&self, token: u32) -> bool {
        let text = self.inner.id_to_token(token).unwrap_or_default();
        // Beyond ASCII, byte-level vocabularies spell spaces and controls as letters too.
        text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
    }

    /// Splits the last space off a token that ends with one: what is left, if anything, and the
    /// space.
    pub(crate) fn split_space(&self, token: u32) -> Option<(Option<u32>, u32)> {
        let text = self.inner.id_to_token(token)?;
        let rest = text.strip_suffix(SPACE)?;
        let space = self.inner.token_to_id(SPACE)?;
        Some((self.inner.token_to_id(rest), space))
    }

    /// The token that is left of `whole` after `part`, if there is one.
    pub(crate) fn rest_of(&self, whole: u32, part: u32) -> Option<u32> {
        let (whole, part) = (self.inner.id_to_token(whole)?, self.inner.id_to_token(part)?);
        self.inner.token_to_id(whole.strip_prefix(&part)?)
    }

    /// The token that two make together, if there is one.
    pub(crate) fn join(&self, first: u32, second: u32) -> Option<u32> {
        let (first, second) = (self.inner.id_to_token(first)?, self.inner.id_to_token(second)?);
        self.inner.token_to_id(&(first + &second))
    }

    /// Whether a token is a marker, which is never shown and ends a completion.
    pub fn is_marker(&self, token: u32) -> bool {
        self.inner.get_added_tokens_decoder().get(&token).is_some_and(|added| added.special)
    }

    /// Decodes token by token; each step returns whole characters only.
    pub(crate) fn decode_stream(&self) -> impl FnMut(u32) -> String + '_ {
        let mut stream = self.inner.decode_stream(true);
        // A byte sequence that never becomes UTF-8 is held back for ever, which is what we want.
        move |token| stream.step(token).ok().flatten().unwrap_or_default()
    }
}

fn unreadable(error: tokenizers::Error) -> Error {
    Error::Tokenizer { reason: error.to_string() }
}
