//! When to say nothing.

use crate::{Document, State, Within};

/// Why no suggestion is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    SwitchedOff,
    NoEngine,
    NoFile,
    /// There is nothing to go on.
    BlankFile,
    Selecting,
    Composing,
    /// Something other than closing punctuation follows on the line.
    MidLine,
    /// Inside a regular expression.
    Pattern,
    /// Another place of the file should follow the last edit.
    NextEdit,
}

pub(crate) fn reason(state: &State) -> Option<Silence> {
    if !state.is_on() {
        return Some(Silence::SwitchedOff);
    }
    if !state.engine_is_ready() {
        return Some(Silence::NoEngine);
    }
    if state.next.proposes() {
        return Some(Silence::NextEdit);
    }
    state.document().map_or(Some(Silence::NoFile), at_cursor)
}

/// What the place itself demands, whatever the settings and the engine.
pub(crate) fn at_cursor(document: &Document) -> Option<Silence> {
    let cursor = document.cursor();
    if cursor.selecting {
        Some(Silence::Selecting)
    } else if cursor.composing {
        Some(Silence::Composing)
    } else if !document.rest_of_line().chars().all(closes) {
        Some(Silence::MidLine)
    } else if document.syntax().within == Within::Pattern {
        Some(Silence::Pattern)
    } else if document.text().trim().is_empty() {
        Some(Silence::BlankFile)
    } else {
        None
    }
}

fn closes(c: char) -> bool {
    c.is_whitespace() || ")]}>\"'`;,:{".contains(c)
}
