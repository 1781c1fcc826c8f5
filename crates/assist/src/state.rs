//! All that the assistant remembers. Only [`update`](crate::update) changes it.

use crate::alternatives::Alternatives;
use crate::cache::Cache;
use crate::erased::Erased;
use crate::next_edit::NextEdits;
use crate::rejection::Rejections;
use crate::running::Running;
use crate::{Document, Ghost, NextEdit, Silence, Tally, silence};
use flint_protocol::{Neighbour, RequestId};

/// The assistant between two events.
#[derive(Clone, Debug)]
pub struct State {
    pub(crate) document: Option<Document>,
    /// What is written in the project's other files.
    pub(crate) neighbours: Vec<Neighbour>,
    pub(crate) ghost: Option<Ghost>,
    pub(crate) running: Option<Running>,
    /// A request for the place where the user will be after accepting the ghost text.
    pub(crate) speculation: Option<Running>,
    pub(crate) alternatives: Option<Alternatives>,
    pub(crate) cache: Cache,
    pub(crate) rejections: Rejections,
    pub(crate) erased: Option<Erased>,
    pub(crate) next: NextEdits,
    pub(crate) tally: Tally,
    /// The model that the cache's answers are from.
    pub(crate) model: String,
    pub(crate) last_id: RequestId,
    pub(crate) on: bool,
    pub(crate) engine_ready: bool,
}

impl State {
    /// No file, no engine.
    pub fn new(on: bool) -> Self {
        Self {
            document: None,
            neighbours: Vec::new(),
            ghost: None,
            running: None,
            speculation: None,
            alternatives: None,
            cache: Cache::default(),
            rejections: Rejections::default(),
            erased: None,
            next: NextEdits::default(),
            tally: Tally::default(),
            model: String::new(),
            last_id: RequestId(0),
            on,
            engine_ready: false,
        }
    }

    pub fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// What to draw after the cursor.
    pub fn ghost(&self) -> Option<&Ghost> {
        self.ghost.as_ref()
    }

    /// The place that should follow the last edit, where there is no ghost text.
    pub fn next_edit(&self) -> Option<&NextEdit> {
        self.next.shown()
    }

    /// The request whose answer is awaited.
    pub fn running(&self) -> Option<RequestId> {
        self.running.as_ref().map(Running::id)
    }

    /// Whether a request of this id is under way.
    pub(crate) fn awaits(&self, id: RequestId) -> bool {
        let under_way = [&self.running, &self.speculation].into_iter().flatten();
        under_way.into_iter().any(|running| running.id() == id) || self.cycles(id)
    }

    /// Whether this is the request for an alternative.
    pub(crate) fn cycles(&self, id: RequestId) -> bool {
        self.alternatives.as_ref().is_some_and(|list| list.awaits(id))
    }

    /// Which of the alternatives is shown, from 1, and how many are known; none before another one
    /// was asked for.
    pub fn alternative(&self) -> Option<(usize, usize)> {
        self.alternatives.as_ref()?.place()
    }

    /// Whether more text may still come for what is shown, or in its place.
    pub fn is_awaiting(&self) -> bool {
        let cycles = self.alternatives.as_ref().is_some_and(|list| list.running.is_some());
        self.running.is_some() || cycles
    }

    /// Text that is kept of answers given before, in bytes.
    pub fn remembered_bytes(&self) -> usize {
        self.cache.bytes()
    }

    /// What suggestions were worth so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    pub fn is_on(&self) -> bool {
        self.on
    }

    pub fn engine_is_ready(&self) -> bool {
        self.engine_ready
    }

    /// Why nothing is suggested here, if so.
    pub fn silence(&self) -> Option<Silence> {
        silence::reason(self)
    }
}
