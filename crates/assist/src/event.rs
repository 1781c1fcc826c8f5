//! Everything that can happen to the assistant.

use crate::{Change, Cursor, Syntax};
use flint_protocol::{Neighbour, RequestId};

/// Something happened in the editor, in the engine or in the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A file is in front of the user now, with this text.
    Opened { path: String, language: String, text: String, cursor: Cursor, syntax: Syntax },
    /// What is written in the project's other files is this, nearest first.
    Surrounded { neighbours: Vec<Neighbour> },
    /// The open file changed. Offsets in `changes` count in the text before the edit, in order
    /// and apart from each other; `cursor` counts in the text after it.
    Edited { changes: Vec<Change>, cursor: Cursor, syntax: Syntax, user_event: UserEvent },
    /// The cursor moved, the selection changed or a composition ended, with no edit.
    CursorMoved { cursor: Cursor, syntax: Syntax },
    /// Take the whole ghost text.
    AcceptAll,
    /// Take its next word.
    AcceptWord,
    /// Take its first line.
    AcceptLine,
    /// Go to the next edit's place; make the edit when the cursor is there.
    AcceptNext,
    /// Take none of it, now and here: of the ghost text, or of the next edit.
    Dismiss,
    /// The editor was left: nothing is shown, and nothing is refused.
    Left,
    /// Show another suggestion for the same place: the next one or the one before.
    Cycle { forward: bool },
    /// More text of a completion.
    Text { id: RequestId, text: String },
    /// A completion ended.
    Done { id: RequestId },
    /// A completion failed.
    Failed { id: RequestId },
    /// The engine can answer, with the model of this name.
    EngineReady { model: String },
    /// The engine is gone, and its requests with it.
    EngineLost,
    /// The user switched suggestions on or off.
    Toggled { on: bool },
}

impl Event {
    /// Whether other suggestions for the place before it are of no use after it.
    pub(crate) fn changes_place(&self) -> bool {
        let answers = matches!(self, Self::Text { .. } | Self::Done { .. } | Self::Failed { .. });
        let accepts = matches!(
            self,
            Self::AcceptAll | Self::AcceptWord | Self::AcceptLine | Self::AcceptNext
        );
        !answers
            && !accepts
            && !matches!(
                self,
                Self::Cycle { .. } | Self::EngineReady { .. } | Self::Surrounded { .. }
            )
    }
}

/// Why the text changed: what was done, apart from what it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserEvent {
    Typed,
    Deleted,
    Pasted,
    /// Undo or redo.
    Undone,
    /// Ghost text, or a part of it, was accepted.
    Accepted,
    Other,
}

impl UserEvent {
    /// Whether a suggestion is welcome after it. Undo is not: it would bring back what the user
    /// has just taken away.
    pub(crate) fn invites(self) -> bool {
        matches!(self, Self::Typed | Self::Deleted | Self::Pasted | Self::Accepted)
    }

    /// Whether it adds text that may follow the ghost text.
    pub(crate) fn writes(self) -> bool {
        matches!(self, Self::Typed | Self::Accepted)
    }
}
