//! A vocabulary as GGUF files list it: what of `tokenizer.ggml.*` is read.
//!
//! Source: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>; the names of pre-tokenizers are llama.cpp's.

use crate::{
    Parts, Token, Tokenizer, TokenizerError,
    file::{MAX_VOCAB, damaged, merge_of, other},
    marked::{Leading, Mark, Marks},
    merge::{Merge, Merges},
    sentencepiece, spelling,
    split::Split,
};
use std::collections::HashMap;

/// The values of `tokenizer.ggml.NAME`; empty where a file has none.
#[derive(Clone, Debug, Default)]
pub struct Listed<'a> {
    /// `gpt2` for byte-level pairs, `llama` for SentencePiece.
    pub model: &'a str,
    pub pre: &'a str,
    pub tokens: Vec<&'a str>,
    /// `token_type`: 1 text, 2 unknown, 3 control, 4 added, 5 unused, 6 a byte.
    pub kinds: Vec<u64>,
    pub merges: Vec<&'a str>,
    pub scores: Vec<f32>,
    /// `add_space_prefix`, of SentencePiece's: a text begins with a space of its own. No word of it is a yes.
    pub without_leading_space: bool,
}

const UNKNOWN: u64 = 2;
const CONTROL: u64 = 3;
const ADDED: u64 = 4;
const UNUSED: u64 = 5;

pub(crate) fn read(listed: &Listed<'_>) -> Result<Tokenizer, TokenizerError> {
    if listed.tokens.len() >= MAX_VOCAB as usize {
        return Err(damaged(format!("it has {} tokens", listed.tokens.len())));
    }
    match listed.model {
        "gpt2" => byte_level(listed),
        "llama" => by_score(listed),
        kind => Err(other("model", Some(kind.to_owned()))),
    }
}

fn byte_level(listed: &Listed<'_>) -> Result<Tokenizer, TokenizerError> {
    let (split, whole_pieces) = split_of(listed.pre)?;
    // Added tokens are written as they are, the others in the letters of bytes.
    let spelled = |token: &str, kind| match kind {
        ADDED => spelling::spell(token),
        _ => token.to_owned(),
    };
    let ids = ids(listed);
    let mut merges = Merges::default();
    for (rank, pair) in listed.merges.iter().enumerate() {
        let (left, right) = pair.split_once(' ').unwrap_or((pair, ""));
        let ((left, right), token) = merge_of(left, right, |spelled| ids.get(spelled).copied())?;
        merges.insert(left, right, Merge { rank: rank as u32, token });
    }
    Tokenizer::of(Parts {
        split,
        whole_pieces,
        tokens: tokens(listed, spelled),
        merges,
        characters: HashMap::new(),
        marks: marks(listed),
        leading: Leading::Never,
    })
}

/// SentencePiece has scores in the place of merges: of all neighbours that are a token together, those of the highest
/// score are joined first.
fn by_score(listed: &Listed<'_>) -> Result<Tokenizer, TokenizerError> {
    let ids = ids(listed);
    let mut scores = listed.scores.clone();
    scores.sort_unstable_by(|a, b| b.total_cmp(a));
    scores.dedup();
    let mut merges = Merges::default();
    for (id, token) in listed.tokens.iter().enumerate() {
        let Some(score) = listed.scores.get(id).filter(|_| listed.kind(id) == 1) else { continue };
        let rank = scores.partition_point(|other| other.total_cmp(score).is_gt()) as u32;
        for (at, _) in token.char_indices().skip(1) {
            if let (Some(&left), Some(&right)) = (ids.get(&token[..at]), ids.get(&token[at..])) {
                merges.insert(left, right, Merge { rank, token: id as u32 });
            }
        }
    }
    let text = |id: usize| matches!(listed.kind(id), 1 | ADDED);
    let characters = listed.tokens.iter().enumerate().filter(|(id, _)| text(*id));
    let characters = characters
        .filter_map(|(id, token)| Some((sentencepiece::character(token)?, id as u32)))
        .collect();
    let tokens = tokens(listed, |token, _| sentencepiece::respell(token));
    let without = listed.without_leading_space;
    Tokenizer::of(Parts {
        split: Split::Nowhere,
        whole_pieces: false,
        tokens,
        merges,
        characters,
        marks: marks(listed),
        leading: if without { Leading::Never } else { Leading::Always },
    })
}

impl Listed<'_> {
    fn kind(&self, id: usize) -> u64 {
        self.kinds.get(id).copied().unwrap_or(1)
    }
}

fn ids<'a>(listed: &Listed<'a>) -> HashMap<&'a str, u32> {
    listed.tokens.iter().enumerate().map(|(id, token)| (*token, id as u32)).collect()
}

/// Tokens that are found as they are spelled; such a file does not say which of them take in the space around.
fn marks(listed: &Listed<'_>) -> Marks {
    let is_mark = |id: &usize| matches!(listed.kind(*id), UNKNOWN | CONTROL | ADDED);
    let marks = (0..listed.tokens.len()).filter(is_mark);
    Marks::of(marks.map(|id| (listed.tokens[id].to_owned(), Mark::of(id as u32))))
}

fn tokens(listed: &Listed<'_>, spelled: impl Fn(&str, u64) -> String) -> Vec<Token> {
    let token = |(id, token): (usize, &&str)| {
        let kind = listed.kind(id);
        let marker = matches!(kind, UNKNOWN | CONTROL | UNUSED);
        let spelled = if marker { (*token).to_owned() } else { spelled(token, kind) };
        Token { spelled, marker }
    };
    listed.tokens.iter().enumerate().map(token).collect()
}

/// How such a file's texts are split, and whether a piece that is a token needs no merges to be one.
fn split_of(pre: &str) -> Result<(Split, bool), TokenizerError> {
    Ok(match pre {
        "qwen2" | "deepseek-r1-qwen" => (Split::Cl100k { digits: 1 }, false),
        "llama3" | "llama-v3" | "llama-bpe" => (Split::Cl100k { digits: 3 }, true),
        "dbrx" | "smaug-bpe" => (Split::Cl100k { digits: 3 }, false),
        "gpt-2" => (Split::Gpt2 { lone_digits: false }, false),
        "starcoder" | "refact" | "smollm" | "codeshell" => {
            (Split::Gpt2 { lone_digits: true }, false)
        }
        "deepseek-coder" => (Split::DeepSeek, false),
        pre => return Err(other("pre-tokenizer", Some(pre.to_owned()))),
    })
}
