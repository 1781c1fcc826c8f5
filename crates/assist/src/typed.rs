//! Text typed at the cursor, held against the ghost text there.

use crate::request::show;
use crate::running::Answer;
use crate::{Change, Cursor, Ghost, State, filter};

/// Text written at the cursor, and the closing bracket that the editor added behind it.
pub(crate) struct Typed<'c> {
    text: &'c str,
    closer: &'c str,
}

/// What became of the ghost text when something was typed.
pub(crate) enum Through {
    /// It goes on, shorter.
    Kept,
    /// It goes on up to a bracket that the editor closed; what streams in behind it is moot.
    Closed,
    /// It is used up, or the typing left it.
    Left,
}

impl<'c> Typed<'c> {
    /// The edit as typing, if it is one: a single insertion at the cursor.
    pub(crate) fn read(before: Cursor, changes: &'c [Change], after: Cursor) -> Option<Self> {
        let [change] = changes else {
            return None;
        };
        if change.from != before.at || change.to != before.at {
            return None;
        }
        let (text, closer) = change.insert.split_at_checked(after.at.checked_sub(before.at)?)?;
        Some(Self { text, closer })
    }

    /// Takes itself off the beginning of the ghost text and of the answer still arriving.
    pub(crate) fn go_through(&self, state: &mut State) -> Through {
        let at = state.document.as_ref().map_or(0, |document| document.cursor().at);
        let rest = state.ghost.as_ref().and_then(|ghost| ghost.text.strip_prefix(self.text));
        if let (Some(closer), Some(rest)) = (self.closer.chars().next(), rest) {
            let end = filter::doubled_closer(rest, closer);
            state.ghost = end.and_then(|end| Ghost::new(at, &rest[..end]));
            return if state.ghost.is_some() { Through::Closed } else { Through::Left };
        }
        if let Some(running) = state.running.as_mut().filter(|running| running.has_text()) {
            running.replay(self.text);
            match running.answer() {
                Answer::Diverged => return Through::Left,
                Answer::Open => state.ghost = None,
                Answer::Shows(text) => show(state, &text, false),
            }
            return Through::Kept;
        }
        state.ghost = rest.and_then(|rest| Ghost::new(at, rest));
        if state.ghost.is_some() { Through::Kept } else { Through::Left }
    }
}
