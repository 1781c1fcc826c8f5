//! Proposed changes: shown in their files, accepted and refused one by one, by file, by step, or all.

use super::playground::Playground;
use super::{EditStep, Message};
use crate::editor::Editor;
use crate::proposal::{Change, Hunk};
use crate::words::answers as words;
use crate::{language, syntax};
use flint_placement::{Splice, apply};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Which changes are decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    Current,
    All,
    File(String),
    /// The step of the plan with this number.
    Step(usize),
}

impl Playground {
    /// Shows what is proposed: in the editor what is of the open file, in the bar all of it.
    pub(super) fn show_proposal(&mut self) {
        let editing = self.editing.as_ref();
        let Some(proposal) = editing.and_then(|editing| editing.proposal.as_ref()) else { return };
        let Some(editor) = &self.editor else { return };
        let open = &self.project.open_file().path;
        let shown = proposal.shown(open);
        let in_editor = shown.hunks.len();
        let noted = || {
            let base = proposal.base(open)?;
            editor.note_text(shown.number, base).then(|| editor.show_proposal(&shown)).flatten()
        };
        let placed = editor.show_proposal(&shown).or_else(noted).map_or(0, |placed| placed.len());
        let without_place = in_editor - placed.min(in_editor);
        let (hunks, accepted) = (proposal.hunks().len() - without_place, proposal.accepted());
        let mut files = proposal.files();
        let only = |file: &crate::proposal::FileView| {
            file.path == *open && file.new_text.is_none() && !file.goes && file.moves_to.is_none()
        };
        if files.iter().all(only) {
            files.clear();
        }
        let steps = proposal.steps();
        self.screen.update(|screen| {
            screen.edit.hunks = hunks;
            screen.edit.without_place = without_place;
            screen.edit.accepted = accepted;
            screen.edit.files = files;
            screen.edit.steps = steps;
        });
    }

    /// After an edit: what was to be changed may have another place, or none.
    pub(super) fn proposal_may_have_moved(&mut self) {
        if self.editing.is_some() && !self.is_asking() {
            self.show_proposal();
        }
    }

    pub(super) fn decide(&mut self, which: &Which, accept: bool) {
        let Some(proposal) = self.editing.as_ref().and_then(|editing| editing.proposal.as_ref())
        else {
            return;
        };
        let current = proposal.current().map(|hunk| hunk.id);
        let wanted = |hunk: &&Hunk| match which {
            Which::Current => Some(hunk.id) == current,
            Which::All => true,
            Which::File(path) => hunk.path == *path,
            Which::Step(part) => hunk.part == *part,
        };
        let ids: Vec<_> = proposal.hunks().iter().filter(wanted).map(|hunk| hunk.id).collect();
        self.decide_hunks(&ids, accept);
    }

    pub(super) fn decide_hunks(&mut self, ids: &[u32], accept: bool) {
        let Some(proposal) = self.editing.as_ref().and_then(|editing| editing.proposal.as_ref())
        else {
            return;
        };
        let decided: Vec<_> =
            proposal.hunks().iter().filter(|hunk| ids.contains(&hunk.id)).cloned().collect();
        let Some(first) = decided.first() else { return };
        let lines = decided.iter().all(|hunk| matches!(hunk.change, Change::Lines(_)));
        let one_file = lines && decided.iter().all(|hunk| hunk.path == first.path);
        let made = match accept {
            false => ids.to_vec(),
            true if one_file => self.accept_in_file(&first.path, ids),
            true => match self.change_files(&decided) {
                Ok(()) => ids.to_vec(),
                Err(problem) => {
                    return self.screen.update(|screen| screen.edit.problems = vec![problem]);
                }
            },
        };
        let Some(proposal) = self.editing.as_mut().and_then(|editing| editing.proposal.as_mut())
        else {
            return;
        };
        proposal.decide(&made, accept);
        for hunk in decided.iter().filter(|_| accept) {
            if let Change::Move(to) = &hunk.change {
                proposal.renamed(&hunk.path, to);
            }
        }
        let left = proposal.hunks().len();
        self.announce(&words::decided(made.len(), accept, left));
        self.show_proposal();
        self.end_when_decided();
    }

