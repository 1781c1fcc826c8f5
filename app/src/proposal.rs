//! A model's answer as changes of files: what is proposed so far, what the user has decided, and what
//! has no place.

mod hunk;
mod part;
mod steps;
#[cfg(test)]
mod tests;

pub(crate) use hunk::{Change, Hunk, Shown};

use flint_placement::{Answer, Edit, File, FileChange, Parser, Plan, Region, plan};
use part::Part;
use std::collections::HashMap;
use steps::{Piece, Steps};

/// Ids are `slot of the part, edit of the answer, splice of the edit`.
const PER_PART: u32 = 1_000_000;
const PER_EDIT: u32 = 1_000;

/// A file as it was when it was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Base {
    pub(crate) path: String,
    pub(crate) text: String,
}

#[derive(Debug)]
pub(crate) struct Proposal {
    /// Of the last request; the editor notes texts under it.
    number: u32,
    bases: Vec<Base>,
    parts: Vec<Part>,
    /// Cuts a plan that is being written.
    steps: Option<Steps>,
    /// The part that is written.
    writing: usize,
    slots: u32,
    /// What the user has said to each hunk.
    decided: HashMap<u32, bool>,
    hunks: Vec<Hunk>,
    /// Sentences about what is not proposed, and why.
    refused: Vec<String>,
    current: Option<u32>,
    /// The file that was open when it was asked.
    home: String,
    /// The user has gone to a hunk or decided one.
    touched: bool,
}

/// A step of a plan, as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StepView {
    pub(crate) part: usize,
    pub(crate) title: String,
    pub(crate) left: usize,
    pub(crate) accepted: usize,
    pub(crate) rejected: usize,
    pub(crate) is_writing: bool,
}

/// A file that has changes left, as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileView {
    pub(crate) path: String,
    pub(crate) left: usize,
    /// The text of a file that is not there yet.
    pub(crate) new_text: Option<String>,
    pub(crate) goes: bool,
    /// The name that it shall have.
    pub(crate) moves_to: Option<String>,
    pub(crate) is_current: bool,
}

impl Proposal {
    /// An answer about these files, of which `home` is open; `in_steps` when it is a plan.
    pub(crate) fn new(number: u32, bases: Vec<Base>, home: &str, in_steps: bool) -> Self {
        Self {
            number,
            bases,
            parts: vec![Part::new(String::new(), 0)],
            steps: in_steps.then(Steps::default),
            writing: 0,
            slots: 1,
            decided: HashMap::new(),
            hunks: Vec::new(),
            refused: Vec::new(),
            current: None,
            home: home.to_owned(),
            touched: false,
        }
    }

    pub(crate) fn hunks(&self) -> &[Hunk] {
        &self.hunks
    }

    pub(crate) fn current(&self) -> Option<&Hunk> {
        self.hunks.iter().find(|hunk| Some(hunk.id) == self.current)
    }

    pub(crate) fn refused(&self) -> &[String] {
        &self.refused
    }

    pub(crate) fn base(&self, path: &str) -> Option<&str> {
        self.bases.iter().find(|base| base.path == path).map(|base| base.text.as_str())
    }

    pub(crate) fn accepted(&self) -> usize {
        self.decided.values().filter(|accepted| **accepted).count()
    }

