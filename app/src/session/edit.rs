//! The bar above the code: what is to be done, by whom, and with which files.

use super::playground::Playground;
use super::{Message, Sent, Session};
use crate::editor::Editor;
use crate::pass::Pass;
use crate::project::FileId;
use crate::proposal::{Base, FileView, Proposal, Shown, StepView};
use crate::remote::Sending;
use crate::socket::{Line, Question};
use crate::words::answers as words;
use flint_assist::routing::{Tier, Work};
use flint_protocol::{Place, RequestId};
use flint_remote::{Document, Prompt, Protocol, Stream, Task};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Characters of an error that are put into words.
const MOST_SAID: usize = 400;

/// Where a request is, as the bar above the code shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EditView {
    pub(crate) step: EditStep,
    pub(crate) wish: Wish,
    /// The file, or the lines of it, that is asked about.
    pub(crate) scope: String,
    pub(crate) file_count: usize,
    /// The server and model that would answer, or answer; None while there is none.
    pub(crate) connection: Option<String>,
    /// Who answers, and why.
    pub(crate) reason: String,
    /// Whether the model in the tab answers questions, or why not.
    pub(crate) tab: TabOffer,
    /// What waits for consent.
    pub(crate) outgoing: Sent,
    pub(crate) hunks: usize,
    /// Changes of lines that the user has changed meanwhile.
    pub(crate) without_place: usize,
    pub(crate) accepted: usize,
    /// The files with changes left, where there are several, or one that is not in the editor.
    pub(crate) files: Vec<FileView>,
    /// The steps of a plan.
    pub(crate) steps: Vec<StepView>,
    /// How much of the question the model in the tab has read, in parts of one; none of another's.
    pub(crate) read: Option<f64>,
    /// Pieces of text that have come, and how many a second.
    pub(crate) pieces: u32,
    pub(crate) rate: f64,
    /// What went wrong, or has no place.
    pub(crate) problems: Vec<String>,
    /// What is to be known of changes that can be made all the same.
    pub(crate) flags: Vec<String>,
    /// What a question is answered with, or a review.
    pub(crate) answer: String,
}

/// What the model in the tab can be asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum TabOffer {
    /// It is not there yet, or gone.
    #[default]
    Nothing,
    Answers,
    /// A sentence why it does not.
    Mute(String),
}

/// What the user wants, as far as it is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wish {
    pub(crate) task: Task,
    pub(crate) words: String,
    /// All files go along and may be changed, instead of the open one.
    pub(crate) all_files: bool,
    /// The tier that is chosen instead of the task's own.
    pub(crate) chosen: Option<Tier>,
    /// The words came of an error.
    pub(crate) fixes: bool,
}

impl Wish {
    pub(super) fn work(&self) -> Work {
        match self.task {
            Task::Edit if self.fixes => Work::Fix,
            Task::Edit if self.all_files => Work::EditFiles,
            Task::Edit => Work::Edit,
            Task::Ask => Work::Ask,
            Task::Review => Work::Review,
            Task::Plan => Work::Plan,
            Task::Revise => Work::Revise,
            Task::Document => Work::Document,
            Task::Test => Work::Test,
        }
    }
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
    /// The file that was open when it was asked.
    pub(super) file: FileId,
    pub(super) path: String,
    pub(super) wish: Wish,
    pub(super) selected: Option<(usize, usize)>,
    /// The step of the plan that is asked for anew.
    pub(super) revises: Option<usize>,
    /// None until the editor is ready.
    pub(super) proposal: Option<Proposal>,
    pub(super) prompt: Option<Prompt>,
    pub(super) outgoing: Option<Outgoing>,
    pub(super) answering: Option<Answering>,
    pub(super) asked: Option<Asked>,
    pub(super) frame_asked: bool,
    /// When it was drawn last, and how long that took.
    pub(super) drawn_ms: f64,
    pub(super) cost_ms: f64,
    /// What is said in words.
    pub(super) answer: String,
    pub(super) pieces: u32,
    pub(super) first_ms: f64,
}

impl Editing {
    /// The files as they go along; what is selected belongs to the open one.
    pub(super) fn documents(&self, bases: &[Base]) -> Vec<Document> {
        let document = |Base { path, text }: &Base| Document {
            path: path.clone(),
            text: text.clone(),
            selected: self.selected.filter(|_| *path == self.path),
        };
        bases.iter().map(document).collect()
    }
}

/// Who is at work on an answer. Dropping it ends the work.
pub(super) enum Answering {
    Server(Box<(Sending, Stream)>),
    Tab(InTab),
}

/// A question to the model in the tab.
pub(super) struct InTab {
    pub(super) session: Session,
    pub(super) id: RequestId,
}

impl Drop for InTab {
    fn drop(&mut self) {
        self.session.send(Message::LeaveAnswer(self.id));
    }
}

