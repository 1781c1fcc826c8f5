//! The exercise that the project holds: its check, its beginning, and how a file becomes one.

use super::playground::Playground;
use super::screen::Panel;
use crate::editor::Editor;
use crate::embed::Outcome;
use crate::exercise::Worked;
use crate::history::Reason;
use crate::language;
use crate::project::{DraftExercise, File};
use crate::words::notices as words;
use flint_exercise::{Exercise, Test, Verdict, has_marks, template};
use flint_protocol::{Entry, Level, Place};
use flint_run::{Cannot, Plan, Runtime, Step};
use leptos::prelude::*;
use std::sync::Arc;

/// A check that tells of more than this has something else in mind.
const MOST_TESTS: usize = 500;

/// What the user does with an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExerciseDeed {
    /// Run it with its tests.
    Check,
    /// Have the file as it was at first.
    StartOver,
    /// Make an exercise of the open file's marks, or give it some.
    Make,
    /// Have the file with its marks.
    Edit,
}

/// The exercise as the panel shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExerciseView {
    pub(crate) path: String,
    pub(crate) task: String,
    /// Whether some of its lines are given.
    pub(crate) holds: bool,
}

impl Playground {
    pub(super) fn exercise_does(&mut self, deed: ExerciseDeed) {
        match deed {
            ExerciseDeed::Check => {
                self.snapshot(Reason::Run);
                self.screen.update(|screen| screen.shared = false);
                self.check();
            }
            ExerciseDeed::StartOver => self.start_over(),
            ExerciseDeed::Make => self.make_exercise(),
            ExerciseDeed::Edit => self.edit_exercise(),
        }
    }

    /// Runs the exercise's file, and then its tests.
    pub(super) fn check(&mut self) {
        self.read_editor();
        self.keep_draft();
        let Some((file, worked)) = self.project.exercise() else { return };
        let tests = worked.exercise.tests.clone();
        match self.plan_of(&file.path) {
            Ok(Plan { runtime: Runtime::Rust, .. }) if self.is_embedded() => self.refuse_rust(),
            Ok(Plan { runtime: Runtime::Rust | Runtime::Document, .. }) if !self.is_embedded() => {
                self.warn(words::NO_CHECK);
            }
            Ok(plan) => {
                self.start_run(plan, None, tests);
                self.checking = true;
                self.screen.update(|screen| {
                    let shown = screen.exercise.is_some();
                    screen.panel_open = true;
                    screen.panel = if shown { Panel::Exercise } else { Panel::Output };
                });
            }
            Err(Cannot(message)) => self.warn(&message),
        }
    }

    /// A stranger's program tells what became of a test: whoever lies is the one who learns.
    pub(super) fn hear_test(&mut self, entry: &Entry) {
        let mut texts = entry.parts.iter().map(|part| part.text.clone());
        let (Some(name), Some(state)) = (texts.next(), texts.next()) else { return };
        if self.said_of_tests.len() < MOST_TESTS {
            let (got, expected) = (texts.next(), texts.next());
            self.said_of_tests.push(Test { name, passed: state == "passed", got, expected });
        }
    }

    /// Looks whether a run has come to its end; a page that is shown has come to it at once.
    pub(super) fn hear_the_end(&mut self) {
        let step = self.run.step();
        let shows = self.previewed.is_some() && step == Step::Running;
        let active = step.is_active() && !shows;
        if std::mem::replace(&mut self.was_active, active) == active {
            return;
        }
        if active {
            return self.screen.update(|screen| screen.verdict = None);
        }
        let said = std::mem::take(&mut self.checking)
            .then(|| std::mem::take(&mut self.said_of_tests))
            .filter(|_| step != Step::Stopped);
        if !self.is_embedded() && self.project.exercise().is_none() {
            return; // nobody asks what it printed
        }
        let output = self.console.text(|level| !matches!(level, Level::Image | Level::Note));
        let ok = shows || matches!(step, Step::Finished { ok: true, .. });
        let verdict = self.judge(ok, &output, said);
        let shown = self.session.now(|screen| screen.exercise.is_some());
        if let Some(verdict) = verdict.as_ref().filter(|_| shown) {
            self.announce(&verdict.sentence());
        }
        self.tell_host(Outcome { ok, output }, verdict.as_ref());
        self.screen.update(|screen| screen.verdict = verdict.map(Arc::new));
    }

