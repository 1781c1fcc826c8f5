//! An exercise, without a page: a file with marks in its comments ([`Exercise::parse`]), which of its lines
//! are given and must stay ([`Exercise::fixed_in`]), and what a check found ([`Verdict`]). Knows nothing of
//! editors, frames or languages: a mark is a comment in any of them.
//!
//! ```text
//! # flint: task        what is to be done, as comments
//! # flint: setup       lines that run before and are not shown
//! # flint: fixed       lines that are shown and cannot be changed
//! # flint: open        lines to work on; so is what stands before the first mark
//! # flint: tests       lines that run after a check and are not shown
//! # flint: expected    what a run prints, as comments
//! ```

mod difference;
mod fixed;
mod marks;
mod verdict;

pub use difference::{Line, Side, difference};
pub use marks::{Given, has_marks, mark, template};
pub use verdict::{Test, Verdict};

/// A file with its marks taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exercise {
    /// What is to be done; empty where nothing is said.
    pub task: String,
    /// Lines that run before the file's and are not shown.
    pub setup: String,
    /// What is shown: whole lines, in order.
    pub parts: Vec<Part>,
    /// Lines that a check runs after the file's.
    pub tests: String,
    /// What the program should print, where that matters.
    pub expected: Option<String>,
}

/// Lines that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// They cannot be changed.
    pub fixed: bool,
    pub text: String,
}

impl Exercise {
    /// The file as it is shown at first.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }

    /// Where the first line stands that is to be worked on, in bytes; 0 where there is none.
    #[must_use]
    pub fn first_open(&self) -> usize {
        let given = self.parts.iter().take_while(|part| part.fixed);
        let place = given.map(|part| part.text.len()).sum();
        if place < self.text().len() { place } else { 0 }
    }

    /// Whether there is anything that a check could find.
    #[must_use]
    pub fn checks(&self) -> bool {
        self.tests() || self.expected.is_some()
    }

    fn tests(&self) -> bool {
        !self.tests.trim().is_empty()
    }
}
