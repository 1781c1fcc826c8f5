//! The one request whose answer is awaited, and the typing done since it was sent.

use crate::filter::{self, Surroundings};
use flint_protocol::RequestId;

/// A request under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Running {
    id: RequestId,
    around: Surroundings,
    /// Raw text so far.
    received: String,
    /// Typed since the request; replayed over the answer.
    typed: String,
    finished: bool,
}

/// What an answer amounts to at the cursor's present place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The part not yet typed.
    Shows(String),
    /// Nothing to show so far, and nothing against it.
    Open,
    /// The user has typed something else.
    Diverged,
}

impl Running {
    pub(crate) fn new(id: RequestId, around: Surroundings) -> Self {
        Self { id, around, received: String::new(), typed: String::new(), finished: false }
    }

    pub(crate) fn id(&self) -> RequestId {
        self.id
    }

    pub(crate) fn has_text(&self) -> bool {
        !self.received.is_empty()
    }

    pub(crate) fn receive(&mut self, text: &str) {
        self.received.push_str(text);
    }

    pub(crate) fn finish(&mut self) {
        self.finished = true;
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finished
    }

    pub(crate) fn replay(&mut self, typed: &str) {
        self.typed.push_str(typed);
    }

    /// Whether anything was typed over it.
    pub(crate) fn is_overtyped(&self) -> bool {
        !self.typed.is_empty()
    }

    pub(crate) fn answer(&self) -> Answer {
        let text = filter::clean(&self.received, &self.around, self.finished);
        match text.strip_prefix(self.typed.as_str()) {
            Some(rest) if rest.trim().is_empty() => Answer::Open,
            Some(rest) => Answer::Shows(rest.to_owned()),
            None if self.typed.starts_with(&text) => Answer::Open,
            None => Answer::Diverged,
        }
    }
}