    /// A host hears of every run whether it printed what was expected; the page's user of checks.
    fn judge(&self, ok: bool, output: &str, said: Option<Vec<Test>>) -> Option<Verdict> {
        let (_, Worked { exercise, .. }) = self.project.exercise()?;
        let wanted = said.is_some() || (self.is_embedded() && exercise.expected.is_some());
        wanted.then(|| Verdict::of(exercise, ok, output, said))
    }

    /// The file that hidden lines stand before, and these.
    pub(super) fn setup(&self) -> Option<(&File, &str)> {
        let (file, worked) = self.project.exercise()?;
        let setup = worked.exercise.setup.trim_end();
        (!setup.is_empty()).then_some((file, setup))
    }

    /// Places are those of the text that is shown.
    pub(super) fn without_hidden_lines(&self, mut entry: Entry) -> Entry {
        let Some((File { path, text, .. }, _)) = self.project.exercise() else { return entry };
        let count = |text: &str| u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
        let before = self.setup().map_or(0, |(_, setup)| count(setup));
        let last = before.saturating_add(count(text).max(1));
        let shown =
            |place: &Place| place.path != *path || (before + 1..=last).contains(&place.line);
        entry.trace.retain(shown);
        let moved = |place: &&mut Place| place.path == *path;
        entry.trace.iter_mut().filter(moved).for_each(|place| place.line -= before);
        entry
    }

    /// Keeps the given lines of the open file as they are.
    pub(super) fn hold_given_lines(&self) {
        let open = self.project.open_file();
        let given = self.project.exercise().filter(|(file, _)| file.id == open.id);
        if let (Some((_, worked)), Some(document)) = (given, self.assist.document()) {
            let text = document.text();
            let given = worked.exercise.fixed_in(text).unwrap_or_default();
            self.with_editor(|editor| editor.hold(text, &given));
        }
    }

    /// Shows the panel what is to be done, if anything is.
    pub(super) fn show_exercise(&mut self) {
        let embedded = self.is_embedded();
        let shown = self.project.exercise().filter(|(_, worked)| !embedded || worked.has_tests());
        let view = shown.map(|(file, worked)| ExerciseView {
            path: file.path.clone(),
            task: worked.exercise.task.clone(),
            holds: worked.exercise.parts.iter().any(|part| part.fixed),
        });
        self.screen.update(|screen| {
            if view.is_some() && !embedded {
                screen.panel_open = true;
                screen.panel = Panel::Exercise;
            } else if screen.panel == Panel::Exercise {
                screen.panel = Panel::Output;
            }
            screen.exercise = view;
            screen.verdict = None;
        });
    }

    fn start_over(&mut self) {
        self.snapshot(Reason::Exercise);
        let Some((file, worked)) = self.project.exercise() else { return };
        let (id, text) = (file.id, worked.exercise.text());
        self.open_file(id);
        self.with_editor(|editor| {
            editor.hold("", &[]);
            editor.write(id.0, &text);
        });
        self.hold_given_lines();
        self.screen.update(|screen| screen.verdict = None);
        self.announce(words::STARTED_OVER);
        self.with_editor(Editor::focus);
    }

    /// A file with marks becomes an exercise; one without gets marks to fill in.
    fn make_exercise(&mut self) {
        self.read_editor();
        let File { path, text, .. } = self.project.open_file().clone();
        if self.project.exercise().is_some() {
            return self.warn(words::IS_EXERCISE);
        }
        if !has_marks(&text) {
            let source = template(&text, language::comment(&path));
            let id = self.project.open_file().id.0;
            self.with_editor(|editor| editor.write(id, &source));
            return self.say_done(words::HAS_MARKS);
        }
        let mut draft = self.project.draft();
        draft.files[draft.open].text = Exercise::parse(&text).text();
        draft.exercise = Some(DraftExercise { path, source: text });
        self.replace_project(draft, Reason::Exercise, words::EXERCISE_MADE);
    }

    /// The file with its marks is a file as any other.
    fn edit_exercise(&mut self) {
        let mut draft = self.project.draft();
        let Some(DraftExercise { path, source }) = draft.exercise.take() else { return };
        for (at, file) in draft.files.iter_mut().enumerate().filter(|(_, file)| file.path == path) {
            file.text.clone_from(&source);
            draft.open = at;
        }
        self.replace_project(draft, Reason::Exercise, words::EXERCISE_MARKS);
    }
}
