//! The `apply_patch` format:
//!
//! ```text
//! *** Begin Patch
//! *** Add File: PATH            then lines with +
//! *** Delete File: PATH
//! *** Update File: PATH
//! *** Move to: PATH
//! @@ a line above, several for blocks in blocks
//!  kept
//! -removed
//! +added
//! *** End of File
//! *** End Patch
//! ```

use super::Step;
use crate::edit::{Answer, Change, Edit, Problem, Replace};
use crate::refusal::Reason;

#[derive(Debug, Default)]
pub(super) struct Patch {
    edits: Vec<Edit>,
    file: Option<File>,
}

#[derive(Debug)]
struct File {
    path: String,
    section: Section,
}

#[derive(Debug)]
enum Section {
    Add(String),
    Update(Replace),
    /// Nothing more belongs to this file.
    Done,
}

pub(super) fn begins(line: &str) -> bool {
    let line = line.trim_end();
    line == "*** Begin Patch"
        || ["*** Add File: ", "*** Delete File: ", "*** Update File: "]
            .iter()
            .any(|mark| line.starts_with(mark))
}

impl Patch {
    pub(super) fn path(&self) -> Option<String> {
        self.file.as_ref().map(|file| file.path.clone())
    }

    /// The edits that were whole when the answer ended.
    pub(super) fn edits(&mut self) -> Vec<Edit> {
        std::mem::take(&mut self.edits)
    }

    pub(super) fn line(&mut self, line: &str, found: &mut Answer) -> Step {
        if let Some(mark) = line.strip_prefix("*** ") {
            return self.mark(mark.trim_end(), found);
        }
        let Some(File { path, section }) = &mut self.file else {
            return Step::More; // a comment between the files
        };
        match section {
            Section::Done if line.trim().is_empty() => {}
            Section::Done => {
                found
                    .problems
                    .push(Problem { path: Some(path.clone()), reason: Reason::Malformed });
            }
            Section::Add(text) => {
                text.push_str(line.strip_prefix('+').unwrap_or(line));
                text.push('\n');
            }
            Section::Update(_) if line.starts_with("@@") => self.next_hunk(line),
            Section::Update(replace) => replace.push_marked(line),
        }
        Step::More
    }

    fn mark(&mut self, mark: &str, found: &mut Answer) -> Step {
        if mark == "End Patch" {
            self.end_file();
            found.edits.append(&mut self.edits);
            return Step::Ended;
        }
        if mark == "End of File" {
            if let Some(File { section: Section::Update(replace), .. }) = &mut self.file {
                replace.at_end = true;
            }
            return Step::More;
        }
        let Some((what, path)) = mark.split_once(": ") else {
            return Step::More; // "Begin Patch"
        };
        let path = path.trim().to_owned();
        let section = match what {
            "Add File" => Section::Add(String::new()),
            "Update File" => Section::Update(Replace::default()),
            "Delete File" => Section::Done,
            "Move to" => {
                if let Some(file) = &self.file {
                    let change = Change::Move { to: path };
                    self.edits.push(Edit { path: Some(file.path.clone()), change });
                }
                return Step::More;
            }
            _ => return Step::More,
        };
        self.end_file();
        if what == "Delete File" {
            let change = Change::Delete { before: None };
            self.edits.push(Edit { path: Some(path.clone()), change });
        }
        self.file = Some(File { path, section });
        Step::More
    }

    /// `@@` ends the hunk before; one `@@` after the other names a block in a block.
    fn next_hunk(&mut self, line: &str) {
        let Some(File { path, section: Section::Update(replace) }) = &mut self.file else {
            return;
        };
        let mut anchors = Vec::new();
        if replace.lines.is_empty() {
            anchors = std::mem::take(&mut replace.anchors);
        }
        let anchor = line.trim_start_matches('@').trim_end();
        let anchor = anchor.strip_suffix("@@").unwrap_or(anchor);
        anchors.extend((!anchor.trim().is_empty()).then(|| anchor.trim().to_owned()));
        let done = std::mem::replace(replace, Replace { anchors, ..Replace::default() });
        if !done.lines.is_empty() {
            let change = Change::Replace(done);
            self.edits.push(Edit { path: Some(path.clone()), change });
        }
    }

    fn end_file(&mut self) {
        let Some(File { path, section }) = self.file.take() else {
            return;
        };
        let change = match section {
            Section::Add(text) => Change::Create { text },
            Section::Update(replace) if !replace.lines.is_empty() => Change::Replace(replace),
            Section::Update(_) | Section::Done => return,
        };
        self.edits.push(Edit { path: Some(path), change });
    }
}