/// A request that waits for consent, or for nothing any more.
pub(super) struct Outgoing {
    pub(super) question: Question,
    pub(super) protocol: Protocol,
    pub(super) pass: Pass,
    /// None for HTTP.
    pub(super) line: Option<Line>,
    pub(super) connection: String,
    pub(super) asked: Asked,
}

/// Whom a request has gone to, for their record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) tier: Tier,
    pub(super) bytes: usize,
    pub(super) at_ms: f64,
    pub(super) has_begun: bool,
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
        let lines = self.editor.as_ref().and_then(Editor::selected_lines);
        let lines = lines.map(|(from, to)| (from + 1, to));
        let scope = words::scope(&self.project.open_file().path, lines);
        let file_count = self.project.files().len();
        self.screen.update(|screen| {
            let mut wish = std::mem::take(&mut screen.edit.wish);
            wish.all_files &= file_count > 1;
            screen.edit = EditView {
                step: EditStep::Writing,
                wish,
                scope,
                file_count,
                ..EditView::default()
            };
        });
        self.show_route();
    }

    /// Opens the bar with what a program died of, in the file where it did.
    pub(super) fn fix_error(&mut self, said: &str, place: Option<&Place>) {
        let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let said: String = said.chars().take(MOST_SAID).collect();
        if let Some(place) = place {
            self.go_to(place);
        }
        self.screen.update(|screen| {
            let wish = &mut screen.edit.wish;
            wish.task = Task::Edit;
            wish.words = words::fix(&said, place.map(|place| place.line));
            wish.fixes = true;
        });
        self.open_instruction();
    }

    /// Nothing more is asked or shown; what was not decided is gone.
    pub(super) fn close_instruction(&mut self) {
        self.editing = None;
        self.talk = None;
        self.with_editor(|editor| {
            editor.show_proposal(&Shown::default());
        });
        self.screen.update(|screen| {
            screen.edit.step = EditStep::Closed;
            screen.edit.wish.fixes = false;
        });
        self.with_editor(Editor::focus);
    }

    pub(super) fn instruct(&mut self, mut wish: Wish) {
        wish.words = wish.words.trim().to_owned();
        if wish.words.is_empty() {
            wish.words = match wish.task {
                Task::Review => words::REVIEW.into(),
                Task::Document => words::DOCUMENT.into(),
                Task::Test => words::TEST.into(),
                _ => return,
            };
        }
        self.read_editor();
        let editing = Editing {
            number: 0,
            file: self.project.open_file().id,
            path: self.project.open_file().path.clone(),
            selected: self.editor.as_ref().and_then(Editor::selected_lines),
            wish,
            revises: None,
            proposal: None,
            prompt: None,
            outgoing: None,
            answering: None,
            asked: None,
            frame_asked: false,
            drawn_ms: 0.0,
            cost_ms: 0.0,
            answer: String::new(),
            pieces: 0,
            first_ms: 0.0,
        };
        self.begin_asking(editing);
    }

    /// One step of the plan is asked for anew; the others keep what is decided and what is not.
    pub(super) fn revise_step(&mut self, part: usize, words: &str) {
        let reviewing = self.session.now(|screen| screen.edit.step == EditStep::Reviewing);
        if words.trim().is_empty() || !reviewing {
            return;
        }
        self.read_editor();
        let Some(mut editing) = self.editing.take() else { return };
        editing.wish.task = Task::Revise;
        editing.wish.words = words.trim().to_owned();
        editing.revises = Some(part);
        editing.file = self.project.open_file().id;
        editing.path.clone_from(&self.project.open_file().path);
        editing.selected = None;
        editing.pieces = 0;
        self.begin_asking(editing);
    }

    /// Has the editor note the text, unless nobody can be asked: that is said at once.
    fn begin_asking(&mut self, mut editing: Editing) {
        self.edits += 1;
        let (session, number) = (self.session, self.edits);
        editing.number = number;
        self.screen.update(|screen| screen.edit.wish = editing.wish.clone());
        let route = self.route(&editing.wish);
        let revises = editing.revises.is_some();
        self.editing = Some(editing);
        if let Err(none) = route {
            return if revises { self.not_revised(none) } else { self.edit_failed(none) };
        }
        let Some(editor) = &self.editor else { return };
        let begun = editor.begin_proposal(number);
        spawn_local(async move { session.send(Message::ProposalBegun(number, begun.await)) });
    }

    /// The plan stays as it is.
    pub(super) fn not_revised(&mut self, problem: String) {
        self.screen.update(|screen| screen.edit.problems = vec![problem]);
    }

    pub(super) fn ask_again(&mut self) {
        let wish = self.session.now(|screen| screen.edit.wish.clone());
        self.instruct(wish);
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
        self.editing.as_ref().is_some_and(|editing| editing.answering.is_some())
    }
}
