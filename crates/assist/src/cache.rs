//! Answers that were given before, for places that come again: after a deletion, an undone
//! mistake, a look at another file, an accepted suggestion.
//!
//! A place answers for every place that is reached from it by typing what it says. All entries are
//! of one model and one context: the cache is emptied when either changes.

use crate::Document;
use crate::filter::{self, Surroundings};
use crate::place::{self, Place};
use std::collections::VecDeque;

const MAX_ENTRIES: usize = 128;
const MAX_BYTES: usize = 1 << 20;

/// Newest first. Looking at each of so few takes microseconds, and nothing has to be kept in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cache {
    entries: VecDeque<Entry>,
    bytes: usize,
}

#[derive(Clone, Debug)]
struct Entry {
    place: Place,
    around: Surroundings,
    /// The engine's whole answer, as it came.
    answer: String,
}

/// What is known of a place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// This text follows the cursor.
    Text(String),
    /// The engine had nothing to say here.
    Nothing,
}

impl Cache {
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Remembers a whole answer; the oldest ones make room.
    pub(crate) fn insert(&mut self, place: Place, around: Surroundings, answer: String) {
        self.entries.retain(|entry| entry.place != place);
        self.entries.push_front(Entry { place, around, answer });
        self.bytes = self.entries.iter().map(Entry::size).sum();
        while self.entries.len() > MAX_ENTRIES || self.bytes > MAX_BYTES {
            let oldest = self.entries.pop_back();
            self.bytes -= oldest.map_or(self.bytes, |entry| entry.size());
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn find(&mut self, document: &Document) -> Option<Known> {
        let suffix = place::suffix(document);
        self.entries.iter_mut().find_map(|entry| entry.says(document, suffix))
    }
}

impl Entry {
    fn size(&self) -> usize {
        self.place.size() + self.answer.len()
    }

    fn says(&mut self, document: &Document, suffix: u64) -> Option<Known> {
        let written = self.place.written(document, suffix)?;
        if written.is_empty() {
            // What was asked ahead was asked without a word from the parser.
            self.around = Surroundings::of(document, self.around.max_lines);
        }
        let text = filter::clean(&self.answer, &self.around, true);
        let rest = text.strip_prefix(written)?;
        match rest.trim().is_empty() {
            false => Some(Known::Text(rest.to_owned())),
            true => written.is_empty().then_some(Known::Nothing),
        }
    }
}
