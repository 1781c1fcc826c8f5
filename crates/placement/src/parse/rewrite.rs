//! A region written anew, between fences:
//!
//! ````text
//! ```python
//! the lines of the region as they shall be
//! ```
//! ````

use super::{Step, apply_patch, search_replace};
use crate::edit::{Answer, Edit, Problem};
use crate::path::named;
use crate::refusal::Reason;
use crate::region::Region;

/// What is known of the region's answer so far.
#[derive(Debug)]
pub(super) struct Regional {
    region: Region,
    /// Lines outside fences.
    bare: Vec<String>,
    /// How many fences there were.
    fences: usize,
}

/// The lines between two fences.
#[derive(Debug)]
pub(super) struct Rewrite {
    /// Backticks of the fence.
    width: usize,
    pub(super) lines: Vec<String>,
}

impl Regional {
    pub(super) fn new(region: Region) -> Self {
        Self { region, bare: Vec::new(), fences: 0 }
    }

    /// A line outside fences; the lines that it opens.
    pub(super) fn opened(&mut self, line: &str) -> Option<Rewrite> {
        let rest = line.trim_start().trim_start_matches('`');
        let width = line.trim_start().len() - rest.len();
        // What is in a fence for a diff says by itself where it goes.
        if width < 3 || rest.contains('`') || ["diff", "patch"].contains(&rest.trim()) {
            self.bare.push(line.to_owned());
            return None;
        }
        Some(Rewrite { width, lines: Vec::new() })
    }

    pub(super) fn close(&mut self, rewrite: &Rewrite, found: &mut Answer) {
        self.fences += 1;
        let first = self.fences == 1 && found.edits.is_empty();
        // Of several nobody can tell which is the answer.
        let edit = if first { self.region.edit(&rewrite.lines) } else { Err(Reason::Malformed) };
        self.note(edit, found);
    }

    /// The answer has ended outside fences.
    pub(super) fn finish(&self, found: &mut Answer) {
        let blank = |line: &&String| line.trim().is_empty();
        let from = self.bare.iter().take_while(blank).count();
        let end = self.bare.len() - self.bare.iter().rev().take_while(blank).count();
        let nothing = found.edits.is_empty() && found.problems.is_empty();
        if self.fences == 1 && found.edits.len() > 1 {
            // Blocks beside it.
            self.note(Err(Reason::Malformed), found);
        } else if let Some(lines) = self.bare.get(from..end)
            && self.fences == 0
            && nothing
            && self.region.is_bare(lines)
        {
            self.note(self.region.edit(lines), found);
        }
    }

    pub(super) fn unfinished(&self, rewrite: &Rewrite, open_line: &str) -> Option<Edit> {
        let mut lines = rewrite.lines.clone();
        if !open_line.is_empty() && !open_line.trim_start().starts_with('`') {
            lines.push(open_line.to_owned());
        }
        if self.fences > 0 || lines.is_empty() { None } else { self.region.unfinished(&lines) }
    }

    pub(super) fn path(&self) -> String {
        self.region.path.clone()
    }

    fn note(&self, edit: Result<Edit, Reason>, found: &mut Answer) {
        match edit {
            Ok(edit) => found.edits.push(edit),
            Err(reason) => found.problems.push(Problem { path: Some(self.path()), reason }),
        }
    }
}

impl Rewrite {
    pub(super) fn line(&mut self, line: &str) -> Step {
        // A model that was asked for lines and answers with blocks or a patch is understood, too.
        let is_heading = |line: &String| line.trim().is_empty() || named(line).is_some();
        let marked = search_replace::begins(line) || apply_patch::begins(line);
        if marked && self.lines.iter().all(is_heading) {
            return Step::EndedBefore;
        }
        let marks = line.trim();
        if marks.len() >= self.width && marks.chars().all(|mark| mark == '`') {
            return Step::Ended;
        }
        self.lines.push(line.to_owned());
        Step::More
    }
}
