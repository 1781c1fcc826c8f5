//! What suggestions were worth in this session, counted as they happen.

use crate::{Ghost, Layer};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Suggestions that were shown.
    pub shown: u32,
    /// Suggestions of which any part was accepted.
    pub accepted: u32,
    /// Suggestions that were dismissed.
    pub dismissed: u32,
    /// Characters written by accepting.
    pub saved: u32,
    /// Keystrokes that ghost text went through.
    pub typed_through: u32,
    /// How often a completion was wanted.
    pub wanted: u32,
    /// How often of these it had been given before.
    pub cached: u32,
    /// How often of these it had been asked for ahead.
    pub ahead: u32,
    /// A part of what is shown was accepted already.
    taken: bool,
}

impl Tally {
    /// What is shown has changed; `typed` says that by typing.
    pub(crate) fn ghost(&mut self, before: Option<&Ghost>, after: Option<&Ghost>, typed: bool) {
        let Some(after) = after else {
            return;
        };
        // What is only shorter or longer is still the same suggestion.
        let goes_on = before.is_some_and(|before| {
            before.text.ends_with(&after.text) || after.text.starts_with(&before.text)
        });
        if !goes_on {
            self.shown += 1;
            self.taken = false;
        } else if typed {
            self.typed_through += 1;
        }
    }

    pub(crate) fn accept(&mut self, text: &str) {
        self.saved += text.chars().count() as u32;
        self.accepted += u32::from(!std::mem::replace(&mut self.taken, true));
    }

    pub(crate) fn want(&mut self, layer: Layer) {
        self.wanted += 1;
        match layer {
            Layer::Cache => self.cached += 1,
            Layer::Speculation => self.ahead += 1,
            Layer::Engine => {}
        }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.shown += other.shown;
        self.accepted += other.accepted;
        self.dismissed += other.dismissed;
        self.saved += other.saved;
        self.typed_through += other.typed_through;
        self.wanted += other.wanted;
        self.cached += other.cached;
        self.ahead += other.ahead;
    }
}
