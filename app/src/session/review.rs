//! Proposed changes: shown in their file, accepted and refused one by one or all.

use super::EditStep;
use super::playground::Playground;
use crate::editor::Editor;
use leptos::prelude::*;

impl Playground {
    /// Shows what is proposed, where its file is open.
    pub(super) fn show_proposal(&mut self) {
        let open = self.project.open_file().id;
        let Some(editing) = self.editing.as_ref().filter(|editing| editing.file == open) else {
            return;
        };
        let (Some(proposal), Some(editor)) = (&editing.proposal, &self.editor) else {
            return;
        };
        let hunks = editor.show_proposal(&proposal.shown()).len();
        let without_place = proposal.hunks().len().saturating_sub(hunks);
        let accepted = proposal.accepted;
        self.screen.update(|screen| {
            screen.edit.hunks = hunks;
            screen.edit.without_place = without_place;
            screen.edit.accepted = accepted;
        });
    }

    /// After an edit: what was to be changed may have another place, or none.
    pub(super) fn proposal_may_have_moved(&mut self) {
        if self.editing.is_some() && !self.is_asking() {
            self.show_proposal();
        }
    }

    /// The current change, or all of them.
    pub(super) fn decide(&mut self, all: bool, accept: bool) {
        let Some(proposal) = self.editing.as_ref().and_then(|editing| editing.proposal.as_ref())
        else {
            return;
        };
        let ids: Vec<_> = if all {
            proposal.hunks().iter().map(|hunk| hunk.id).collect()
        } else {
            proposal.current().into_iter().collect()
        };
        self.decide_hunks(&ids, accept);
    }

    pub(super) fn decide_hunks(&mut self, ids: &[u32], accept: bool) {
        let Some(file) = self.editing.as_ref().map(|editing| editing.file) else { return };
        self.open_file(file);
        let made = match (&self.editor, accept) {
            (Some(editor), true) => editor.accept_hunks(ids),
            _ => ids.to_vec(),
        };
        let Some(proposal) = self.editing.as_mut().and_then(|editing| editing.proposal.as_mut())
        else {
            return;
        };
        proposal.decide(&made, accept);
        let left = proposal.hunks().len();
        let what = if accept { "accepted" } else { "rejected" };
        let changes = if made.len() == 1 { "change" } else { "changes" };
        self.announce(&format!("{} {changes} {what}, {left} left.", made.len()));
        self.show_proposal();
        self.end_when_decided();
    }

    pub(super) fn step_hunk(&mut self, forward: bool) {
        let Some(editing) = &mut self.editing else { return };
        let file = editing.file;
        if let Some(proposal) = &mut editing.proposal {
            proposal.step(forward);
        }
        self.open_file(file);
        self.show_proposal();
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
                screen.edit.words.clear();
            }
        });
        self.with_editor(Editor::focus);
    }
}
