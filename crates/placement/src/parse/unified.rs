//! Unified diffs, from `diff -u`, from git, and as models write them: with wrong numbers, with none,
//! with kept lines that lost their space.

use super::Step;
use crate::edit::{Answer, Change, Edit, Mark, Problem, Replace};
use crate::path::of_header;
use crate::refusal::Reason;

#[derive(Debug)]
pub(super) struct Diff {
    /// The name before and after; None is `/dev/null`.
    old: Option<String>,
    new: Option<String>,
    /// Moves only where git says so.
    renamed_to: Option<String>,
    /// Whether `---` or `+++` named this file's sides.
    headed: bool,
    hunk: Option<Hunk>,
    /// A `--- ` line inside a hunk: a removed line, or the next file when `+++ ` follows.
    waiting: Option<String>,
    removed_hunks: Vec<Replace>,
}

#[derive(Debug, Default)]
struct Hunk {
    replace: Replace,
    /// Lines of each side that the header promises and that have not come.
    missing: Option<(usize, usize)>,
}

pub(super) fn begins(line: &str) -> bool {
    (line.starts_with("--- ") && line.len() > 4 && names_file(&line[4..]))
        || line.starts_with("diff --git ")
        || line.starts_with("@@ ")
        || line.trim_end() == "@@"
}

/// A rule of dashes in a text names no file.
fn names_file(rest: &str) -> bool {
    let name = rest.split('\t').next().unwrap_or_default().trim();
    !name.is_empty() && (name.contains(['.', '/']) && !name.contains(' '))
}

impl Diff {
    pub(super) fn new(path: Option<String>) -> Self {
        Self {
            old: path.clone(),
            new: path,
            renamed_to: None,
            headed: false,
            hunk: None,
            waiting: None,
            removed_hunks: Vec::new(),
        }
    }

    pub(super) fn line(&mut self, line: &str, fenced: bool, found: &mut Answer) -> Step {
        if let Some(waiting) = self.waiting.take() {
            if line.starts_with("+++ ") {
                self.end_file(found);
                self.header(&waiting);
            } else {
                self.body(&waiting);
            }
        }
        if fenced && line.trim() == "```" {
            self.end_file(found);
            return Step::EndedBefore;
        }
        if line.starts_with("@@") {
            self.end_hunk(found);
            self.hunk = Some(hunk(line));
            return Step::More;
        }
        if line.starts_with("diff --git ") {
            self.end_file(found);
            *self = Self::new(None);
            return Step::More;
        }
        let Some(hunk) = &self.hunk else {
            return if self.header(line) { Step::More } else { Step::EndedBefore };
        };
        let body = line.starts_with([' ', '+', '-', '\\']);
        if hunk.missing == Some((0, 0)) && (!body || names_next(line)) {
            self.end_hunk(found);
            return self.after_hunk(line, found);
        }
        if line.starts_with("--- ") && names_file(&line[4..]) {
            self.waiting = Some(line.to_owned());
        } else {
            self.body(line);
        }
        Step::More
    }

    /// All lines that the header promised have come.
    fn after_hunk(&mut self, line: &str, found: &mut Answer) -> Step {
        if line.trim().is_empty() {
            return Step::More;
        }
        self.end_file(found);
        *self = Self::new(self.new.take());
        if self.header(line) { Step::More } else { Step::EndedBefore }
    }

    /// The end of the answer; `mid_line` when it ends without a line end.
    pub(super) fn finish(mut self, found: &mut Answer, mid_line: bool, fenced: bool) {
        if let Some(waiting) = self.waiting.take() {
            self.body(&waiting);
        }
        let short = |hunk: &Hunk| match hunk.missing {
            Some(missing) => missing != (0, 0),
            None => {
                mid_line && hunk.replace.lines.last().is_some_and(|line| line.mark != Mark::Keep)
            }
        };
        let cut = fenced || self.hunk.as_ref().is_some_and(short);
        let path = self.path();
        self.end_file(found);
        if cut {
            found.problems.push(Problem { path, reason: Reason::CutOff });
        }
    }

