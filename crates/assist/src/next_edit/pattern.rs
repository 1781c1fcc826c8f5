//! What an edit asks of the rest of the file.

use super::NextEdit;
use super::burst::{Burst, Replacement};
use super::calls::{self, Signature};
use super::names::{Name, can_be_renamed, word_around};
use super::scope;
use crate::Document;
use std::ops::Range;

/// A text that is replaced twice is replaced again from this length on.
const LEAST_REPEATED: usize = 3;

#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) replacement: Replacement,
    kind: Kind,
    /// The last place that the user was sent to and only they can change.
    visited: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A variable, as far as it reaches.
    Variable,
    /// A field or a method, or what is defined for all of the file.
    Member,
    Definition,
    /// The same was replaced twice.
    Again,
    /// Calls with this many arguments.
    Calls(usize),
}

impl Pattern {
    /// What `burst` asks for in `document`, which has it, after `before`.
    pub(super) fn of(
        burst: &Burst,
        before: Option<&Replacement>,
        document: &Document,
    ) -> Option<Self> {
        let text = document.text();
        let pattern = |replacement, kind| Self { replacement, kind, visited: None };
        if let Some(calls) = signature(burst, text) {
            return Some(calls);
        }
        let replacement = burst.replacement(text)?;
        if before == Some(&replacement) && replacement.old.trim().len() >= LEAST_REPEATED {
            return Some(pattern(replacement, Kind::Again));
        }
        // A name that the file knows already is another thing, not this one under a new name.
        let fresh = Name::all(burst.base(), &replacement.new).next().is_none();
        let name = burst.name(text).filter(|_| fresh && can_be_renamed(&replacement.old))?;
        let kind = match (name.is_member(), name.is_defined()) {
            (true, _) => Kind::Member,
            (_, true) => Kind::Definition,
            _ => Kind::Variable,
        };
        Some(pattern(replacement, kind))
    }

    /// Whether the edit that goes on is the one that the user was sent to make.
    pub(super) fn expects(&self, burst: &Burst, text: &str) -> bool {
        let line_of = |at: usize| text.get(..at).map(|before| before.matches('\n').count());
        self.visited.is_some_and(|visited| {
            visited <= text.len() && line_of(visited) == line_of(burst.now().start)
        })
    }

    pub(super) fn visit(&mut self, at: usize) {
        if matches!(self.kind, Kind::Calls(_)) {
            self.visited = Some(at);
        }
    }

    /// Of these places the one that comes after the cursor, or the first one of all.
    pub(super) fn next(&self, places: &[Range<usize>], document: &Document) -> Option<NextEdit> {
        let (text, cursor) = (document.text(), document.cursor());
        if cursor.selecting || cursor.composing {
            return None;
        }
        let reached = places.iter().find(|place| place.end >= cursor.at);
        let at = match self.kind {
            // What was visited is behind the user, whether they changed it or not.
            Kind::Calls(_) => {
                places.iter().find(|place| self.visited.is_none_or(|at| place.start > at))?
            }
            _ => reached.or(places.first())?,
        };
        let insert = (!matches!(self.kind, Kind::Calls(_))).then(|| self.replacement.new.clone());
        Some(NextEdit {
            here: (at.start..=at.end).contains(&cursor.at),
            line: text[..at.start].matches('\n').count() + 1,
            left: places.len(),
            at: at.clone(),
            insert,
        })
    }

    /// Where it is to be followed, in order.
    pub(super) fn places(&self, burst: &Burst, text: &str) -> Vec<Range<usize>> {
        let old = self.replacement.old.as_str();
        let reach = match self.kind {
            Kind::Calls(arguments) => return calls::with(text, old, arguments),
            Kind::Again => return again(text, old, burst.now()),
            Kind::Variable => scope::around(text, burst.now().start),
            Kind::Member | Kind::Definition => 0..text.len(),
        };
        let follows = |name: &Name<'_>| {
            let member = name.is_member();
            let fits = match self.kind {
                Kind::Member => member || name.is_defined(),
                Kind::Definition => true,
                _ => !member && !name.is_label(),
            };
            fits && !name.is_prose() && reach.contains(&name.range().start)
        };
        Name::all(text, old).filter(follows).map(|name| name.range()).collect()
    }
}

/// Everywhere else that `old` stands, to the borders of words.
fn again(text: &str, old: &str, made: Range<usize>) -> Vec<Range<usize>> {
    let range = |(start, _): (usize, &str)| start..start + old.len();
    let apart = |range: &Range<usize>| range.end <= made.start || range.start >= made.end;
    let whole = |range: &Range<usize>| word_around(text, range.clone()) == *range;
    text.match_indices(old).map(range).filter(|range| apart(range) && whole(range)).collect()
}

/// A definition that takes another number of arguments than before.
fn signature(burst: &Burst, text: &str) -> Option<Pattern> {
    let now = Signature::around(text, burst.now().end)?;
    let before = Signature::around(burst.base(), burst.began())?;
    let changed = now.name == before.name && now.arguments != before.arguments;
    changed.then(|| Pattern {
        replacement: Replacement { old: now.name, new: now.arguments.to_string() },
        kind: Kind::Calls(before.arguments),
        visited: None,
    })
}
