//! Asking a model server to change the open file: the words, consent, what is sent, what comes back.

use super::playground::Playground;
use super::{Message, Sent};
use crate::editor::Editor;
use crate::page;
use crate::project::FileId;
use crate::proposal::Proposal;
use crate::remote::{self, Sending};
use flint_protocol::Place;
use flint_remote::{Document, Prompt, Protocol, Request, Stream, Task};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Characters of an error that are put into words.
const MOST_SAID: usize = 400;

/// Where a request is, as the bar above the code shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EditView {
    pub(crate) step: EditStep,
    pub(crate) task: Task,
    pub(crate) words: String,
    /// The file, or the lines of it, that is asked about.
    pub(crate) scope: String,
    /// The server and model; None while there is none.
    pub(crate) connection: Option<String>,
    /// What waits for consent.
    pub(crate) outgoing: Sent,
    pub(crate) hunks: usize,
    /// Changes of lines that the user has changed meanwhile.
    pub(crate) without_place: usize,
    pub(crate) accepted: usize,
    /// Pieces of text that have come, and how many a second.
    pub(crate) pieces: u32,
    pub(crate) rate: f64,
    /// What went wrong, or has no place.
    pub(crate) problems: Vec<String>,
    /// What a question is answered with, or a review.
    pub(crate) answer: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum EditStep {
    #[default]
    Closed,
    Writing,
    Consent,
    Asking,
    Reviewing,
    /// In words.
    Answered,
    Failed,
}

/// A request from its words to its last decision.
pub(super) struct Editing {
    pub(super) number: u32,
    pub(super) file: FileId,
    pub(super) task: Task,
    words: String,
    selected: Option<(usize, usize)>,
    /// None until the editor is ready.
    pub(super) proposal: Option<Proposal>,
    outgoing: Option<(Request, String)>,
    pub(super) sending: Option<(Sending, Stream)>,
    pub(super) frame_asked: bool,
    pub(super) drawn_ms: f64,
    /// What is said in words.
    pub(super) answer: String,
    pub(super) pieces: u32,
    pub(super) first_ms: f64,
}

impl Playground {
    /// The bar opens with the words of the last time; pressed while changes are shown, it stays.
    pub(super) fn open_instruction(&mut self) {
        let step = self.session.now(|screen| screen.edit.step);
        let closed = matches!(step, EditStep::Closed | EditStep::Answered | EditStep::Failed);
        // Another site's page has no say in what is sent, and shows no bar.
        if !closed || self.embedded.is_some() {
            return;
        }
        self.editing = None;
        let connection = self.connections.active().map(crate::connections::Connection::title);
        let lines = self.editor.as_ref().and_then(Editor::selected_lines);
        let scope = scope(&self.project.open_file().path, lines);
        self.screen.update(|screen| {
            let words = std::mem::take(&mut screen.edit.words);
            screen.edit = EditView {
                step: EditStep::Writing,
                words,
                scope,
                connection,
                ..EditView::default()
            };
        });
    }

    /// Opens the bar with what a program died of, in the file where it did.
    pub(super) fn fix_error(&mut self, said: &str, place: Option<&Place>) {
        let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let said: String = said.chars().take(MOST_SAID).collect();
        let line = place.map(|place| format!(" (line {})", place.line)).unwrap_or_default();
        if let Some(place) = place {
            self.go_to(place);
        }
        self.screen.update(|screen| {
            screen.edit.task = Task::Edit;
            screen.edit.words = format!("Fix this error: {said}{line}");
        });
        self.open_instruction();
    }

    /// Nothing more is asked or shown; what was not decided is gone.
    pub(super) fn close_instruction(&mut self) {
        self.editing = None;
        self.with_editor(|editor| {
            editor.show_proposal(&crate::proposal::Shown { hunks: &[], current: None });
        });
        self.screen.update(|screen| screen.edit.step = EditStep::Closed);
        self.with_editor(Editor::focus);
    }

