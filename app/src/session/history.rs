//! Snapshots: taken before something replaces the text, looked at, gone back to.

use super::Message;
use super::dialog::Dialog;
use super::playground::Playground;
use super::screen::Notice;
use crate::example;
use crate::history::{History, Reason, Snapshot};
use crate::page;
use crate::project::Draft;
use crate::project_changes::{FileChange, changes};
use crate::words::notices as words;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The history as the dialog shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct HistoryView {
    /// Newest first.
    pub(crate) snapshots: Vec<Snapshot>,
    pub(crate) selected: Option<Selected>,
}

/// A snapshot that the user looks at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Selected {
    pub(crate) id: f64,
    pub(crate) draft: Draft,
    /// What going back to it would change.
    pub(crate) changes: Vec<FileChange>,
}

impl Playground {
    /// Keeps what is on screen in the history, unless it is there already.
    pub(super) fn snapshot(&mut self, reason: Reason) {
        self.read_editor();
        if self.is_embedded() {
            return; // it is the host's
        }
        let content = self.project.draft().content();
        if content == example::project().content() {
            return;
        }
        let text = serde_json::to_string(&content).unwrap_or_default();
        if let Some(plan) = self.history.add(page::wall_clock_ms(), reason, &text) {
            let kept = self.archive.add_snapshot(&plan.snapshot, &text, plan.removed);
            let session = self.session;
            spawn_local(async move {
                if !kept.await {
                    session.send(Message::SnapshotNotKept);
                }
            });
        }
    }

    /// Runs what is on screen once the history has it.
    pub(super) fn keep_and_run(&mut self, only_selection: bool) {
        self.snapshot(Reason::Run);
        self.screen.update(|screen| screen.shared = false);
        self.run(only_selection);
    }

    pub(super) fn open_history(&mut self) {
        self.show_history(None);
        self.screen.update(|screen| screen.dialog = Some(Dialog::History));
        // Another tab may have added some.
        let (session, archive) = (self.session, self.archive);
        spawn_local(async move {
            session.send(Message::HistoryRead(archive.snapshots().await));
        });
    }

    pub(super) fn history_read(&mut self, snapshots: Vec<Snapshot>) {
        self.history = History::new(snapshots);
        self.show_history(None);
        if let Some(newest) = self.history.snapshots().first() {
            self.select_snapshot(newest.id);
        }
    }

    pub(super) fn select_snapshot(&self, id: f64) {
        let (session, archive) = (self.session, self.archive);
        spawn_local(async move {
            let draft = archive.body(id).await.and_then(|text| serde_json::from_str(&text).ok());
            session.send(Message::SnapshotRead { id, draft });
        });
    }

    pub(super) fn snapshot_read(&mut self, id: f64, draft: Option<Draft>) {
        let Some(draft) = draft else {
            self.warn(words::SNAPSHOT_GONE);
            return;
        };
        self.read_editor();
        let changes = changes(&self.project.draft(), &draft);
        self.show_history(Some(Selected { id, draft, changes }));
    }

    /// Goes back to the snapshot that is looked at.
    pub(super) fn restore_snapshot(&mut self, selected: Selected) {
        self.close_dialog();
        self.replace_project(selected.draft, Reason::Restore, words::RESTORED);
    }

    /// Puts other files in the place of all that is open; what was there can be had back.
    pub(super) fn replace_project(&mut self, mut draft: Draft, reason: Reason, message: &str) {
        self.snapshot(reason);
        self.stop_run();
        let before = self.project.draft();
        let open = &self.project.open_file().path;
        if let (0, Some(same)) = (draft.open, draft.files.iter().position(|f| f.path == *open)) {
            draft.open = same;
        }
        self.deleted = None;
        self.replaced = Some(before);
        self.shows_link = false;
        self.screen.update(|screen| screen.shared = false);
        self.put_files(draft);
        self.keep_draft_soon();
        let message = message.to_owned();
        self.screen.update(|screen| screen.notice = Some(Notice::Replaced { message }));
    }

    /// Other files stand in the place of the open ones; what these were is nobody's concern here.
    pub(super) fn put_files(&mut self, draft: Draft) {
        for file in self.project.files() {
            self.with_editor(|editor| editor.forget(file.id.0));
        }
        self.project.replace(draft);
        self.transaction = None;
        self.scrolled = None;
        self.show_open_file();
        self.show_exercise();
    }

    pub(super) fn undo_replace(&mut self) {
        if let Some(before) = self.replaced.take() {
            self.replace_project(before, Reason::Restore, words::UNDONE);
        }
    }

    fn show_history(&self, selected: Option<Selected>) {
        let snapshots = self.history.snapshots().to_vec();
        self.screen.update(|screen| screen.history = HistoryView { snapshots, selected });
    }
}
