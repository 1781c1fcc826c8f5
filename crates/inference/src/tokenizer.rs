//! What completions ask of a tokenizer: the markers of fill-in-the-middle, and tokens as words and lines.

use crate::{Error, fim::Fim, lines::Indent};
use flint_decoder::gguf::{Gguf, Value};
use flint_ngram::Fit;
use flint_tokenizer::Listed;

/// A Hugging Face `tokenizer.json` and how its model is asked to fill in the middle.
#[derive(Debug)]
pub struct Tokenizer {
    inner: flint_tokenizer::Tokenizer,
    pub(crate) fim: Fim,
    pub(crate) markers: Markers,
}

/// Space, tab, line break and carriage return, as byte-level vocabularies spell them.
const SPACE: char = '\u{120}';
const TAB: char = '\u{109}';
const BREAK: char = '\u{10a}';
const RETURN: char = '\u{10d}';

/// Ids of the markers that stand between counted lines; the end of text where a format has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Markers {
    pub(crate) end_of_text: u32,
    pub(crate) fim_prefix: u32,
    pub(crate) fim_suffix: u32,
    pub(crate) fim_middle: u32,
}

impl Markers {
    /// Whether the marker stands between two lines where code is counted.
    pub(crate) fn separates(self, token: u32) -> bool {
        [self.end_of_text, self.fim_prefix, self.fim_suffix].contains(&token)
    }
}

impl Tokenizer {
    /// # Errors
    /// When the bytes are no tokenizer, or one without a token that ends a text.
    pub fn from_json(bytes: &[u8]) -> Result<Self, Error> {
        Self::around(flint_tokenizer::Tokenizer::from_json(bytes)?)
    }

    /// The tokenizer that a GGUF file carries.
    ///
    /// # Errors
    /// When it carries none, or one that is not read.
    pub fn from_gguf(gguf: &Gguf<'_>) -> Result<Self, Error> {
        let value = |name: &str| gguf.value(&format!("tokenizer.ggml.{name}"));
        let list = |name: &str| value(name).and_then(Value::as_array).unwrap_or_default();
        let texts = |name: &str| list(name).iter().filter_map(Value::as_text).collect();
        let text = |name: &str| value(name).and_then(Value::as_text).unwrap_or_default();
        let listed = Listed {
            model: text("model"),
            pre: text("pre"),
            tokens: texts("tokens"),
            kinds: list("token_type").iter().filter_map(Value::as_u64).collect(),
            merges: texts("merges"),
            scores: list("scores").iter().filter_map(|v| Some(v.as_f64()? as f32)).collect(),
            without_leading_space: value("add_space_prefix") == Some(&Value::Bool(false)),
        };
        let mut tokenizer = Self::around(flint_tokenizer::Tokenizer::from_listed(&listed)?)?;
        let id = |name: &str| value(name)?.as_u64().and_then(|id| u32::try_from(id).ok());
        let known = |id: &u32| (*id as usize) < listed.tokens.len();
        if value("add_bos_token") == Some(&Value::Bool(true)) && tokenizer.fim.begin.is_none() {
            tokenizer.fim.begin = id("bos_token_id").filter(known);
        }
        tokenizer.also_ends(id("eos_token_id").as_slice());
        Ok(tokenizer)
    }

    /// Tokens that end a completion too; those of no token are ignored.
    pub(crate) fn also_ends(&mut self, ends: &[u32]) {
        for end in ends {
            if (*end as usize) < self.vocab() && !self.fim.ends.contains(end) {
                self.fim.ends.push(*end);
            }
        }
    }

    fn around(inner: flint_tokenizer::Tokenizer) -> Result<Self, Error> {
        let fim = Fim::of(|token| inner.named(token)).ok_or(Error::NoEnd)?;
        let end_of_text = fim.ends.first().copied().ok_or(Error::NoEnd)?;
        let markers = Markers {
            end_of_text,
            fim_prefix: fim.prefix.unwrap_or(end_of_text),
            fim_suffix: fim.suffix.unwrap_or(end_of_text),
            fim_middle: fim.middle.unwrap_or(end_of_text),
        };
        Ok(Self { inner, fim, markers })
    }

    /// Tokens in the vocabulary, markers included.
    pub fn vocab(&self) -> usize {
        self.inner.vocab()
    }

