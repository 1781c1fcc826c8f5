//! Suggestions that were dismissed stay away, also after edits elsewhere in the file.
//!
//! What is remembered is the line that a suggestion would have made and the line above it: both
//! are the same wherever else the file has changed.

use crate::Document;
use std::collections::VecDeque;

const MAX: usize = 32;

#[derive(Clone, Debug, Default)]
pub(crate) struct Rejections(VecDeque<Rejected>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rejected {
    path: String,
    above: String,
    line: String,
}

impl Rejections {
    /// The user wants none of `text` at the cursor.
    pub(crate) fn add(&mut self, document: &Document, text: &str) {
        let rejected = Rejected::of(document, text);
        self.0.retain(|known| *known != rejected);
        self.0.push_front(rejected);
        self.0.truncate(MAX);
    }

    /// Whether `text` at the cursor would be one of these. While more text is to come (`whole` is
    /// false) a beginning of one counts too: shown, it would only vanish again.
    pub(crate) fn hold(&self, document: &Document, text: &str, whole: bool) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let candidate = Rejected::of(document, text);
        let line = candidate.line.as_str();
        self.0.iter().any(|known| {
            let same = known.line == line || (!whole && known.line.starts_with(line));
            same && known.above == candidate.above && known.path == candidate.path
        })
    }
}

impl Rejected {
    fn of(document: &Document, text: &str) -> Self {
        let mut above = document.before().rsplit('\n');
        let line = above.next().unwrap_or_default();
        let first = text.trim_start_matches('\n').split('\n').next().unwrap_or_default();
        let made = if text.starts_with('\n') { first.to_owned() } else { format!("{line}{first}") };
        let above = if text.starts_with('\n') {
            line
        } else {
            above.find(|line| !line.trim().is_empty()).unwrap_or_default()
        };
        Self {
            path: document.path().to_owned(),
            above: above.trim().to_owned(),
            line: made.trim().to_owned(),
        }
    }
}
