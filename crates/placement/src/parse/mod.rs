//! The formats that models write edits in, read line by line while the answer streams. Which format
//! it is, its own marks say; text around them is read for the names of files and left alone.

mod apply_patch;
mod rewrite;
mod search_replace;
mod unified;

use crate::edit::{Answer, Edit, Problem};
use crate::lines::without_end;
use crate::path;
use crate::refusal::Reason;
use crate::region::Region;
use apply_patch::Patch;
use rewrite::{Regional, Rewrite};
use search_replace::Block;
use unified::Diff;

/// Bytes of an answer that are read; what is longer is no edit of a playground's files.
pub const MOST_BYTES: usize = 8 << 20;

/// Reads an answer as it comes.
#[derive(Debug, Default)]
pub struct Parser {
    /// The line that has no end yet.
    open_line: String,
    bytes: usize,
    mode: Mode,
    around: Around,
    /// The lines that were asked for, where it was lines.
    region: Option<Regional>,
    found: Answer,
}

#[derive(Debug, Default)]
enum Mode {
    #[default]
    Text,
    Block(Block),
    Patch(Patch),
    Diff(Diff),
    Rewrite(Rewrite),
}

/// What the text around the edits says about them.
#[derive(Debug, Default)]
struct Around {
    /// The path that the last line with any text names.
    named: Option<String>,
    /// The path of the edit before.
    last: Option<String>,
    /// Whether a code fence is open.
    fenced: bool,
}

impl Around {
    fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(info) = line.strip_prefix("```") {
            let opens = !self.fenced || !info.is_empty();
            self.fenced = opens;
            let word = info.split_whitespace().next_back().unwrap_or_default();
            if let Some(path) = path::named(word).filter(|_| opens) {
                self.named = Some(path);
            }
        } else if !line.is_empty() {
            self.named = path::named(line);
        }
    }

    /// The file that an edit which names none itself is for.
    fn path(&mut self) -> Option<String> {
        if let Some(named) = self.named.take() {
            self.last = Some(named);
        }
        self.last.clone()
    }
}

/// What a line meant to the format that reads it.
enum Step {
    More,
    /// The format ends with this line.
    Ended,
    /// The format ended before this line, which is text again.
    EndedBefore,
}

impl Parser {
    /// For an answer that is to be these lines anew; blocks and patches are read all the same.
    #[must_use]
    pub fn of_region(region: Region) -> Self {
        Self { region: Some(Regional::new(region)), ..Self::default() }
    }

    /// Takes a piece of the answer, cut anywhere.
    pub fn push(&mut self, piece: &str) {
        self.bytes = self.bytes.saturating_add(piece.len());
        if self.bytes > MOST_BYTES {
            return;
        }
        for part in piece.split_inclusive('\n') {
            self.open_line.push_str(part);
            if part.ends_with('\n') {
                let line = std::mem::take(&mut self.open_line);
                self.line(without_end(&line));
            }
        }
    }

    /// The edits that are whole so far.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.found.edits
    }

    /// The edit that is being written, once it is certain which lines it changes.
    #[must_use]
    pub fn unfinished(&self) -> Option<Edit> {
        match &self.mode {
            Mode::Block(block) => block.unfinished(&self.open_line),
            Mode::Rewrite(lines) => self.region.as_ref()?.unfinished(lines, &self.open_line),
            _ => None,
        }
    }

    /// Ends the answer.
    #[must_use]
    pub fn finish(mut self) -> Answer {
        if self.bytes > MOST_BYTES {
            self.problem(None, Reason::TooLong);
            return self.found;
        }
        let line = std::mem::take(&mut self.open_line);
        let mid_line = !line.is_empty();
        if mid_line {
            self.line(without_end(&line));
        }
        let fenced = self.around.fenced;
        match std::mem::take(&mut self.mode) {
            Mode::Text => {}
            Mode::Block(block) => self.problem(block.path().cloned(), Reason::CutOff),
            Mode::Patch(mut patch) => {
                self.found.edits.append(&mut patch.edits());
                self.problem(patch.path(), Reason::CutOff);
            }
            Mode::Diff(diff) => diff.finish(&mut self.found, mid_line, fenced),
            Mode::Rewrite(_) => {
                self.problem(self.region.as_ref().map(Regional::path), Reason::CutOff);
            }
        }
        if let Some(region) = &self.region {
            region.finish(&mut self.found);
        }
        self.found
    }

    fn line(&mut self, line: &str) {
        let step = match &mut self.mode {
            Mode::Text => return self.text(line),
            Mode::Block(block) => block.line(line, &mut self.found),
            Mode::Patch(patch) => patch.line(line, &mut self.found),
            Mode::Diff(diff) => diff.line(line, self.around.fenced, &mut self.found),
            Mode::Rewrite(lines) => lines.line(line),
        };
        if matches!(step, Step::More) {
            return;
        }
        let mode = std::mem::take(&mut self.mode);
        if let (Mode::Rewrite(lines), Some(region)) = (mode, &mut self.region) {
            if matches!(step, Step::Ended) {
                region.close(&lines, &mut self.found);
            } else {
                self.around.fenced = true;
                lines.lines.iter().for_each(|line| self.around.read(line));
            }
        }
        if matches!(step, Step::EndedBefore) {
            self.text(line);
        }
    }

    fn text(&mut self, line: &str) {
        if search_replace::begins(line) {
            self.mode = Mode::Block(Block::new(self.around.path()));
        } else if apply_patch::begins(line) {
            let mut patch = Patch::default();
            // The first line may already name a file; it never ends a patch.
            let _ = patch.line(line, &mut self.found);
            self.mode = Mode::Patch(patch);
        } else if unified::begins(line) {
            let mut diff = Diff::new(self.around.path());
            let _ = diff.line(line, self.around.fenced, &mut self.found);
            self.mode = Mode::Diff(diff);
        } else if let (false, Some(lines)) = (self.around.fenced, self.opened(line)) {
            self.mode = Mode::Rewrite(lines);
        } else {
            self.around.read(line);
        }
    }

    fn opened(&mut self, line: &str) -> Option<Rewrite> {
        self.region.as_mut()?.opened(line)
    }

    fn problem(&mut self, path: Option<String>, reason: Reason) {
        self.found.problems.push(Problem { path, reason });
    }
}

/// Reads a whole answer.
#[must_use]
pub fn parse(text: &str) -> Answer {
    read(Parser::default(), text)
}

/// Reads a whole answer that is to be a region's lines anew.
#[must_use]
pub fn parse_region(text: &str, region: Region) -> Answer {
    read(Parser::of_region(region), text)
}

fn read(mut parser: Parser, text: &str) -> Answer {
    parser.push(text);
    parser.finish()
}

#[cfg(test)]
mod tests;