    /// What the editor shows while this file is open in it.
    pub(crate) fn shown(&self, path: &str) -> Shown<'_> {
        let hunks = self.hunks.iter().filter(|hunk| hunk.path == path);
        let hunks = hunks.filter_map(Hunk::shown).collect();
        Shown { number: self.number, hunks, current: self.current }
    }

    /// More of the answer has come.
    pub(crate) fn push(&mut self, text: &str) {
        let pieces = match &mut self.steps {
            None => return self.parts[self.writing].push(text),
            Some(steps) => steps.push(text),
        };
        pieces.into_iter().for_each(|piece| self.take(piece));
    }

    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Text(text) => self.parts[self.writing].push(&text),
            Piece::Step(title) => {
                self.parts[self.writing].finish();
                self.parts.push(Part::new(title, self.slots));
                self.slots += 1;
                self.writing = self.parts.len() - 1;
            }
        }
    }

    /// The answer will be these lines anew.
    #[must_use]
    pub(crate) fn of_region(mut self, region: Region) -> Self {
        self.parts = vec![Part::read_by(Parser::of_region(region), String::new(), 0)];
        self
    }

    /// No more will come.
    pub(crate) fn finish(&mut self) {
        let held = self.steps.take().and_then(Steps::finish);
        held.into_iter().for_each(|piece| self.take(piece));
        self.parts[self.writing].finish();
        self.place();
    }

    /// One step is written anew, for the files as they are now. What is decided stays decided; the
    /// other steps' changes are looked for in these texts.
    pub(crate) fn revise(&mut self, number: u32, part: usize, bases: Vec<Base>) {
        for id in self.decided.keys() {
            let (slot, edit) = (id / PER_PART, id % PER_PART / PER_EDIT);
            if let Some(part) = self.parts.iter_mut().find(|part| part.slot == slot) {
                part.settled.insert(edit as usize);
            }
        }
        self.number = number;
        self.bases = bases;
        self.writing = part.min(self.parts.len() - 1);
        self.parts[self.writing].revise(self.slots);
        self.slots += 1;
        self.place();
    }

    /// The words of a step so far, with its title.
    pub(crate) fn step(&self, part: usize) -> Option<(&str, &str)> {
        self.parts.get(part).map(|part| (part.title.as_str(), part.text.trim()))
    }

    /// Finds the places of what has come so far.
    pub(crate) fn place(&mut self) {
        let mut edits: Vec<(usize, usize, Edit)> = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            edits.extend(part.edits().into_iter().map(|(number, edit)| (at, number, edit)));
        }
        let whole = edits.len();
        let unfinished = self.parts[self.writing].unfinished();
        edits.extend(unfinished.map(|(number, edit)| (self.writing, number, edit)));
        let mut plan = self.plan(&edits);
        // The edit that is being written is shown where it has a place already.
        if plan.refused.iter().any(|refusal| refusal.edit == Some(whole)) {
            edits.truncate(whole);
            plan = self.plan(&edits);
        }
        self.hunks = plan.changes.iter().flat_map(|change| self.of_file(change, &edits)).collect();
        self.hunks.retain(|hunk| !self.decided.contains_key(&hunk.id));
        // In the project's order, new files last.
        let place = |hunk: &Hunk| self.bases.iter().position(|base| base.path == hunk.path);
        self.hunks.sort_by_key(|hunk| place(hunk).unwrap_or(usize::MAX));
        if !self.is_writing() {
            self.refused = self.said(&plan);
        }
        self.keep_current(0);
    }

    fn is_writing(&self) -> bool {
        self.parts[self.writing].is_writing()
    }

    fn plan(&self, edits: &[(usize, usize, Edit)]) -> Plan {
        let files: Vec<_> =
            self.bases.iter().map(|Base { path, text }| File { path, text }).collect();
        let problems = self.parts.iter().flat_map(|part| part.problems().to_vec()).collect();
        let edits = edits.iter().map(|(.., edit)| edit.clone()).collect();
        plan(&Answer { edits, problems }, &files)
    }

    /// A file's changes, each with an id that stays.
    fn of_file(&self, change: &FileChange, edits: &[(usize, usize, Edit)]) -> Vec<Hunk> {
        let hunk = |edit: usize, nth: u32, what| {
            let (part, number, _) = edits.get(edit)?;
            let number = u32::try_from(*number).unwrap_or(u32::MAX).min(PER_EDIT - 1);
            let id = self.parts[*part].slot * PER_PART + number * PER_EDIT + nth.min(PER_EDIT - 1);
            Some(Hunk { id, path: change.path.clone(), part: *part, change: what })
        };
        let first = change.edits.first().copied().unwrap_or_default();
        match (&change.before, &change.after) {
            (None, Some(text)) => {
                hunk(first, 0, Change::Create(text.clone())).into_iter().collect()
            }
            (_, None) => hunk(first, 0, Change::Delete).into_iter().collect(),
            _ => {
                let mut nth: HashMap<usize, u32> = HashMap::new();
                let splices = change.hunks.iter().filter_map(|of| {
                    let count = nth.entry(of.edit).or_default();
                    *count += 1;
                    hunk(of.edit, *count - 1, Change::Lines(of.splice.clone()))
                });
                let moves = |at: &&usize| {
                    let edit = edits.get(**at).map(|(.., edit)| &edit.change);
                    matches!(edit, Some(flint_placement::Change::Move { .. }))
                };
                let moved = change.edits.iter().find(moves).zip(change.moved_to.clone());
                let moved = moved.and_then(|(edit, to)| hunk(*edit, 0, Change::Move(to)));
                splices.chain(moved).collect()
            }
        }
    }

    fn said(&self, plan: &Plan) -> Vec<String> {
        let several = self.bases.len() > 1;
        let refused = plan.refused.iter().map(|refusal| match &refusal.path {
            Some(path) if several => format!("{path}: {}", refusal.reason),
            _ => refusal.reason.to_string(),
        });
        let mut said: Vec<_> = refused.collect();
        said.dedup();
        said
    }

    /// Takes out hunks that have been decided. `accepted` are made, the others are not wanted.
    pub(crate) fn decide(&mut self, ids: &[u32], accepted: bool) {
        self.touched = true;
        let at = self.hunks.iter().position(|hunk| ids.contains(&hunk.id)).unwrap_or(0);
        self.decided.extend(ids.iter().map(|id| (*id, accepted)));
        self.hunks.retain(|hunk| !ids.contains(&hunk.id));
        self.keep_current(at);
    }

    /// A file has got the name that was proposed for it.
    pub(crate) fn renamed(&mut self, from: &str, to: &str) {
        let bases = self.bases.iter_mut().map(|base| &mut base.path);
        let hunks = self.hunks.iter_mut().map(|hunk| &mut hunk.path);
        let home = std::iter::once(&mut self.home);
        for path in bases.chain(hunks).chain(home).filter(|path| *path == from) {
            to.clone_into(path);
        }
        self.parts.iter_mut().for_each(|part| part.rename(from, to));
    }

    /// Goes to the next hunk, or the one before, around the end, through all files.
    pub(crate) fn go(&mut self, forward: bool) {
        self.touched = true;
        let count = self.hunks.len();
        let at = self.hunks.iter().position(|hunk| Some(hunk.id) == self.current);
        if let Some(at) = at {
            let next = if forward { at + 1 } else { at + count - 1 };
            self.current = self.hunks.get(next % count).map(|hunk| hunk.id);
        }
    }

    /// Goes to the first hunk of a file.
    pub(crate) fn go_to_file(&mut self, path: &str) {
        self.touched = true;
        let first = self.hunks.iter().find(|hunk| hunk.path == path);
        self.current = first.map(|hunk| hunk.id).or(self.current);
    }

    /// Goes to the first hunk of a step.
    pub(crate) fn go_to_step(&mut self, part: usize) {
        let first = self.hunks.iter().find(|hunk| hunk.part == part);
        self.current = first.map(|hunk| hunk.id).or(self.current);
    }

    /// The current hunk stays while it is there; then it is the one at `or`. Until the user goes
    /// elsewhere it is one of the open file, when that has any.
    fn keep_current(&mut self, or: usize) {
        if !self.touched && self.current().is_some_and(|hunk| hunk.path != self.home) {
            let here = self.hunks.iter().find(|hunk| hunk.path == self.home);
            self.current = here.map(|hunk| hunk.id).or(self.current);
        }
        if self.current().is_none() {
            let last = self.hunks.len().saturating_sub(1);
            self.current = self.hunks.get(or.min(last)).map(|hunk| hunk.id);
        }
    }

    /// The files that have changes left, in order.
    pub(crate) fn files(&self) -> Vec<FileView> {
        let current = self.current().map(|hunk| hunk.path.as_str());
        let mut files: Vec<FileView> = Vec::new();
        for hunk in &self.hunks {
            let at = files.iter().position(|file| file.path == hunk.path).unwrap_or(files.len());
            if at == files.len() {
                let path = hunk.path.clone();
                let is_current = current == Some(&*path);
                files.push(FileView { path, is_current, ..FileView::default() });
            }
            files[at].left += 1;
            match &hunk.change {
                Change::Create(text) => files[at].new_text = Some(text.clone()),
                Change::Delete => files[at].goes = true,
                Change::Move(to) => files[at].moves_to = Some(to.clone()),
                Change::Lines(_) => {}
            }
        }
        files
    }

    /// The steps of the plan; none where there is none.
    pub(crate) fn steps(&self) -> Vec<StepView> {
        let view = |(at, part): (usize, &Part)| {
            let decided = |wanted: bool| {
                let of_part = |id: &u32| {
                    let slot = id / PER_PART;
                    slot == part.slot || part.old_slots.contains(&slot)
                };
                self.decided.iter().filter(|(id, way)| **way == wanted && of_part(id)).count()
            };
            StepView {
                part: at,
                title: part.title.clone(),
                left: self.hunks.iter().filter(|hunk| hunk.part == at).count(),
                accepted: decided(true),
                rejected: decided(false),
                is_writing: at == self.writing && part.is_writing(),
            }
        };
        self.parts.iter().enumerate().map(view).filter(|step| !step.title.is_empty()).collect()
    }
}
