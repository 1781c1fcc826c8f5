//! Running the project: what the user asks for, what the runner reports, what the panel shows.

use super::playground::Playground;
use super::screen::Panel;
use crate::editor::Editor;
use crate::language;
use crate::runner::{Report, Signal};
use flint_protocol::{Entry, Level, Place, RunRequest, Selection, SourceFile, Value};
use flint_run::{Cannot, Plan, Runtime, plan};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::sync::Arc;

/// A preview is shown anew when typing has paused for this long.
const AFTER_LAST_KEYSTROKE_MS: u32 = 400;
const WARM_UP_AFTER_MS: u32 = 500;

impl Playground {
    /// What “Run” would do now.
    pub(super) fn plan(&self) -> Result<Plan, Cannot> {
        self.plan_of(&self.project.open_file().path)
    }

    /// What running this file would do.
    pub(super) fn plan_of(&self, path: &str) -> Result<Plan, Cannot> {
        let mut plan = plan(&self.sources(), path, language::of)?;
        if plan.runtime == Runtime::Python && self.settings.full_python {
            plan.runtime = Runtime::FullPython;
        }
        Ok(plan)
    }

    /// The files as they are run.
    pub(super) fn sources(&self) -> Vec<SourceFile> {
        let mut sources = self.sources_as_shown();
        if let Some((file, setup)) = self.setup() {
            for source in sources.iter_mut().filter(|source| source.path == file.path) {
                source.text = format!("{setup}\n{}", source.text);
            }
        }
        sources
    }

    pub(super) fn sources_as_shown(&self) -> Vec<SourceFile> {
        let source = |file: &crate::project::File| SourceFile {
            path: file.path.clone(),
            text: file.text.clone(),
        };
        self.project.files().iter().map(source).collect()
    }

    /// Runs the open file, or what is selected in it. The text is kept first.
    pub(super) fn run(&mut self, only_selection: bool) {
        self.read_editor();
        self.keep_draft();
        let selection = self.editor.as_ref().filter(|_| only_selection).and_then(Editor::selection);
        match self.plan() {
            Ok(Plan { runtime: Runtime::Rust, .. }) if self.is_embedded() => self.refuse_rust(),
            Ok(Plan { runtime: Runtime::Rust, entry }) => self.run_rust(&entry),
            Ok(plan) => {
                self.open_panel(plan.runtime);
                self.start_run(plan, selection, String::new());
            }
            Err(Cannot(message)) => self.warn(&message),
        }
    }

    pub(super) fn start_run(
        &mut self,
        Plan { runtime, entry }: Plan,
        selection: Option<Selection>,
        tests: String,
    ) {
        self.begin_run(runtime);
        // What has been typed is in this run.
        self.preview_timer = None;
        self.previewed = runtime.shows().then(|| entry.clone());
        // The same document is shown where it was.
        self.scrolled.take_if(|(path, _)| runtime.shows() && *path != entry);
        let scroll = self.scrolled.as_ref().map(|(_, scroll)| *scroll).unwrap_or_default();
        let request = RunRequest {
            files: self.sources(),
            entry,
            selection: selection.filter(|_| !runtime.shows()),
            input: self.input.clone(),
            guard: true,
            scheme: self.settings.theme.scheme().into(),
            scroll,
            tests,
        };
        self.runner.set_network(self.network());
        let reports = self.runner.run(runtime, request);
        self.hear_runner(reports);
        self.show_run();
    }

    /// Empties the console.
    pub(super) fn begin_run(&mut self, runtime: Runtime) {
        self.console.clear();
        self.run.start();
        self.asking = None;
        self.previewed = None;
        self.said_of_tests.clear();
        self.checking = false;
        self.screen.update(|screen| screen.previewing = runtime.shows());
    }

    /// Opens the panel at what this runtime has to show.
    pub(super) fn open_panel(&self, runtime: Runtime) {
        self.screen.update(|screen| {
            screen.panel_open = true;
            screen.panel = if runtime.shows() { Panel::Preview } else { Panel::Output };
        });
    }

    pub(super) fn stop_run(&mut self) {
        self.run.stop();
        self.asking = None;
        self.previewed = None;
        self.runner.stop();
        self.show_run();
    }

    pub(super) fn keep_going(&mut self) {
        self.run.keep_going();
        self.show_run();
    }

    pub(super) fn send_input(&mut self, line: String) {
        self.run.answered();
        self.runner.input(line);
        self.show_run();
    }

    pub(super) fn clear_console(&mut self) {
        self.console.clear();
        self.show_run();
    }

