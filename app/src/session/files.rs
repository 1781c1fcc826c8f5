//! What the user does with files.

use super::Message;
use super::playground::Playground;
use super::screen::Notice;
use crate::editor::Editor;
use crate::history::Reason;
use crate::language;
use crate::project::FileId;
use crate::words::notices as words;
use leptos::prelude::*;

impl Playground {
    pub(super) fn open_file(&mut self, id: FileId) {
        if self.project.open_file().id != id {
            self.read_editor();
            self.project.open(id);
            self.show_open_file();
            self.keep_draft_soon();
        }
    }

    pub(super) fn new_file(&mut self) {
        self.read_editor();
        let id = self.project.create();
        self.show_open_file();
        self.keep_draft_soon();
        self.session.send(Message::StartRename(id));
    }

    pub(super) fn rename_file(&mut self, id: FileId, path: &str) {
        if let Err(message) = self.project.rename(id, path) {
            self.warn(&message);
            return;
        }
        self.screen.update(|screen| {
            screen.renaming = None;
            screen.notice.take_if(|notice| matches!(notice, Notice::Warning { .. }));
        });
        self.show_tabs();
        let open = self.project.open_file();
        if open.id == id {
            let language = language::of(&open.path);
            self.with_editor(|editor| editor.set_language(language));
            self.resync();
        }
        self.keep_draft_soon();
    }

    pub(super) fn delete_file(&mut self, id: FileId) {
        self.snapshot(Reason::Delete);
        let was_open = self.project.open_file().id;
        let Some(deleted) = self.project.delete(id) else {
            return;
        };
        let path = deleted.path().to_owned();
        if let Some(forgotten) = self.deleted.replace(deleted) {
            self.with_editor(|editor| editor.forget(forgotten.id().0));
        }
        self.screen.update(|screen| screen.notice = Some(Notice::Deleted { path }));
        if was_open == self.project.open_file().id {
            self.show_tabs();
        } else {
            self.show_open_file();
        }
        self.keep_draft_soon();
    }

    pub(super) fn undo_delete(&mut self) {
        let Some(deleted) = self.deleted.take() else {
            return;
        };
        self.read_editor();
        self.project.restore(deleted);
        self.screen.update(|screen| screen.notice = None);
        self.show_open_file();
        self.keep_draft_soon();
    }

    pub(super) fn move_file(&mut self, id: FileId, place: usize) {
        self.read_editor();
        if !self.project.move_to(id, place) {
            return;
        }
        self.show_tabs();
        self.keep_draft_soon();
        let files = self.project.files();
        if let Some(at) = files.iter().position(|file| file.id == id) {
            let said = words::moved(&files[at].path, at + 1, files.len());
            self.announce(&said);
        }
    }

    /// Puts the project's open file into the editor and in front of the assistant.
    pub(super) fn show_open_file(&mut self) {
        self.show_tabs();
        let file = self.project.open_file();
        let open = |editor: &Editor| {
            editor.open(file.id.0, &file.text, language::of(&file.path), file.cursor)
        };
        if let Some(cursor) = self.editor.as_ref().map(open) {
            self.show_assist_the_file(cursor);
        }
        self.hold_given_lines();
        self.show_proposal();
        self.warm_up_soon();
    }

    /// Brings the project's copy of the open file up to what the user has typed.
    pub(super) fn read_editor(&mut self) {
        if let Some(document) = self.assist.document() {
            self.project.write_open_file(document.text(), document.cursor().at);
        }
    }

    pub(super) fn show_tabs(&self) {
        let tabs = self.project.files().iter().map(|file| (file.id, file.path.clone())).collect();
        let open = self.project.open_file().id;
        self.screen.update(|screen| {
            screen.tabs = tabs;
            screen.open = open;
        });
        self.show_network();
    }
}
