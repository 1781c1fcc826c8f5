//! Formatting the open file: one edit, one undo, the cursor where it was.

use super::Message;
use super::playground::Playground;
use crate::editor::Editor;
use crate::formatter::{self, Formatted, Unformatted};
use crate::language;
use crate::project::FileId;
use crate::words::notices as words;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

impl Playground {
    pub(super) fn format(&mut self) {
        self.read_editor();
        let file = self.project.open_file();
        let (session, id, text) = (self.session, file.id, file.text.clone());
        let language = language::of(&file.path);
        spawn_local(async move {
            let formatted = formatter::format(language, text).await;
            session.send(Message::Formatted(id, Box::new(formatted)));
        });
    }

    /// A text that was changed meanwhile stays as it is: the user is at work on it.
    pub(super) fn formatted(&mut self, id: FileId, Formatted { before, after }: Formatted) {
        let open = self.project.open_file();
        if open.id != id || self.editor.as_ref().map(Editor::text) != Some(before.clone()) {
            return self.tell_host_of_format(Err(words::CHANGED_MEANWHILE));
        }
        let path = open.path.clone();
        match after {
            Ok(after) if after == before => {
                self.say_done(&words::well_formatted(&path));
                self.tell_host_of_format(Ok(()));
            }
            Ok(after) => {
                let session = self.session;
                let done = move || session.send(Message::Rewritten);
                self.with_editor(|editor| editor.rewrite(&after, done));
                self.announce(&words::formatted(&path));
            }
            Err(Unformatted { reason, line: 0, .. }) => {
                self.warn(&reason);
                self.tell_host_of_format(Err(&reason));
            }
            Err(Unformatted { reason, line, column }) => {
                self.tell_host_of_format(Err(&reason));
                self.warn(&words::not_formatted(&path, line, column, &reason));
                self.with_editor(|editor| editor.go_to(line, column));
            }
        }
    }

    /// Says something to those who do not see it happen.
    pub(super) fn announce(&self, what: &str) {
        self.screen.update(|screen| {
            // The same words once more are read aloud only if the text changes.
            let again = if screen.announcement == what { "\u{a0}" } else { "" };
            screen.announcement = format!("{what}{again}");
        });
    }
}
