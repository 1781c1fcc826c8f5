//! Files in and out: from the user's disk, as a zip file, as one page.

use super::Message;
use super::dialog::Dialog;
use super::playground::Playground;
use super::screen::Notice;
use crate::example;
use crate::file_name;
use crate::history::Reason;
use crate::project::{Draft, DraftFile};
use crate::transfer::{self, Incoming};
use crate::words::notices as words;
use leptos::prelude::*;

/// Files that wait for the user's word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ImportView {
    pub(crate) files: Vec<Waiting>,
    /// Sentences on files that are not taken.
    pub(crate) refused: Vec<String>,
}

/// A file that waits, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub(crate) path: String,
    pub(crate) text: String,
    /// None when its name is free.
    pub(crate) choice: Option<Choice>,
    /// The name it gets beside the other one.
    pub(crate) free_path: String,
}

/// What becomes of a file whose name is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    KeepBoth,
    Replace,
    Skip,
}

impl Playground {
    pub(super) fn choose_files(&self) {
        let session = self.session;
        transfer::choose(move |files| session.send(Message::FilesRead(files)));
    }

    /// Takes files in; asks first when a name is taken or something is refused.
    pub(super) fn files_read(&mut self, files: Vec<Incoming>) {
        self.read_editor();
        let mut view = ImportView::default();
        // An untouched example is in nobody's way.
        let fresh = self.project.draft().content() == example::project().content();
        for Incoming { path, text, problem } in files {
            let path = file_name::sound(&path);
            match (text, problem) {
                (Some(text), None) => {
                    let there = self.project.files().iter().find(|file| file.path == path);
                    if !fresh && there.is_some_and(|file| file.text == text) {
                        continue;
                    }
                    let twin = |path: &str| {
                        view.files.iter().any(|file| file.path == path || file.free_path == path)
                    };
                    let taken = (!fresh && there.is_some()) || twin(&path);
                    let choice = taken.then_some(Choice::KeepBoth);
                    let free_path =
                        file_name::free(&path, |path| self.project.has(path) || twin(path));
                    view.files.push(Waiting { path, text, choice, free_path });
                }
                (_, problem) => view.refused.push(problem.unwrap_or_default()),
            }
        }
        let ask = !view.refused.is_empty() || view.files.iter().any(|file| file.choice.is_some());
        if view.files.is_empty() && !ask {
            self.say_done(words::NOTHING_NEW);
            return;
        }
        self.screen.update(|screen| screen.import = view);
        if ask {
            self.show_dialog(Dialog::Import);
        } else {
            self.import();
        }
    }

    pub(super) fn choose_import(&self, index: usize, choice: Choice) {
        self.screen.update(|screen| {
            if let Some(file) = screen.import.files.get_mut(index) {
                file.choice = Some(choice);
            }
        });
    }

    /// Does with the files what was chosen.
    pub(super) fn import(&mut self) {
        let mut waiting = self.session.now(|screen| screen.import.files.clone());
        waiting.retain(|file| file.choice != Some(Choice::Skip));
        self.close_dialog();
        let Some(first) = waiting.first() else {
            return;
        };
        self.read_editor();
        let mut draft = self.project.draft();
        if draft.content() == example::project().content() {
            draft = Draft::default();
        }
        let opened = shown_path(first);
        let message = words::imported(&opened, waiting.len());
        for file in waiting {
            put(&mut draft, file);
        }
        draft.open = draft.files.iter().position(|file| file.path == opened).unwrap_or(0);
        self.replace_project(draft, Reason::Import, &message);
    }

    pub(super) fn export_zip(&mut self) {
        self.read_editor();
        let session = self.session;
        let refused = move |message| session.send(Message::Refused(message));
        transfer::save_zip(&self.project.draft(), refused);
    }

    pub(super) fn export_page(&mut self) {
        self.read_editor();
        let session = self.session;
        let refused = move |message| session.send(Message::Refused(message));
        transfer::save_page(&self.project.draft(), refused);
    }

    pub(super) fn open_example(&mut self, draft: Draft) {
        self.close_dialog();
        let exercise = draft.exercise.as_ref().map(|exercise| &exercise.path);
        let opened = draft.files.first().map(|file| &file.path).or(exercise);
        let opened = opened.cloned().unwrap_or_default();
        let message = words::example_open(&opened);
        self.replace_project(draft, Reason::OpenExample, &message);
    }

    pub(super) fn say_done(&self, message: &str) {
        let message = message.to_owned();
        self.screen.update(|screen| screen.notice = Some(Notice::Done { message }));
    }
}

/// The name that a file will have.
fn shown_path(file: &Waiting) -> String {
    if file.choice == Some(Choice::KeepBoth) { file.free_path.clone() } else { file.path.clone() }
}

fn put(draft: &mut Draft, file: Waiting) {
    let path = shown_path(&file);
    match draft.files.iter_mut().find(|there| there.path == path) {
        Some(there) => there.text = file.text,
        None => draft.files.push(DraftFile { path, text: file.text, cursor: 0 }),
    }
}
