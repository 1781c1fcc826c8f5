//! A frame with its place in the runner: which runtime it is for, and how far it is.

use super::frame::{Frame, OpaqueBy};
use crate::page;
use flint_run::{Runtime, Waiting};

/// A frame opens sooner, in a process that is not held.
const OPENS_MS: f64 = 160.0;

/// A frame and how far it is.
pub(super) struct Slot {
    pub(super) number: u32,
    pub(super) runtime: Runtime,
    pub(super) frame: Frame,
    pub(super) opaque_by: OpaqueBy,
    pub(super) opened_at_ms: f64,
    pub(super) state: State,
    /// A document in it has been drawn.
    pub(super) painted: bool,
}

/// How far a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Its page is loading.
    Opening,
    /// It has said hello and waits for its runtime.
    Standing,
    /// It has been handed its runtime.
    Preparing,
    /// A run in it starts at once.
    Prepared,
}

impl Slot {
    /// It has said hello; says what made it opaque.
    pub(super) fn stand(&mut self) -> OpaqueBy {
        self.state = State::Standing;
        self.opaque_by
    }

    /// What a run that begins in it waits for first. One that should have opened by now is waited for no longer than
    /// one that has.
    pub(super) fn first_wait(&self) -> Waiting {
        let opens = self.state == State::Opening && page::now_ms() - self.opened_at_ms < OPENS_MS;
        if opens { Waiting::Frame } else { Waiting::Answer }
    }

    pub(super) fn is_prepared(&self) -> bool {
        self.state == State::Prepared
    }
}