    /// Changes of one file are one edit in the editor, where it is opened.
    fn accept_in_file(&mut self, path: &str, ids: &[u32]) -> Vec<u32> {
        self.open_path(path);
        self.editor.as_ref().map(|editor| editor.accept_hunks(ids)).unwrap_or_default()
    }

    pub(super) fn step_hunk(&mut self, forward: bool) {
        if let Some(proposal) = self.editing.as_mut().and_then(|editing| editing.proposal.as_mut())
        {
            proposal.go(forward);
            self.show_current();
        }
    }

    /// Goes to the changes of a file.
    pub(super) fn show_changes_of(&mut self, path: &str) {
        if let Some(proposal) = self.editing.as_mut().and_then(|editing| editing.proposal.as_mut())
        {
            proposal.go_to_file(path);
            self.show_current();
        }
    }

    /// The step that was asked for anew has come.
    pub(super) fn show_revised(&mut self) {
        let Some(editing) = &mut self.editing else { return };
        if let (Some(part), Some(proposal)) = (editing.revises.take(), &mut editing.proposal) {
            proposal.go_to_step(part);
            self.show_current();
        }
    }

    fn show_current(&mut self) {
        let proposal = self.editing.as_ref().and_then(|editing| editing.proposal.as_ref());
        let path = proposal.and_then(|proposal| Some(proposal.current()?.path.clone()));
        if let Some(path) = path {
            self.open_path(&path);
        }
        self.show_proposal();
    }

    /// Opens a file; one that is not there yet is nowhere to be opened.
    fn open_path(&mut self, path: &str) {
        if let Some(id) = self.project.file(path).map(|file| file.id) {
            self.open_file(id);
        }
    }

    /// Asks the languages' parsers whether what is proposed adds an error to a file.
    pub(super) fn check_syntax(&self) {
        let editing = self.editing.as_ref();
        let Some(proposal) = editing.and_then(|editing| editing.proposal.as_ref()) else { return };
        let Some(number) = editing.map(|editing| editing.number) else { return };
        let mut asked = Vec::new();
        for file in proposal.files() {
            let before = proposal.base(&file.path).unwrap_or_default().to_owned();
            let after = file
                .new_text
                .unwrap_or_else(|| apply(&before, &splices(proposal.hunks(), &file.path)));
            let language = language::of(&file.path);
            asked.push((file.path, syntax::added_error(&before, &after, language)));
        }
        let session = self.session;
        spawn_local(async move {
            let mut flags = Vec::new();
            for (path, line) in asked {
                if let Some(line) = line.await {
                    flags.push(words::syntax_error(&path, line));
                }
            }
            session.send(Message::SyntaxChecked(number, flags));
        });
    }

    pub(super) fn syntax_checked(&self, number: u32, flags: Vec<String>) {
        if self.editing.as_ref().is_some_and(|editing| editing.number == number) {
            self.screen.update(|screen| screen.edit.flags.extend(flags));
        }
    }

    /// With nothing left to decide the bar goes, unless it has something to say.
    pub(super) fn end_when_decided(&mut self) {
        let reviewing = self.session.now(|screen| screen.edit.step == EditStep::Reviewing);
        let proposal = self.editing.as_ref().and_then(|editing| editing.proposal.as_ref());
        let left = proposal.map_or(0, |proposal| proposal.hunks().len());
        if !reviewing || left > 0 {
            return;
        }
        let problems = self.session.now(|screen| screen.edit.problems.clone());
        self.editing = None;
        let step = if problems.is_empty() { EditStep::Closed } else { EditStep::Failed };
        self.screen.update(|screen| {
            screen.edit.step = step;
            if step == EditStep::Closed {
                screen.edit.wish.words.clear();
                screen.edit.wish.fixes = false;
            }
        });
        self.with_editor(Editor::focus);
    }
}

fn splices(hunks: &[Hunk], path: &str) -> Vec<Splice> {
    let mut splices: Vec<_> = hunks
        .iter()
        .filter(|hunk| hunk.path == path)
        .filter_map(|hunk| match &hunk.change {
            Change::Lines(splice) => Some(splice.clone()),
            Change::Create(_) | Change::Delete | Change::Move(_) => None,
        })
        .collect();
    splices.sort_by_key(|splice| (splice.from, splice.to));
    splices
}