    pub(super) fn instruct(&mut self, task: Task, words: String) {
        let mut words = words.trim().to_owned();
        if words.is_empty() && task == Task::Review {
            words = "Review this file.".into();
        }
        if words.is_empty() {
            return;
        }
        self.read_editor();
        self.edits += 1;
        let (session, number) = (self.session, self.edits);
        let Some(editor) = &self.editor else { return };
        let selected = editor.selected_lines();
        let begun = editor.begin_proposal();
        self.screen.update(|screen| {
            screen.edit.words.clone_from(&words);
            screen.edit.task = task;
        });
        self.editing = Some(Editing {
            number,
            file: self.project.open_file().id,
            task,
            words,
            selected,
            proposal: None,
            outgoing: None,
            sending: None,
            frame_asked: false,
            drawn_ms: 0.0,
            answer: String::new(),
            pieces: 0,
            first_ms: 0.0,
        });
        spawn_local(async move { session.send(Message::ProposalBegun(number, begun.await)) });
    }

    /// The editor has noted the text; now it is put into a request.
    pub(super) fn proposal_begun(&mut self, number: u32, base: Option<String>) {
        let Some(base) = base else {
            return self.edit_failed(
                "What shows changes could not be fetched. Check the connection and try again."
                    .into(),
            );
        };
        let open = self.project.open_file();
        let (id, path) = (open.id, open.path.clone());
        let Some(editing) = self.editing.as_mut().filter(|editing| editing.number == number) else {
            return;
        };
        if id != editing.file {
            return self.close_instruction();
        }
        let Some(active) = self.connections.active() else {
            return self.edit_failed("Name a model server in Connections first.".into());
        };
        let Some(address) = active.address().filter(|address| self.connections.reaches(address))
        else {
            return self.edit_failed("This page cannot reach the server yet. Open Connections and reload from there: your text is kept.".into());
        };
        let document =
            Document { path: path.clone(), text: base.clone(), selected: editing.selected };
        let Prompt { ask, redacted } = Prompt::new(editing.task, &editing.words, &[document]);
        let request = ask.request(&address, Protocol::Chat, &active.model, None);
        let key = self.connections.key(&active.name).to_owned();
        let (allowed, keyed) = (active.allowed, !key.is_empty());
        let outgoing = Sent {
            number,
            url: request.url.clone(),
            body: request.body.clone(),
            keyed,
            redacted,
            ..Sent::default()
        };
        editing.proposal = Some(Proposal::new(path, base));
        editing.outgoing = Some((request, key));
        self.screen.update(|screen| {
            screen.edit.outgoing = outgoing;
            screen.edit.step = EditStep::Consent;
        });
        if allowed {
            self.send_edit();
        }
    }

    pub(super) fn allow_sending(&mut self) {
        self.connections.allow();
        self.keep_connections();
        self.send_edit();
    }

    /// Sends what the outbox shows.
    fn send_edit(&mut self) {
        let session = self.session;
        let sent = session.now(|screen| screen.edit.outgoing.clone());
        let Some(editing) = &mut self.editing else { return };
        let Some((request, key)) = editing.outgoing.take() else { return };
        let number = editing.number;
        let report = move |signal| session.send(Message::Remote(number, signal));
        match remote::send(&request, &key, report) {
            Ok(sending) => editing.sending = Some((sending, Stream::new(Protocol::Chat))),
            Err(reason) => return self.edit_failed(reason),
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a time of day"
        )]
        let at_ms = page::wall_clock_ms() as u64;
        self.note_sent(Sent { at_ms, ..sent });
        self.screen.update(|screen| screen.edit.step = EditStep::Asking);
        self.with_editor(Editor::focus);
    }

    pub(super) fn ask_again(&mut self) {
        let (task, words) =
            self.session.now(|screen| (screen.edit.task, screen.edit.words.clone()));
        self.instruct(task, words);
    }

    pub(super) fn edit_failed(&mut self, problem: String) {
        self.editing = None;
        self.screen.update(|screen| {
            screen.edit.step = EditStep::Failed;
            screen.edit.problems = vec![problem];
        });
    }

    /// The words that are being written keep the focus.
    pub(super) fn focus_editor(&self) {
        let step = self.session.now(|screen| screen.edit.step);
        if !matches!(step, EditStep::Writing | EditStep::Consent) {
            self.with_editor(Editor::focus);
        }
    }

    pub(super) fn is_asking(&self) -> bool {
        self.editing.as_ref().is_some_and(|editing| editing.sending.is_some())
    }
}

/// What is asked about, in words.
fn scope(path: &str, lines: Option<(usize, usize)>) -> String {
    match lines {
        None => path.to_owned(),
        Some((from, to)) if to - from == 1 => format!("line {to} of {path}"),
        Some((from, to)) => format!("lines {}–{to} of {path}", from + 1),
    }
}
