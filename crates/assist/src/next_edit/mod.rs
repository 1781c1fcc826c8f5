//! The next edit: what another place of the file should follow after an edit, found by rule. Nothing is
//! asked of a model; what is not certain enough is not shown.

mod burst;
mod calls;
mod names;
mod pattern;
mod scope;

use crate::{Change, Document, State, UserEvent, Within};
use burst::{Burst, Replacement};
use pattern::Pattern;
use std::collections::VecDeque;
use std::ops::Range;

/// Files beyond this are left alone: what is looked for is looked for in all of the text.
const MOST_BYTES: usize = 256 * 1024;
const MOST_REFUSED: usize = 32;

/// A place that should follow the last edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextEdit {
    /// What is there now, in bytes; empty where something is missing.
    pub at: Range<usize>,
    /// What is to stand there; None where only the user knows.
    pub insert: Option<String>,
    /// Its line, from 1.
    pub line: usize,
    /// How many such places there are, this one included.
    pub left: usize,
    /// Whether the cursor stands at it: then it is changed, not gone to.
    pub here: bool,
}

/// What is known of the user's edits, as far as others may follow them.
#[derive(Clone, Debug, Default)]
pub(crate) struct NextEdits {
    burst: Option<Burst>,
    /// The cursor has moved since: what comes is another burst, unless it mends what others follow.
    moved: bool,
    /// What the burst before came to.
    before: Option<Replacement>,
    pattern: Option<Pattern>,
    /// Where that is to be followed, as of the last edit.
    places: Vec<Range<usize>>,
    refused: VecDeque<Replacement>,
    shown: Option<NextEdit>,
}

impl NextEdits {
    /// Whether there is something to follow. Then no ghost text is asked for: both would mean the same key.
    pub(crate) fn proposes(&self) -> bool {
        self.pattern.is_some()
    }

    pub(crate) fn shown(&self) -> Option<&NextEdit> {
        self.shown.as_ref()
    }

    /// Another file, or a text that nobody knows: nothing follows from what was before.
    pub(crate) fn forget(&mut self) {
        let refused = std::mem::take(&mut self.refused);
        *self = Self { refused, ..Self::default() };
    }

    /// Hears of an edit that is not applied to `document` yet.
    pub(crate) fn note(&mut self, document: &Document, changes: &[Change], why: UserEvent) {
        let [change] = changes else {
            return self.forget();
        };
        if !why.invites() || document.text().len() > MOST_BYTES {
            if why == UserEvent::Undone {
                self.refuse();
            }
            return self.forget();
        }
        if self.makes_shown(change, why) {
            // One of the places, made as it was proposed: the edit that they follow is still the same.
            if let Some(burst) = &mut self.burst {
                burst.shift(change);
            }
            return;
        }
        let moved = std::mem::take(&mut self.moved) && self.pattern.is_none();
        let goes_on = !moved && self.burst.as_mut().is_some_and(|burst| burst.takes(change));
        if !goes_on {
            let burst = self.burst.replace(Burst::begin(document.text(), change));
            self.before = burst.and_then(|burst| burst.replacement(document.text()));
        }
    }

    pub(crate) fn move_away(&mut self) {
        self.moved = true;
    }

    fn makes_shown(&self, change: &Change, why: UserEvent) -> bool {
        let made = |next: &NextEdit| {
            next.at == (change.from..change.to) && next.insert.as_ref() == Some(&change.insert)
        };
        why == UserEvent::Accepted && self.shown.as_ref().is_some_and(made)
    }

    /// Finds out what the edit that was noted asks for; `document` has it now.
    pub(crate) fn read(&mut self, document: &Document) {
        let Some(burst) = &self.burst else {
            return;
        };
        let text = document.text();
        if let Some(pattern) = self.pattern.as_ref().filter(|it| it.expects(burst, text)) {
            self.places = pattern.places(burst, text);
            return;
        }
        let prose = matches!(document.syntax().within, Within::Comment | Within::String);
        let found = Pattern::of(burst, self.before.as_ref(), document);
        let wanted = |found: &Pattern| !prose && !self.refused.contains(&found.replacement);
        let found = found.filter(wanted);
        self.places = found.as_ref().map_or_else(Vec::new, |found| found.places(burst, text));
        self.pattern = found.filter(|_| !self.places.is_empty());
    }

    /// The user wants none of it.
    pub(crate) fn refuse(&mut self) {
        if let Some(pattern) = self.pattern.take() {
            self.refused.push_front(pattern.replacement);
            self.refused.truncate(MOST_REFUSED);
        }
        self.burst = None;
        self.shown = None;
    }

    /// The user was sent to a place that only they can change: the next is another one.
    pub(crate) fn visit(&mut self) {
        if let (Some(pattern), Some(shown)) = (&mut self.pattern, &self.shown) {
            pattern.visit(shown.at.start);
        }
    }
}

/// Finds the place that is shown now; an edit that nothing is left to follow is done with.
pub(crate) fn refresh(state: &mut State) {
    let quiet = state.on && state.ghost.is_none();
    let next = &mut state.next;
    next.shown = None;
    if let (Some(pattern), Some(document)) = (&next.pattern, &state.document) {
        next.shown = pattern.next(&next.places, document).filter(|_| quiet);
        if next.places.is_empty() {
            next.pattern = None;
        }
    }
}
