//! `tokenizer.json`: what of Hugging Face's format is read.

use crate::{
    Token, Tokenizer, TokenizerError,
    merge::{Merge, Merges},
    spelling,
    split::{self, Split},
};
use serde::Deserialize;
use std::collections::HashMap;

/// A vocabulary has at most so many tokens; a file that says more is damaged.
const MAX_VOCAB: u32 = 1 << 20;

#[derive(Deserialize)]
struct File {
    pre_tokenizer: Option<PreTokenizer>,
    decoder: Option<Kind>,
    #[serde(default)]
    added_tokens: Vec<Added>,
    model: Model,
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
}

#[derive(Deserialize)]
struct Pattern {
    #[serde(rename = "Regex")]
    regex: Option<String>,
}

#[derive(Deserialize)]
struct Added {
    id: u32,
    content: String,
    special: bool,
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
    let tokens = tokens(&vocab, file.added_tokens)?;
    let mut bytes = [0; 256];
    for byte in 0..=255 {
        let token = vocab.get(spelling::letter(byte).encode_utf8(&mut [0; 4]));
        bytes[usize::from(byte)] = *token.ok_or(TokenizerError::MissingByte { byte })?;
    }
    let merges = merges_of(merges, &vocab)?;
    let ids = tokens.iter().enumerate().map(|(id, token)| (token.spelled.clone(), id as u32));
    let ids = ids.filter(|(spelled, _)| !spelled.is_empty()).collect();
    Ok(Tokenizer { split, whole_pieces: ignore_merges, merges, bytes, ids, tokens })
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
        _ => None,
    }
}

/// Bytes with GPT-2's own pattern.
fn is_gpt2(step: &PreTokenizer) -> bool {
    step.r#type == "ByteLevel" && !step.add_prefix_space && step.use_regex != Some(false)
}

/// Bytes with no pattern of their own.
fn is_bare(step: &PreTokenizer) -> bool {
    step.r#type == "ByteLevel" && !step.add_prefix_space && step.use_regex == Some(false)
}

fn tokens(vocab: &HashMap<String, u32>, added: Vec<Added>) -> Result<Vec<Token>, TokenizerError> {
    let ids = vocab.values().copied().chain(added.iter().map(|token| token.id));
    let last = ids.max().unwrap_or_default();
    if last >= MAX_VOCAB {
        return Err(damaged(format!("it has a token {last}")));
    }
    let mut tokens = vec![Token::default(); last as usize + 1];
    for (spelled, id) in vocab {
        tokens[*id as usize].spelled.clone_from(spelled);
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
        let merged = vocab.get(&format!("{left}{right}"));
        let found = (vocab.get(&left), vocab.get(&right), merged);
        let (Some(&first), Some(&second), Some(&token)) = found else {
            return Err(TokenizerError::Merge { left, right });
        };
        merges.insert(first, second, Merge { rank: rank as u32, token });
    }
    Ok(merges)
}

fn other(part: &'static str, found: Option<String>) -> TokenizerError {
    TokenizerError::Kind { part, found: found.unwrap_or_else(|| "none".to_owned()) }
}

fn damaged(reason: impl ToString) -> TokenizerError {
    TokenizerError::Damaged { reason: reason.to_string() }
}
