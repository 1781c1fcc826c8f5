//! Definitions whose number of parameters has changed, and calls that still have the old one.

use super::names::{Name, is_part};
use std::ops::Range;

/// A function's name and how many arguments a call of it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) name: String,
    pub(super) arguments: usize,
}

impl Signature {
    /// The definition in whose list of parameters `at` stands; None anywhere else, and where a parameter
    /// has a default or takes the rest, because then a call may leave it out.
    pub(super) fn around(text: &str, at: usize) -> Option<Self> {
        let line = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        let open = line + text[line..at].find('(')?;
        let name_end = open;
        let name_start = open
            - text[line..open]
                .chars()
                .rev()
                .take_while(|c| is_part(*c))
                .map(char::len_utf8)
                .sum::<usize>();
        let name = Name::at(text, name_start..name_end).filter(Name::is_defined)?;
        let (list, end) = inside(text, open)?;
        if !(open < at && at <= end) || list.contains(['=', '*']) || list.contains("...") {
            return None;
        }
        let parameters = split(list);
        let own = parameters.first().is_some_and(|first| {
            ["self", "cls", "&self", "&mut self", "mut self"].contains(&first.trim())
        });
        let arguments = parameters.len() - usize::from(own);
        Some(Self { name: text[name.range()].to_owned(), arguments })
    }
}

/// The ends of the argument lists of calls of `name` with this many arguments.
pub(super) fn with(text: &str, name: &str, arguments: usize) -> Vec<Range<usize>> {
    let end = |found: Name<'_>| {
        let open = found.range().end;
        if !text[open..].starts_with('(') || found.is_defined() || found.is_prose() {
            return None;
        }
        let (list, end) = inside(text, open)?;
        (split(list).len() == arguments).then_some(end..end)
    };
    Name::all(text, name).filter_map(end).collect()
}

/// What stands between the bracket at `open` and the one that closes it, and where that is.
fn inside(text: &str, open: usize) -> Option<(&str, usize)> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (offset, c) in text[open..].char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some((&text[open + 1..open + offset], open + offset));
        }
    }
    None
}

/// The parts of a list, at its own commas.
fn split(list: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    let mut quote = None;
    for (at, c) in list.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`') => quote = Some(c),
            (None, '(' | '[' | '{' | '<') => depth += 1,
            (None, ')' | ']' | '}' | '>') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}
