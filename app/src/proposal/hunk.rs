//! One change of a proposal, as the user decides on it.

use flint_placement::Splice;
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hunk {
    pub(crate) id: u32,
    pub(crate) path: String,
    /// The step of a plan that it belongs to; the only one where there is no plan.
    pub(crate) part: usize,
    pub(crate) change: Change,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Lines of the file that was asked about become others.
    Lines(Splice),
    /// A file that is not there yet, with its text.
    Create(String),
    /// A file goes.
    Delete,
    /// A file gets another name.
    Move(String),
}

/// What is shown in the editor: changes of the file that is open in it.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Shown<'a> {
    /// The request that they answer; the editor has noted the text under this number.
    pub(crate) number: u32,
    pub(crate) hunks: Vec<ShownHunk<'a>>,
    pub(crate) current: Option<u32>,
}

/// Lines counted from 0, and the lines instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ShownHunk<'a> {
    pub(crate) id: u32,
    from_line: usize,
    to_line: usize,
    insert: &'a [String],
}

impl Hunk {
    pub(super) fn shown(&self) -> Option<ShownHunk<'_>> {
        let Change::Lines(Splice { from, to, insert }) = &self.change else { return None };
        Some(ShownHunk { id: self.id, from_line: *from, to_line: *to, insert })
    }
}