    /// The tokens of a text, which cannot be markers: a file that spells one cannot end or redirect
    /// a completion.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        self.inner.encode(text)
    }

    /// The tokens of what a chat template has written, where markers are meant; those in a [`Tokenizer::veiled`] text
    /// are not.
    pub(crate) fn encode_marked(&self, text: &str, veil: char) -> Vec<u32> {
        self.inner.encode_marked(text, veil)
    }

    /// A text whose spelled markers stay text in [`Tokenizer::encode_marked`].
    pub(crate) fn veiled(&self, text: &str, veil: char) -> String {
        self.inner.veiled(text, veil, |token| self.is_marker(token))
    }

    /// The first marker that a text spells.
    pub(crate) fn first_mark(&self, text: &str) -> Option<u32> {
        self.inner.first_mark(text)
    }

    /// Decodes token by token; what is no text becomes a mark that says so.
    pub(crate) fn answer_stream(&self) -> impl FnMut(u32) -> String + '_ {
        let mut stream = self.inner.stream();
        move |token| stream.step_lossy(token)
    }

    /// The marker of a language, or that of plain text; none for models without such markers.
    pub(crate) fn language_marker(&self, language: &str) -> Option<u32> {
        let marker = |name: &str| self.inner.id(&format!("<|lang:{name}|>"));
        marker(language).or_else(|| marker("text"))
    }

    /// Whether a token's text goes on with the word before it.
    pub(crate) fn continues_word(&self, token: u32) -> bool {
        let text = self.inner.spelled(token).unwrap_or_default();
        // Beyond ASCII, byte-level vocabularies spell spaces and controls as letters too.
        text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
    }

    /// The marker that stands between two lines where code is counted.
    pub(crate) fn separator(&self, indent: Indent) -> u32 {
        match indent {
            Indent::Same => self.markers.end_of_text,
            Indent::Deeper => self.markers.fim_prefix,
            Indent::Shallower => self.markers.fim_suffix,
        }
    }

    /// Tokens as the vocabulary spells them.
    pub(crate) fn spelled(&self, tokens: impl Iterator<Item = u32>) -> String {
        tokens.filter_map(|token| self.inner.spelled(token)).collect()
    }

    /// What a counted token means where `cut` (as spelled) stands already.
    pub(crate) fn fit(&self, token: u32, cut: &str) -> Fit {
        let Some(whole) = self.inner.spelled(token) else { return Fit::Contradicts };
        match whole.strip_prefix(cut) {
            Some("") => Fit::Agrees,
            Some(rest) => self.beginning(rest).map_or(Fit::Contradicts, Fit::Says),
            None if cut.starts_with(whole) => Fit::Agrees,
            None => Fit::Contradicts,
        }
    }

    /// The longest token that a spelled text begins with.
    fn beginning(&self, text: &str) -> Option<u32> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        ends.into_iter().find_map(|end| self.inner.id(&text[..end]))
    }

    /// Tokens that end with a line break, each with the token before the break: the end of text
    /// where nothing is.
    pub(crate) fn broken(&self) -> Vec<(u32, u32)> {
        let tokens = (0..self.vocab() as u32).filter_map(|id| Some((id, self.inner.spelled(id)?)));
        let broken = tokens.filter(|(id, text)| text.ends_with(BREAK) && !self.is_marker(*id));
        let unbroken = |text: &str| {
            let text = text.trim_end_matches([BREAK, RETURN, SPACE, TAB]);
            if text.is_empty() { None } else { self.inner.id(text) }
        };
        broken.map(|(id, text)| (id, unbroken(text).unwrap_or(self.markers.end_of_text))).collect()
    }

    /// A token's text, if it is whole characters.
    pub(crate) fn text_of(&self, token: u32) -> Option<String> {
        String::from_utf8(self.inner.bytes(token)).ok()
    }

    /// Whether a token is a marker, which is never shown and ends a completion.
    pub fn is_marker(&self, token: u32) -> bool {
        // Some vocabularies do not call theirs special.
        self.inner.is_marker(token) || self.fim.markers().any(|marker| marker == token)
    }

    /// Decodes token by token; each step returns whole characters only.
    pub(crate) fn decode_stream(&self) -> impl FnMut(u32) -> String + '_ {
        let mut stream = self.inner.stream();
        move |token| stream.step(token)
    }
}