    fn path(&self) -> Option<String> {
        self.old.clone().or_else(|| self.new.clone())
    }

    /// Reads a line outside hunks; whether it belongs to a diff.
    fn header(&mut self, line: &str) -> bool {
        const IGNORED: [&str; 8] = [
            "index ",
            "new file mode",
            "deleted file mode",
            "old mode",
            "new mode",
            "similarity ",
            "dissimilarity ",
            "rename from ",
        ];
        if let Some(rest) = line.strip_prefix("--- ") {
            self.old = of_header(rest);
            self.headed = true;
        } else if let Some(rest) = line.strip_prefix("+++ ") {
            self.new = of_header(rest);
            if !self.headed {
                self.old.clone_from(&self.new);
            }
            self.headed = true;
        } else if let Some(to) = line.strip_prefix("rename to ") {
            self.renamed_to = Some(to.trim().to_owned());
        } else {
            return line.trim().is_empty() || IGNORED.iter().any(|start| line.starts_with(start));
        }
        true
    }

    fn body(&mut self, line: &str) {
        let Some(Hunk { replace, missing }) = &mut self.hunk else {
            return;
        };
        if line.starts_with("\\ ") {
            return; // "\ No newline at end of file": the file keeps the end that it has
        }
        replace.push_marked(line);
        if let Some((old, new)) = missing {
            if !line.starts_with('+') {
                *old = old.saturating_sub(1);
            }
            if !line.starts_with('-') {
                *new = new.saturating_sub(1);
            }
        }
    }

    fn end_hunk(&mut self, found: &mut Answer) {
        let Some(Hunk { replace, .. }) = self.hunk.take() else {
            return;
        };
        if replace.lines.is_empty() {
            return;
        }
        if self.new.is_none() && self.old.is_some() {
            self.removed_hunks.push(replace);
            return;
        }
        let change = if self.old.is_none() && self.new.is_some() {
            let after = replace.after();
            Change::Create { text: after.into_iter().flat_map(|line| [line, "\n"]).collect() }
        } else {
            Change::Replace(replace)
        };
        let path = if self.old.is_none() { self.new.clone() } else { self.old.clone() };
        found.edits.push(Edit { path, change });
    }

    fn end_file(&mut self, found: &mut Answer) {
        self.end_hunk(found);
        let removed = std::mem::take(&mut self.removed_hunks);
        if self.headed && self.new.is_none() && self.old.is_some() {
            let lines = removed.iter().flat_map(Replace::before);
            let before = Some(lines.map(str::to_owned).collect());
            found.edits.push(Edit { path: self.old.clone(), change: Change::Delete { before } });
        }
        if let (Some(to), Some(_)) = (self.renamed_to.take(), &self.old) {
            found.edits.push(Edit { path: self.old.clone(), change: Change::Move { to } });
        }
    }
}

fn names_next(line: &str) -> bool {
    line.strip_prefix("--- ").is_some_and(names_file) || line == "-- "
}

/// `@@ -12,5 +12,6 @@ heading`, `@@ ... @@`, `@@ heading` or `@@`.
fn hunk(line: &str) -> Hunk {
    let rest = line.trim_start_matches('@');
    let (numbers, heading) = rest.split_once("@@").unwrap_or(("", rest));
    let mut sides = numbers.split_whitespace().filter_map(side);
    let sides = sides.next().zip(sides.next());
    let heading = heading.trim();
    let heading = (heading.chars().any(char::is_alphanumeric)).then(|| heading.to_owned());
    let stated_line = sides.map(|((line, _), _)| line).filter(|line| *line > 0);
    Hunk {
        replace: Replace { heading, stated_line, ..Replace::default() },
        missing: sides.map(|((_, old), (_, new))| (old, new)),
    }
}

/// `-12,5` as (12, 5); `+12` as (12, 1).
fn side(word: &str) -> Option<(usize, usize)> {
    let numbers = word.strip_prefix(['-', '+'])?;
    let (line, count) = numbers.split_once(',').unwrap_or((numbers, "1"));
    Some((line.parse().ok()?, count.parse().ok()?))
}
