//! `tokenizer.json`: what of Hugging Face's format is read.

use crate::{
    Parts, Token, Tokenizer, TokenizerError, deepseek,
    marked::{Leading, Mark, Marks},
    merge::{Merge, Merges},
    sentencepiece,
    split::{self, Split},
};
use serde::Deserialize;
use std::collections::HashMap;

/// A vocabulary has at most so many tokens; a file that says more is damaged.
pub(crate) const MAX_VOCAB: u32 = 1 << 20;

#[derive(Deserialize)]
struct File {
    normalizer: Option<Normalizer>,
    pre_tokenizer: Option<PreTokenizer>,
    decoder: Option<Kind>,
    #[serde(default)]
    added_tokens: Vec<Added>,
    model: Model,
}

#[derive(Deserialize)]
struct Normalizer {
    r#type: String,
    #[serde(default)]
    normalizers: Vec<Normalizer>,
    content: Option<String>,
}

/// A step by its name alone.
#[derive(Deserialize)]
struct Kind {
    r#type: String,
}

#[derive(Deserialize)]
struct PreTokenizer {
    r#type: String,
    #[serde(default)]
    pretokenizers: Vec<PreTokenizer>,
    pattern: Option<Pattern>,
    use_regex: Option<bool>,
    #[serde(default)]
    add_prefix_space: bool,
    #[serde(default)]
    individual_digits: bool,
    split: Option<bool>,
    prepend_scheme: Option<String>,
}

#[derive(Deserialize)]
struct Pattern {
    #[serde(rename = "Regex")]
    regex: Option<String>,
    #[serde(rename = "String")]
    string: Option<String>,
}

#[derive(Deserialize)]
struct Added {
    id: u32,
    content: String,
    special: bool,
    #[serde(default)]
    lstrip: bool,
    #[serde(default)]
    rstrip: bool,
}

