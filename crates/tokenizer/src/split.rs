//! Where a text may not be joined: the patterns of the models' training, matched by hand. Each function
//! follows its pattern's alternatives in order; the pattern stands above it.

use crate::deepseek;
use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// How a family of models splits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Split {
    /// GPT-2's; digits alone first, as StarCoder and SmolLM have it.
    Gpt2 { lone_digits: bool },
    /// cl100k's, with so many digits together: 3, or 1 as Qwen2 has it.
    Cl100k { digits: usize },
    /// DeepSeek-Coder's.
    DeepSeek,
    /// Nowhere: SentencePiece joins what was learned to be joined.
    Nowhere,
}

pub(crate) const GPT2: &str =
    r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
pub(crate) const CL100K: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
pub(crate) const QWEN2: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// What the patterns tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Letter,
    Number,
    Space,
    Other,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Number,
        _ if c.is_whitespace() => Class::Space,
        _ if c.is_ascii() => Class::Other,
        _ => match get_general_category(c) {
            Category::UppercaseLetter
            | Category::LowercaseLetter
            | Category::TitlecaseLetter
            | Category::ModifierLetter
            | Category::OtherLetter => Class::Letter,
            Category::DecimalNumber | Category::LetterNumber | Category::OtherNumber => {
                Class::Number
            }
            _ => Class::Other,
        },
    }
}

impl Split {
    /// A text's pieces, in order; together they are the text.
    pub(crate) fn pieces(self, text: &str) -> impl Iterator<Item = &str> {
        let mut rest = text;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (piece, after) = rest.split_at(self.first(rest));
            rest = after;
            Some(piece)
        })
    }

    /// Bytes of the first piece; at least a character of a text that is not empty.
    fn first(self, text: &str) -> usize {
        match self {
            Self::Gpt2 { lone_digits } => gpt2(text, lone_digits),
            Self::Cl100k { digits } => cl100k(text, digits),
            Self::DeepSeek => deepseek::first(text),
            Self::Nowhere => text.len(),
        }
    }
}

/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`, over what is left between
/// digits where those are alone.
fn gpt2(text: &str, lone_digits: bool) -> usize {
    let text = match text.find(is_lone) {
        Some(0) if lone_digits => return run(text, |_| true, 1),
        Some(digit) if lone_digits => &text[..digit],
        _ => text,
    };
    if let Some(length) = contraction(text, false) {
        return length;
    }
    let space = usize::from(text.starts_with(' '));
    let after = &text[space..];
    match after.chars().next().map(class) {
        None | Some(Class::Space) => spaces(text),
        Some(kind) => space + run(after, |c| class(c) == kind, usize::MAX),
    }
}

/// What the `Digits` pre-tokenizer of Hugging Face takes for one: `char::is_numeric`.
fn is_lone(c: char) -> bool {
    c.is_numeric()
}

/// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
fn cl100k(text: &str, digits: usize) -> usize {
    if let Some(length) = contraction(text, true) {
        return length;
    }
    let mut characters = text.chars();
    let (Some(first), second) = (characters.next(), characters.next()) else { return 0 };
    let kind = class(first);
    if kind == Class::Letter {
        return run(text, is_letter, usize::MAX);
    }
    if kind == Class::Number {
        return run(text, |c| class(c) == Class::Number, digits);
    }
    if !is_break(first) && second.is_some_and(is_letter) {
        return first.len_utf8() + run(&text[first.len_utf8()..], is_letter, usize::MAX);
    }
    let space = usize::from(first == ' ');
    let others = run(&text[space..], |c| class(c) == Class::Other, usize::MAX);
    if others > 0 {
        let end = space + others;
        return end + run(&text[end..], is_break, usize::MAX);
    }
    let blank = &text[..run(text, char::is_whitespace, usize::MAX)];
    match blank.rfind(is_break) {
        Some(last) => last + 1,
        None => spaces(text),
    }
}

pub(crate) fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n')
}

pub(crate) fn is_letter(c: char) -> bool {
    class(c) == Class::Letter
}

/// `\s+(?!\S)|\s+`: the last space before a word goes with the word.
fn spaces(text: &str) -> usize {
    let length = run(text, char::is_whitespace, usize::MAX);
    if length == text.len() {
        return length;
    }
    let last = text[..length].chars().next_back().map_or(0, char::len_utf8);
    if last == length { length } else { length - last }
}

/// `'s|'t|'re|'ve|'m|'ll|'d`; of any case, the old long s too, where `any_case`.
fn contraction(text: &str, any_case: bool) -> Option<usize> {
    let after = text.strip_prefix('\'')?;
    let lower = |c: char| match c {
        'ſ' if any_case => 's',
        _ if any_case => c.to_ascii_lowercase(),
        _ => c,
    };
    let mut characters = after.chars();
    let first = characters.next()?;
    let second = characters.next().map(lower);
    match (lower(first), second) {
        ('s' | 't' | 'm' | 'd', _) => Some(1 + first.len_utf8()),
        ('r' | 'v', Some('e')) | ('l', Some('l')) => Some(3),
        _ => None,
    }
}

/// Bytes of the run at a text's beginning, of at most so many characters.
fn run(text: &str, is_in: impl Fn(char) -> bool, most: usize) -> usize {
    let inside = text.chars().take(most).take_while(|c| is_in(*c));
    inside.map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_those_of_the_patterns() {
        let qwen = Split::Cl100k { digits: 1 };
        let pieces = |split: Split, text: &'static str| split.pieces(text).collect::<Vec<_>>();
        assert_eq!(pieces(qwen, "it's 12 x  y"), ["it", "'s", " ", "1", "2", " x", " ", " y"]);
        assert_eq!(pieces(qwen, "f(a);\n\n  b"), ["f", "(a", ");\n\n", " ", " b"]);
        assert_eq!(pieces(qwen, " \n \n  \tb  "), [" \n \n", "  ", "\tb", "  "]);
        let gpt2 = Split::Gpt2 { lone_digits: false };
        assert_eq!(pieces(gpt2, "a 12;\n  b"), ["a", " 12", ";", "\n ", " b"]);
        let lone = Split::Gpt2 { lone_digits: true };
        assert_eq!(pieces(lone, "a 12"), ["a", " ", "1", "2"]);
    }
}
