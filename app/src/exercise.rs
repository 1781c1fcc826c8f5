//! The exercise that a project holds: which of its files is worked on, and for what.

use crate::project::FileId;
use flint_exercise::Exercise;

/// An exercise, whatever its file is called by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Worked {
    pub(crate) id: FileId,
    /// The file with its marks, as its author wrote it.
    pub(crate) source: String,
    pub(crate) exercise: Exercise,
}

impl Worked {
    pub(crate) fn has_tests(&self) -> bool {
        !self.exercise.tests.trim().is_empty()
    }
}
