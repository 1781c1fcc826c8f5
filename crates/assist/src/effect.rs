//! What the caller must do after an update.

use flint_protocol::{CompletionRequest, Neighbour, RequestId};

/// Who had the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The engine, when it was asked.
    Engine,
    /// It was given before.
    Cache,
    /// It was asked for before the user came here, and may still be on its way.
    Speculation,
}

/// Work for the session, in the order given.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Tell the engine, before the next request, what is written in the project's other files. It stays on
    /// the device: an engine that is elsewhere is not told.
    Know(Vec<Neighbour>),
    /// Send this to the engine. It takes the place of every earlier request.
    Request(CompletionRequest),
    /// The same, for a place where the user is not yet and may soon be: nobody waits.
    Speculate(CompletionRequest),
    /// An answer was there before anybody asked the engine for it.
    Answered(Layer),
    /// Tell the engine that nobody waits for this answer any more.
    Cancel(RequestId),
    /// Put text into the editor and the cursor after it. The editor reports it back as
    /// [`Event::Edited`](crate::Event::Edited) with [`UserEvent::Accepted`](crate::UserEvent::Accepted).
    Insert { at: usize, text: String },
    /// The ghost text changed: draw [`State::ghost`](crate::State::ghost).
    Paint,
    /// The next edit is another one or none: draw [`State::next_edit`](crate::State::next_edit).
    PaintNext,
    /// Put the cursor there, in sight.
    GoTo { at: usize },
    /// Put text in the place of `from..to`. The editor reports it back like [`Effect::Insert`].
    Replace { from: usize, to: usize, text: String },
    /// The text here is no longer the editor's. Send [`Event::Opened`](crate::Event::Opened) again.
    Resync,
}
