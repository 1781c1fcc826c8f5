//! The playground in another site's page: what the host orders, and what it is told.

use super::Message;
use super::playground::Playground;
use super::run::note;
use super::share::link_to;
use crate::editor::Editor;
use crate::embed::{self, FromHost, Load, Order, Outcome, ToHost};
use crate::page;
use flint_protocol::{Entry, Level, Place};
use flint_run::{Runtime, Step};
use leptos::prelude::*;
use serde::Serialize;

/// What the host has said.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    setup: String,
    expected: Option<String>,
    ai: bool,
    /// Orders that are answered when the program has ended.
    waiting: Vec<Waiting>,
    /// Orders that are answered when the file is formatted.
    formatting: Vec<u32>,
    running: bool,
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
                self.put_files(embed::draft(files));
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
        self.embedded = Some(Embedded {
            setup: load.setup,
            expected: load.expected,
            ai: load.ai && !load.read_only,
            ..Embedded::default()
        });
        self.put_files(embed::draft(load.files));
        self.with_editor(|editor| editor.set_read_only(load.read_only));
        answer(id, &());
        if load.run {
            self.session.send(Message::Run);
        } else if let Some(runtime) = self.runtime() {
            self.runner.warm(runtime);
        }
    }

    fn run_for_host(&mut self, waiting: Waiting) {
        let expects = self.embedded.as_ref().is_some_and(|embedded| embedded.expected.is_some());
        if waiting.tests && !expects {
            return refuse(waiting.id, "This playground does not say what it should print.");
        }
        if let Some(embedded) = &mut self.embedded {
            embedded.waiting.push(waiting);
        }
        self.run(false);
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

    /// The lines that stand before the first file's.
    pub(super) fn setup(&self) -> Option<&str> {
        let setup = self.embedded.as_ref().map(|embedded| embedded.setup.trim_end());
        setup.filter(|setup| !setup.is_empty())
    }

    /// The runtime of the open file.
    fn runtime(&self) -> Option<Runtime> {
        self.plan().ok().map(|plan| plan.runtime)
    }

    /// Places are those of the text that is shown.
    pub(super) fn without_setup(&self, mut entry: Entry) -> Entry {
        if let Some(setup) = self.setup() {
            let hidden = u32::try_from(setup.lines().count()).unwrap_or(u32::MAX);
            let first = &self.project.files()[0].path;
            entry.trace.retain(|place| place.path != *first || place.line > hidden);
            let shown = |place: &&mut Place| place.path == *first;
            entry.trace.iter_mut().filter(shown).for_each(|place| place.line -= hidden);
        }
        entry
    }

    /// Rust needs a server that the user has chosen, and a host must not choose or use it.
    pub(super) fn refuse_rust(&mut self) {
        self.begin_run(Runtime::Rust);
        self.run.finish(false, 0.0);
        let text = "Rust is compiled by a server that you choose. Open this in Flint to run it.";
        self.console.push(note(Level::Note, text.into()));
        self.show_run();
    }

    /// Tells the host when a run has come to its end; a page that is shown has come to it at once.
    pub(super) fn tell_host(&mut self) {
        let step = self.run.step();
        let shows = self.previewed.is_some() && step == Step::Running;
        let Some(embedded) = &mut self.embedded else { return };
        let active = step.is_active() && !shows;
        if active == embedded.running {
            return;
        }
        embedded.running = active;
        if active {
            self.screen.update(|screen| screen.as_expected = None);
            return;
        }
        let output = self.console.text(|level| !matches!(level, Level::Image | Level::Note));
        let ok = shows || matches!(step, Step::Finished { ok: true, .. });
        let outcome = Outcome { ok, output };
        let verdict = embedded.expected.as_ref().map(|expected| outcome.compare(expected));
        for Waiting { id, tests } in embedded.waiting.drain(..) {
            match &verdict {
                Some(verdict) if tests => answer(id, verdict),
                _ => answer(id, &outcome),
            }
        }
        embed::say(&ToHost::Console(outcome));
        if let Some(verdict) = verdict {
            self.screen.update(|screen| screen.as_expected = Some(verdict.passed));
            embed::say(&ToHost::Tests(verdict));
        }
    }

    /// The same project on a page of its own.
    pub(super) fn open_in_flint(&mut self) {
        self.read_editor();
        let mut draft = self.project.draft();
        for (file, source) in draft.files.iter_mut().zip(self.sources()) {
            file.text = source.text;
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
