//! The playground in another site's page: what the host orders, and what it is told.

use super::Message;
use super::playground::Playground;
use super::run::note;
use super::share::link_to;
use crate::editor::Editor;
use crate::embed::{self, FromHost, Load, Order, Outcome, ToHost};
use crate::page;
use crate::project::{Draft, DraftExercise};
use crate::words::running as words;
use flint_exercise::Verdict;
use flint_protocol::Level;
use flint_run::Runtime;
use serde::Serialize;

/// What the host has said.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    ai: bool,
    /// Orders that are answered when the program has ended.
    waiting: Vec<Waiting>,
    /// Orders that are answered when the file is formatted.
    formatting: Vec<u32>,
}

#[derive(Debug)]
struct Waiting {
    id: u32,
    /// With what was expected.
    tests: bool,
}

impl Playground {
    /// Whether anybody may be the page's host: then nothing that is kept here is used.
    pub(super) fn is_embedded(&self) -> bool {
        self.embedded.is_some()
    }

    pub(super) fn hear_host(&mut self, FromHost { id, order }: FromHost) {
        match order {
            Order::Load(load) => self.load_embedded(id, load),
            Order::Run => self.run_for_host(Waiting { id, tests: false }),
            Order::RunTests => self.run_for_host(Waiting { id, tests: true }),
            Order::Format => self.format_for_host(id),
            Order::GetCode => {
                self.read_editor();
                answer(id, &self.sources_as_shown());
            }
            Order::SetCode { files } => {
                self.stop_run();
                let exercise = self.project.draft().exercise;
                let first = files.first().map(|file| file.path.clone());
                // What the host says is said of its first file, whatever that is called now.
                let exercise =
                    exercise.zip(first).map(|(about, path)| DraftExercise { path, ..about });
                self.put_files(Draft { exercise, ..embed::draft(files) });
                answer(id, &());
            }
            Order::Theme { theme } => {
                theme.put_on();
                self.settings.theme = theme;
                answer(id, &());
            }
        }
    }

    fn load_embedded(&mut self, id: u32, load: Load) {
        self.settings.theme = load.theme;
        load.theme.put_on();
        let ai = load.ai && !load.read_only;
        self.embedded = Some(Embedded { ai, ..Embedded::default() });
        let exercise = load.exercise();
        self.put_files(Draft { exercise, ..embed::draft(load.files) });
        self.with_editor(|editor| editor.set_read_only(load.read_only));
        answer(id, &());
        if load.run {
            self.session.send(Message::Run);
        } else if let Some(runtime) = self.runtime() {
            self.runner.warm(runtime);
        }
    }

    fn run_for_host(&mut self, waiting: Waiting) {
        let checks = self.project.exercise().is_some_and(|(_, worked)| worked.exercise.checks());
        if waiting.tests && !checks {
            return refuse(waiting.id, words::NO_TESTS);
        }
        let check = waiting.tests;
        if let Some(embedded) = &mut self.embedded {
            embedded.waiting.push(waiting);
        }
        if check { self.check() } else { self.run(false) }
    }

    fn format_for_host(&mut self, id: u32) {
        if let Some(embedded) = &mut self.embedded {
            embedded.formatting.push(id);
        }
        self.format();
    }

    /// Formatting has come to its end, whatever became of it.
    pub(super) fn tell_host_of_format(&mut self, outcome: Result<(), &str>) {
        let Some(embedded) = &mut self.embedded else { return };
        let text = self.editor.as_ref().map(Editor::text).unwrap_or_default();
        for id in embedded.formatting.drain(..) {
            match outcome {
                Ok(()) => answer(id, &text),
                Err(reason) => refuse(id, reason),
            }
        }
    }

    /// The first edit is a sign that suggestions are wanted.
    pub(super) fn embedded_edit(&mut self) {
        let Some(embedded) = &mut self.embedded else { return };
        if std::mem::take(&mut embedded.ai) {
            self.start_engine();
        }
        let path = self.project.open_file().path.clone();
        if let Some(document) = self.assist.document() {
            embed::say(&ToHost::Code { path, text: document.text().into() });
        }
    }

    /// The runtime of the open file.
    fn runtime(&self) -> Option<Runtime> {
        self.plan().ok().map(|plan| plan.runtime)
    }

    /// Rust needs a server that the user has chosen, and a host must not choose or use it.
    pub(super) fn refuse_rust(&mut self) {
        self.begin_run(Runtime::Rust);
        self.run.finish(false, 0.0);
        self.console.push(note(Level::Note, words::RUST_ELSEWHERE.into()));
        self.show_run();
    }

    /// Tells the host how a run has ended, and what was found.
    pub(super) fn tell_host(&mut self, outcome: Outcome, verdict: Option<&Verdict>) {
        let Some(embedded) = &mut self.embedded else { return };
        for Waiting { id, tests } in embedded.waiting.drain(..) {
            match &verdict {
                Some(verdict) if tests => answer(id, verdict),
                _ => answer(id, &outcome),
            }
        }
        embed::say(&ToHost::Console(outcome));
        if let Some(verdict) = verdict {
            embed::say(&ToHost::Tests(verdict.clone()));
        }
    }

    /// The same project on a page of its own.
    pub(super) fn open_in_flint(&mut self) {
        self.read_editor();
        let mut draft = self.project.draft();
        let tested = self.project.exercise().is_some_and(|(_, worked)| worked.has_tests());
        if !tested {
            // An example whose hidden lines become its own.
            draft.exercise = None;
            for (file, source) in draft.files.iter_mut().zip(self.sources()) {
                file.text = source.text;
            }
        }
        match link_to(draft) {
            Ok(link) => page::open_elsewhere(&link),
            Err(message) => self.warn(&message),
        }
    }
}

fn answer(id: u32, value: &impl Serialize) {
    let value = serde_json::to_value(value).ok();
    embed::say(&ToHost::Reply { id, value, error: None });
}

fn refuse(id: u32, reason: &str) {
    embed::say(&ToHost::Reply { id, value: None, error: Some(reason.into()) });
}
