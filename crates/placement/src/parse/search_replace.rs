//! Search/replace blocks, as several assistants ask for them:
//!
//! ```text
//! src/sum.py
//! <<<<<<< SEARCH
//! lines of the file
//! =======
//! lines instead
//! >>>>>>> REPLACE
//! ```

use super::Step;
use crate::edit::{Answer, Change, Edit, Problem, Replace};
use crate::refusal::Reason;

#[derive(Debug)]
pub(super) struct Block {
    path: Option<String>,
    before: Vec<String>,
    /// None until the divider.
    after: Option<Vec<String>>,
    /// A second divider: no one can tell which one divides.
    unclear: bool,
}

pub(super) fn begins(line: &str) -> bool {
    is_mark(line, '<', &["SEARCH", "ORIGINAL"]) || is_mark(line, '-', &["SEARCH"])
}

fn divides(line: &str) -> bool {
    is_mark(line, '=', &[""])
}

fn ends(line: &str) -> bool {
    is_mark(line, '>', &["REPLACE", "UPDATED"]) || is_mark(line, '+', &["REPLACE"])
}

/// Five to nine of a sign, then one of the words.
fn is_mark(line: &str, sign: char, words: &[&str]) -> bool {
    let line = line.trim();
    let word = line.trim_start_matches(sign);
    let signs = line.len() - word.len();
    (5..=9).contains(&signs) && words.contains(&word.trim())
}

impl Block {
    pub(super) fn new(path: Option<String>) -> Self {
        Self { path, before: Vec::new(), after: None, unclear: false }
    }

    pub(super) fn path(&self) -> Option<&String> {
        self.path.as_ref()
    }

    pub(super) fn line(&mut self, line: &str, found: &mut Answer) -> Step {
        if ends(line) {
            self.end(found);
            return Step::Ended;
        }
        if begins(line) {
            // The block before never ended.
            found.problems.push(Problem { path: self.path.clone(), reason: Reason::CutOff });
            return Step::EndedBefore;
        }
        match &mut self.after {
            None if divides(line) => self.after = Some(Vec::new()),
            None => self.before.push(line.to_owned()),
            Some(_) if divides(line) => self.unclear = true,
            Some(after) => after.push(line.to_owned()),
        }
        Step::More
    }

    /// `open_line` is what has come of the line that is being written.
    pub(super) fn unfinished(&self, open_line: &str) -> Option<Edit> {
        let mut after = self.after.clone().filter(|_| !self.unclear)?;
        if !open_line.is_empty() && !open_line.trim_start().starts_with(['>', '=']) {
            after.push(open_line.to_owned());
        }
        // The lines that are still to come are taken for those that stand there now.
        let rest = self.before.iter().skip(after.len());
        let after: Vec<_> = after.iter().chain(rest).cloned().collect();
        let replace = Replace::from_sides(&self.before, &after);
        Some(Edit { path: self.path.clone(), change: Change::Replace(replace) })
    }

    fn end(&mut self, found: &mut Answer) {
        let path = self.path.clone();
        let (Some(after), false) = (self.after.take(), self.unclear) else {
            return found.problems.push(Problem { path, reason: Reason::Malformed });
        };
        let change = if self.before.iter().all(|line| line.trim().is_empty()) {
            Change::Create { text: after.iter().flat_map(|line| [line, "\n"]).collect() }
        } else {
            Change::Replace(Replace::from_sides(&self.before, &after))
        };
        found.edits.push(Edit { path, change });
    }
}
