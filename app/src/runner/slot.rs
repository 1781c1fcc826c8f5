//! A frame with its place in the runner: which runtime it is for, and how far it is.

use super::frame::{Frame, OpaqueBy};
use flint_run::Runtime;

/// A frame and how far it is.
pub(super) struct Slot {
    pub(super) number: u32,
    pub(super) runtime: Runtime,
    pub(super) frame: Frame,
    pub(super) opaque_by: OpaqueBy,
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

    pub(super) fn is_prepared(&self) -> bool {
        self.state == State::Prepared
    }
}
