//! A request whose answer is awaited, and the typing done since it was sent.

use crate::filter::{self, Surroundings};
use crate::place::Place;
use crate::{Document, context, extent};
use flint_protocol::{CompletionRequest, RequestId};

/// A request under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Running {
    id: RequestId,
    place: Place,
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
    /// A request at the document's cursor, and what to send for it.
    pub(crate) fn ask(id: RequestId, document: &Document) -> (Self, CompletionRequest) {
        let limits = extent::limits(document);
        let around = Surroundings::of(document, limits.max_lines as usize);
        let request = CompletionRequest {
            id,
            language: document.language().to_owned(),
            path: document.path().to_owned(),
            prefix: context::prefix(document.before()).to_owned(),
            suffix: context::suffix(document.after()).to_owned(),
            limits,
            alternative: 0,
        };
        let running = Self {
            id,
            place: Place::of(document),
            around,
            received: String::new(),
            typed: String::new(),
            finished: false,
        };
        (running, request)
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

    /// The user has come to its place, and the parser knows it now.
    pub(crate) fn arrive(&mut self, document: &Document) {
        self.around = Surroundings::of(document, self.around.max_lines);
    }

    /// Whether it asks about the document's cursor.
    pub(crate) fn is_at(&self, document: &Document) -> bool {
        self.place == Place::of(document)
    }

    /// The whole answer and where it belongs, once all of it is here.
    pub(crate) fn whole(&self) -> Option<(Place, Surroundings, String)> {
        let Self { place, around, received, finished, .. } = self;
        finished.then(|| (place.clone(), around.clone(), received.clone()))
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