#[derive(Deserialize)]
struct Model {
    /// Older files leave it out.
    r#type: Option<String>,
    vocab: HashMap<String, u32>,
    merges: Vec<Pair>,
    #[serde(default)]
    ignore_merges: bool,
    #[serde(default)]
    byte_fallback: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Pair {
    Spaced(String),
    Apart(String, String),
}

pub(crate) fn read(bytes: &[u8]) -> Result<Tokenizer, TokenizerError> {
    let file: File = serde_json::from_slice(bytes).map_err(damaged)?;
    if file.model.byte_fallback && file.has_spaces_spelled() {
        return sentencepiece(file);
    }
    let split = file.pre_tokenizer.as_ref().and_then(split_of);
    let split =
        split.ok_or_else(|| other("pre-tokenizer", file.pre_tokenizer.map(|step| step.r#type)))?;
    match file.decoder {
        Some(Kind { r#type }) if r#type == "ByteLevel" => {}
        decoder => return Err(other("decoder", decoder.map(|step| step.r#type))),
    }
    let Model { r#type, vocab, merges, ignore_merges, byte_fallback } = file.model;
    if byte_fallback || r#type.as_deref().is_some_and(|kind| kind != "BPE") {
        return Err(other("model", r#type));
    }
    let marks = marks(&file.added_tokens);
    let tokens = tokens(&vocab, file.added_tokens, str::to_owned)?;
    Tokenizer::of(Parts {
        split,
        whole_pieces: ignore_merges,
        tokens,
        merges: merges_of(merges, &vocab)?,
        characters: HashMap::new(),
        marks,
        leading: Leading::Never,
    })
}

/// A vocabulary that was SentencePiece's, written as merges.
fn sentencepiece(file: File) -> Result<Tokenizer, TokenizerError> {
    let (marks, leading) = (marks(&file.added_tokens), file.leading());
    let Model { r#type, vocab, merges, .. } = file.model;
    if r#type.as_deref().is_some_and(|kind| kind != "BPE") {
        return Err(other("model", r#type));
    }
    let characters = vocab
        .iter()
        .filter_map(|(token, id)| Some((sentencepiece::character(token)?, *id)))
        .collect();
    let tokens = tokens(&vocab, file.added_tokens, sentencepiece::respell)?;
    Tokenizer::of(Parts {
        split: Split::Nowhere,
        whole_pieces: false,
        tokens,
        merges: merges_of(merges, &vocab)?,
        characters,
        marks,
        leading,
    })
}

impl File {
    /// Whether spaces become a letter of their own and nothing else keeps neighbours apart.
    fn has_spaces_spelled(&self) -> bool {
        let spells =
            |step: &Normalizer| step.r#type == "Replace" && step.content.as_deref() == Some("▁");
        let split = match &self.pre_tokenizer {
            None => self.normalizer.is_some(),
            Some(step) if step.r#type == "Metaspace" => step.split == Some(false),
            // After spaces have become another character there are none to split at.
            Some(step) => {
                let string = step.pattern.as_ref().and_then(|pattern| pattern.string.as_deref());
                self.normalizer.is_some() && step.r#type == "Split" && string == Some(" ")
            }
        };
        let normalized = match &self.normalizer {
            None => true,
            Some(step) => {
                let steps = &step.normalizers;
                let rest = steps.iter().filter(|step| step.r#type != "Prepend");
                spells(step)
                    || !steps.is_empty() && rest.clone().count() == 1 && rest.clone().all(spells)
            }
        };
        split && normalized
    }

    /// Where a text gets a space in front that it does not have.
    fn leading(&self) -> Leading {
        let prepends = |step: &Normalizer| step.r#type == "Prepend";
        let normalizer = self.normalizer.as_ref();
        if normalizer.is_some_and(|step| prepends(step) || step.normalizers.iter().any(prepends)) {
            return Leading::Always;
        }
        let Some(step) = self.pre_tokenizer.as_ref().filter(|step| step.r#type == "Metaspace")
        else {
            return Leading::Never;
        };
        match step.prepend_scheme.as_deref() {
            Some("never") => Leading::Never,
            Some("first") => Leading::First,
            _ => Leading::UnlessThere,
        }
    }
}

fn marks(added: &[Added]) -> Marks {
    Marks::of(added.iter().map(|token| {
        let mark = Mark { token: token.id, eats_before: token.lstrip, eats_behind: token.rstrip };
        (token.content.clone(), mark)
    }))
}

/// The split of a pre-tokenizer, if it is one that is known.
fn split_of(step: &PreTokenizer) -> Option<Split> {
    let inner: Vec<_> = step.pretokenizers.iter().collect();
    match (step.r#type.as_str(), inner.as_slice()) {
        ("ByteLevel", []) if is_gpt2(step) => Some(Split::Gpt2 { lone_digits: false }),
        ("Sequence", [digits, bytes]) if digits.r#type == "Digits" && is_gpt2(bytes) => {
            digits.individual_digits.then_some(Split::Gpt2 { lone_digits: true })
        }
        ("Sequence", [splits, bytes]) if splits.r#type == "Split" && is_bare(bytes) => {
            match splits.pattern.as_ref()?.regex.as_deref()? {
                split::QWEN2 => Some(Split::Cl100k { digits: 1 }),
                split::CL100K => Some(Split::Cl100k { digits: 3 }),
                split::GPT2 => Some(Split::Gpt2 { lone_digits: false }),
                _ => None,
            }
        }
        ("Sequence", steps) if is_deepseek(steps) => Some(Split::DeepSeek),
        _ => None,
    }
}

fn is_deepseek(steps: &[&PreTokenizer]) -> bool {
    let [splits @ .., digits, bytes] = steps else { return false };
    let patterns = splits.iter().map(|step| step.pattern.as_ref()?.regex.as_deref());
    patterns.eq(deepseek::PATTERNS.map(Some)) && digits.individual_digits && is_bare(bytes)
}

/// Bytes with GPT-2's own pattern.
fn is_gpt2(step: &PreTokenizer) -> bool {
    step.r#type == "ByteLevel" && !step.add_prefix_space && step.use_regex != Some(false)
}

/// Bytes with no pattern of their own.
fn is_bare(step: &PreTokenizer) -> bool {
    step.r#type == "ByteLevel" && !step.add_prefix_space && step.use_regex == Some(false)
}

fn tokens(
    vocab: &HashMap<String, u32>,
    added: Vec<Added>,
    spelled: impl Fn(&str) -> String,
) -> Result<Vec<Token>, TokenizerError> {
    let ids = vocab.values().copied().chain(added.iter().map(|token| token.id));
    let last = ids.max().unwrap_or_default();
    if last >= MAX_VOCAB {
        return Err(damaged(format!("it has a token {last}")));
    }
    let mut tokens = vec![Token::default(); last as usize + 1];
    for (token, id) in vocab {
        tokens[*id as usize].spelled = spelled(token);
    }
    for token in added {
        tokens[token.id as usize] = Token { spelled: token.content, marker: token.special };
    }
    Ok(tokens)
}

fn merges_of(pairs: Vec<Pair>, vocab: &HashMap<String, u32>) -> Result<Merges, TokenizerError> {
    let mut merges = Merges::default();
    for (rank, pair) in pairs.into_iter().enumerate() {
        let (left, right) = match pair {
            Pair::Apart(left, right) => (left, right),
            Pair::Spaced(both) => match both.split_once(' ') {
                Some((left, right)) => (left.to_owned(), right.to_owned()),
                None => return Err(TokenizerError::Merge { left: both, right: String::new() }),
            },
        };
        let ((left, right), token) = merge_of(&left, &right, |token| vocab.get(token).copied())?;
        merges.insert(left, right, Merge { rank: rank as u32, token });
    }
    Ok(merges)
}

/// The two tokens that are merged, and what they become.
pub(crate) fn merge_of(
    left: &str,
    right: &str,
    id: impl Fn(&str) -> Option<u32>,
) -> Result<((u32, u32), u32), TokenizerError> {
    match (id(left), id(right), id(&format!("{left}{right}"))) {
        (Some(first), Some(second), Some(token)) => Ok(((first, second), token)),
        _ => Err(TokenizerError::Merge { left: left.to_owned(), right: right.to_owned() }),
    }
}

pub(crate) fn other(part: &'static str, found: Option<String>) -> TokenizerError {
    TokenizerError::Kind { part, found: found.unwrap_or_else(|| "none".to_owned()) }
}

pub(crate) fn damaged(reason: impl ToString) -> TokenizerError {
    TokenizerError::Damaged { reason: reason.to_string() }
}
