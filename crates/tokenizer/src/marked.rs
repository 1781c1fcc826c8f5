//! Texts with markers that are meant: what a chat template writes around what people say.
//!
//! Markers are found first, the longest at the leftmost place; what is between them is text. What people say goes in
//! [`Tokenizer::veiled`], so that a marker's name in it stays text.

use crate::Tokenizer;
use std::{borrow::Cow, collections::HashMap};

/// A token that is found in a text by its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) token: u32,
    /// The blank space before it is a part of it, or that behind it.
    pub(crate) eats_before: bool,
    pub(crate) eats_behind: bool,
}

impl Mark {
    pub(crate) fn of(token: u32) -> Self {
        Self { token, eats_before: false, eats_behind: false }
    }
}

/// By the first character of their names, the longest first.
#[derive(Debug, Default)]
pub(crate) struct Marks(HashMap<char, Vec<(String, Mark)>>);

/// Where SentencePiece's vocabularies put a space before a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leading {
    Never,
    /// Before a text that begins with none.
    UnlessThere,
    Always,
    /// The same, of the text that nothing is before alone.
    First,
}

impl Marks {
    pub(crate) fn of(names: impl Iterator<Item = (String, Mark)>) -> Self {
        let mut marks: HashMap<char, Vec<_>> = HashMap::new();
        for (name, mark) in names {
            if let Some(first) = name.chars().next() {
                marks.entry(first).or_default().push((name, mark));
            }
        }
        for alike in marks.values_mut() {
            alike.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        Self(marks)
    }

    /// The marker that a text begins with, and the bytes of its name.
    fn at_start(&self, text: &str, wanted: impl Fn(u32) -> bool) -> Option<(Mark, usize)> {
        let alike = self.0.get(&text.chars().next()?)?;
        let is_here = |(name, mark): &&(String, Mark)| text.starts_with(name) && wanted(mark.token);
        alike.iter().find(is_here).map(|(name, mark)| (*mark, name.len()))
    }
}

impl Tokenizer {
    /// The tokens of a text whose markers are meant. `veil` is in no token: it is taken out of what is text.
    pub fn encode_marked(&self, text: &str, veil: char) -> Vec<u32> {
        let mut tokens = Vec::with_capacity(text.len() / 3);
        let (mut start, mut at) = (0, 0);
        while let Some(first) = text[at..].chars().next() {
            let Some((mark, length)) = self.marks.at_start(&text[at..], |_| true) else {
                at += first.len_utf8();
                continue;
            };
            let before = &text[start..at];
            let before = if mark.eats_before { before.trim_end() } else { before };
            self.append(before, start == 0, veil, &mut tokens);
            tokens.push(mark.token);
            at += length;
            if mark.eats_behind {
                at = text.len() - text[at..].trim_start().len();
            }
            start = at;
        }
        self.append(&text[start..], start == 0, veil, &mut tokens);
        tokens
    }

    fn append(&self, text: &str, is_first: bool, veil: char, tokens: &mut Vec<u32>) {
        if text.is_empty() {
            return;
        }
        let leads = match self.leading {
            Leading::Never => false,
            Leading::UnlessThere => !text.starts_with(' '),
            Leading::Always => true,
            Leading::First => is_first && !text.starts_with(' '),
        };
        let text: Cow<'_, str> = match (leads, text.contains(veil)) {
            (false, false) => text.into(),
            (true, _) => format!(" {}", text.replace(veil, "")).into(),
            (false, true) => text.replace(veil, "").into(),
        };
        tokens.extend(self.encode(&text));
    }

    /// A text in which no marker's name can be found that `is_marker` says is one: `veil` stands in each.
    pub fn veiled(&self, text: &str, veil: char, is_marker: impl Fn(u32) -> bool) -> String {
        let mut veiled = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            veiled.push(c);
            if self.marks.at_start(&text[at..], &is_marker).is_some() {
                veiled.push(veil);
            }
        }
        veiled
    }

    /// The first marker that a text spells.
    pub fn first_mark(&self, text: &str) -> Option<u32> {
        let starts = text.char_indices().map(|(at, _)| &text[at..]);
        starts
            .filter_map(|rest| self.marks.at_start(rest, |_| true))
            .map(|(mark, _)| mark.token)
            .next()
    }
}
