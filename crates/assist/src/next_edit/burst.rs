//! Edits that belong together, because each touches what the ones before it wrote: typed letters, a word
//! deleted and another one in its place.

use super::names::{Name, word_around};
use crate::Change;
use std::ops::Range;

/// One piece of text that has become another.
#[derive(Clone, Debug)]
pub(crate) struct Burst {
    /// The file before the first edit, and what of it was replaced.
    base: String,
    old: Range<usize>,
    /// What stands in its place now.
    new: Range<usize>,
}

/// What was replaced, to the borders of its words, by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replacement {
    pub(crate) old: String,
    pub(crate) new: String,
}

impl Burst {
    pub(super) fn begin(base: &str, change: &Change) -> Self {
        let Change { from, to, insert } = change;
        Self { base: base.to_owned(), old: *from..*to, new: *from..from + insert.len() }
    }

    /// Takes in a change that touches it; whether it does.
    pub(super) fn takes(&mut self, change: &Change) -> bool {
        let Change { from, to, insert } = change;
        if *to < self.new.start || *from > self.new.end {
            return false;
        }
        let (sooner, later) =
            (self.new.start.saturating_sub(*from), to.saturating_sub(self.new.end));
        let (Some(start), end) = (self.old.start.checked_sub(sooner), self.old.end + later) else {
            return false;
        };
        if end > self.base.len() {
            return false;
        }
        self.old = start..end;
        let end = self.new.end.max(*to) + insert.len() - (to - from);
        self.new = self.new.start.min(*from)..end;
        true
    }

    /// Moves with a change somewhere else.
    pub(super) fn shift(&mut self, change: &Change) {
        if change.to <= self.new.start {
            let by = |at: usize| at + change.insert.len() + change.from - change.to;
            self.new = by(self.new.start)..by(self.new.end);
        }
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Where it began, in the text before it.
    pub(super) fn began(&self) -> usize {
        self.old.start
    }

    /// Where it stands now.
    pub(super) fn now(&self) -> Range<usize> {
        self.new.clone()
    }

    /// What it comes to in `text`, the file after it; None when nothing was replaced, or only space, or
    /// more than a line.
    pub(super) fn replacement(&self, text: &str) -> Option<Replacement> {
        let (old, new) = (self.base.get(self.old.clone())?, text.get(self.new.clone())?);
        if old.contains('\n') || new.contains('\n') {
            return None;
        }
        let old = self.base.get(word_around(&self.base, self.old.clone()))?;
        let new = text.get(word_around(text, self.new.clone()))?;
        let says_something = !old.trim().is_empty() && !new.trim().is_empty() && old != new;
        says_something.then(|| Replacement { old: old.to_owned(), new: new.to_owned() })
    }

    /// The word that it has become, where it is one.
    pub(super) fn name<'t>(&self, text: &'t str) -> Option<Name<'t>> {
        Name::at(text, word_around(text, self.new.clone()))
    }
}
