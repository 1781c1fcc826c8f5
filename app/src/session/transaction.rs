//! Changes of several files are made as one, or none of them, and taken back as one.

use super::playground::Playground;
use super::screen::Notice;
use crate::editor::Editor;
use crate::history::Reason;
use crate::proposal::{Change, Hunk, Proposal};
use crate::transaction::{Step, Transaction};
use crate::words::{answers as words, notices};
use leptos::prelude::*;

impl Playground {
    /// Makes changes of several files, or of whole files.
    ///
    /// # Errors
    /// A sentence about the first file that is not what it was when it was asked about; then nothing is
    /// changed.
    pub(super) fn change_files(&mut self, hunks: &[Hunk]) -> Result<(), String> {
        self.read_editor();
        let mut paths: Vec<&str> = Vec::new();
        for hunk in hunks {
            if !paths.contains(&&*hunk.path) {
                paths.push(&hunk.path);
            }
        }
        let mut steps = Vec::new();
        for path in &paths {
            steps.push(self.change_of(path, hunks, true)?);
        }
        self.snapshot(Reason::Change);
        for step in &mut steps {
            // Now in the editor, whose history keeps it.
            *step = self.change_of(&step.path, hunks, false)?;
        }
        let message = match &*steps {
            [Step { path, moved_to: Some(to), .. }] => words::renamed(path, to),
            [only] => words::changed(&only.path),
            several => words::several_changed(several.len()),
        };
        self.write_files(&steps);
        self.transaction = Some(Transaction::new(steps));
        self.screen.update(|screen| screen.notice = Some(Notice::Changed { message }));
        Ok(())
    }

    /// What becomes of a file; made in the editor unless `dry`.
    fn change_of(&self, path: &str, hunks: &[Hunk], dry: bool) -> Result<Step, String> {
        let other = || words::is_another_text(path);
        let proposal = self.editing.as_ref().and_then(|editing| editing.proposal.as_ref());
        let proposal = proposal.ok_or_else(other)?;
        let file = self.project.file(path);
        let before = file.map(|file| file.text.clone());
        let mut mine: Vec<_> = hunks.iter().filter(|hunk| hunk.path == path).collect();
        let mut moved_to = None;
        mine.retain(|hunk| match &hunk.change {
            Change::Move(to) => moved_to.replace(to.clone()).is_some(),
            _ => true,
        });
        if let Some(to) = moved_to.as_ref().filter(|_| dry) {
            self.project.may_be_named(to)?;
        }
        let after = match (&mine[..], &before) {
            ([Hunk { change: Change::Create(text), .. }], None) => Some(text.clone()),
            ([Hunk { change: Change::Create(text), .. }], Some(now)) if now.trim().is_empty() => {
                Some(text.clone())
            }
            ([Hunk { change: Change::Delete, .. }], Some(now))
                if proposal.base(path) == Some(now) =>
            {
                None
            }
            ([], Some(now)) => Some(now.clone()),
            (_, Some(_)) => {
                let ids: Vec<_> = mine.iter().map(|hunk| hunk.id).collect();
                Some(self.accepted(proposal, path, &ids, dry).ok_or_else(other)?)
            }
            _ => return Err(other()),
        };
        Ok(Step { path: path.to_owned(), before, after, moved_to })
    }

    /// A file's text with these changes, in the editor too unless `dry`; None when one has no place.
    fn accepted(&self, proposal: &Proposal, path: &str, ids: &[u32], dry: bool) -> Option<String> {
        let editor = self.editor.as_ref()?;
        let (open, file) = (self.project.open_file(), self.project.file(path)?);
        let shown = proposal.shown(path);
        if file.id != open.id {
            return editor.accept_in(file.id.0, proposal.base(path)?, &shown, ids, dry);
        }
        let placed = editor.show_proposal(&shown)?;
        if !ids.iter().all(|id| placed.contains(id)) {
            return None;
        }
        if !dry {
            editor.accept_hunks(ids);
        }
        Some(editor.text())
    }

    /// Brings project and editor to what the steps lead to.
    fn write_files(&mut self, steps: &[Step]) {
        let open = self.project.open_file().id;
        for (step, to) in steps.iter().filter_map(|step| Some((step, step.moved_to.as_ref()?))) {
            if let Some(id) = self.project.file(&step.path).map(|file| file.id) {
                self.rename_file(id, to);
            }
        }
        for Step { path, after, moved_to, .. } in steps {
            let path = moved_to.as_ref().unwrap_or(path);
            if let Some(text) = after {
                let id = self.project.write(path, text);
                self.with_editor(|editor| editor.write(id.0, text));
            } else if let Some(id) = self.project.file(path).map(|file| file.id) {
                self.project.delete(id);
                self.with_editor(|editor| editor.forget(id.0));
            }
        }
        if self.project.open_file().id == open {
            self.show_tabs();
        } else {
            self.show_open_file();
        }
        self.keep_draft_soon();
    }

    /// Takes back the last changes of several files, all of them or none.
    pub(super) fn undo_change(&mut self) {
        self.read_editor();
        let Some(turned) = self.turned() else { return };
        match turned {
            Ok(steps) => {
                self.turn(&steps);
                self.say_done(notices::UNDONE);
            }
            Err(others) => self.warn(&words::not_undone(&others)),
        }
        self.with_editor(Editor::focus);
    }

    /// The editor has undone or redone one file's part: the others follow.
    pub(super) fn follow_undo(&mut self) {
        let Some(transaction) = &self.transaction else { return };
        let Some(document) = self.assist.document() else { return };
        let open = self.project.open_file().path.clone();
        if !transaction.leads(&open, document.text()) {
            return;
        }
        self.read_editor();
        if let Some(Ok(steps)) = self.turned()
            && !steps.is_empty()
        {
            self.turn(&steps);
            self.say_done(&words::undone_along(steps.len()));
        }
    }

    /// What there is to write; the files that are something else by now.
    fn turned(&self) -> Option<Result<Vec<Step>, Vec<String>>> {
        let now = |path: &str| self.project.file(path).map(|file| file.text.clone());
        Some(self.transaction.as_ref()?.turn(now))
    }

    fn turn(&mut self, steps: &[Step]) {
        self.write_files(steps);
        if let Some(transaction) = &mut self.transaction {
            transaction.turned();
        }
    }
}