    /// The preview follows the text, once it has been asked for.
    pub(super) fn refresh_preview_soon(&mut self) {
        if self.previewed.is_some() {
            let session = self.session;
            let refresh = move || session.send(super::Message::RefreshPreview);
            self.preview_timer = Some(Timeout::new(AFTER_LAST_KEYSTROKE_MS, refresh));
        }
    }

    pub(super) fn refresh_preview(&mut self) {
        self.preview_timer = None;
        self.read_editor();
        let entry = self.previewed.clone();
        let entry =
            entry.filter(|entry| self.project.files().iter().any(|file| file.path == *entry));
        if let Some(entry) = entry {
            self.start_run(Plan { runtime: Runtime::Document, entry }, None, String::new());
        }
    }

    /// Soon, when nothing else is under way: [`Self::warm_up`].
    pub(super) fn warm_up_soon(&mut self) {
        if self.engine_settled {
            let session = self.session;
            let warm_up = move || session.send(super::Message::WarmUp);
            self.warm_timer = Some(Timeout::new(WARM_UP_AFTER_MS, warm_up));
        }
    }

    /// Has what runs the open file ready, and the other languages' runtimes at hand for a time
    /// without network.
    pub(super) fn warm_up(&mut self) {
        self.warm_timer = None;
        self.runner.set_network(self.network());
        if let Ok(plan) = self.plan() {
            self.runner.warm(plan.runtime);
        }
        if self.is_embedded() {
            return; // a page that only shows an example downloads what the example needs
        }
        for runtime in [Runtime::Script, Runtime::Document, Runtime::Python, Runtime::Wat] {
            self.runner.fetch(runtime);
        }
        self.with_editor(Editor::fetch_languages);
        self.screen.update(|screen| screen.at_rest = true);
        self.store_everything();
    }

    pub(super) fn runner_signals(&mut self, signal: Signal) {
        let reports = self.runner.handle(signal);
        if reports.is_empty() {
            return;
        }
        let prints =
            |report: &Report| matches!(report, Report::Output { .. } | Report::Failed { .. });
        let printed = reports.iter().any(prints);
        self.hear_runner(reports);
        if printed {
            self.show_run();
        } else {
            self.show_step();
        }
    }

    fn hear_runner(&mut self, reports: Vec<Report>) {
        for report in reports {
            match report {
                Report::Fetching { tenths } => self.run.fetching(tenths),
                Report::Running => self.run.running(),
                Report::Output { entries, dropped } => {
                    self.console.drop_entries(dropped);
                    for entry in entries {
                        if entry.level == Level::Test {
                            self.hear_test(&entry);
                            continue;
                        }
                        let entry = self.without_hidden_lines(entry);
                        self.console.push(entry);
                    }
                }
                Report::Scrolled(scroll) => {
                    self.scrolled = self.previewed.clone().map(|entry| (entry, scroll));
                }
                Report::Asks { prompt } => self.run.asks(prompt),
                Report::Busy { ms } => self.run.busy(ms),
                Report::Finished { ok, ms } => self.run.finish(ok, ms),
                Report::Failed { message } => {
                    self.run.finish(false, 0.0);
                    self.previewed = None;
                    self.console.push(note(Level::Error, message));
                }
            }
        }
    }

    pub(super) fn show_run(&mut self) {
        let rows = Arc::new(self.console.rows().cloned().collect::<Vec<_>>());
        self.screen.update(|screen| {
            if screen.rows != rows {
                screen.rows = rows;
            }
            screen.left_out = self.console.left_out();
            screen.errors = self.console.errors();
        });
        self.show_step();
    }

    /// Without the console, which may be long and has not changed.
    fn show_step(&mut self) {
        self.screen.update(|screen| {
            screen.step = self.run.step();
            screen.asked = self.run.asked().cloned();
        });
        self.hear_the_end();
    }

    /// Opens the file of a place and puts the cursor there.
    pub(super) fn go_to(&mut self, place: &Place) {
        let file = self.project.files().iter().find(|file| file.path == place.path);
        if let Some(id) = file.map(|file| file.id) {
            self.open_file(id);
            self.with_editor(|editor| editor.go_to(place.line, place.column));
        }
    }

    /// The console as plain text.
    pub(super) fn console_text(&self) -> String {
        self.console.text(|level| level != Level::Image)
    }
}

pub(super) fn note(level: Level, text: String) -> Entry {
    Entry { level, depth: 0, parts: vec![Value { text, ..Value::default() }], trace: vec![] }
}
