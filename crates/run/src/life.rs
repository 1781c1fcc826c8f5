//! One run from “Run” to its end: starting, running, asking the user about a program that does not
//! come to rest, finished. Times are milliseconds on the caller's clock.

/// A program that has not come to rest for this long is asked about, once; after “keep going” each
/// next question takes twice as long.
const ASK_AFTER_MS: f64 = 5_000.0;

/// Where a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Step {
    #[default]
    Idle,
    /// The runtime is loading.
    Starting,
    /// So many tenths of the runtime are here.
    Fetching {
        tenths: u8,
    },
    Running,
    /// It ended by itself, well or with an error, after this long.
    Finished {
        ok: bool,
        ms: f64,
    },
    /// The user ended it.
    Stopped,
}

impl Step {
    #[must_use]
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Starting | Self::Fetching { .. } | Self::Running)
    }
}

/// What a program waits for, or is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It does not come to rest: stop it, or let it go on?
    KeepGoing { seconds: u64 },
    /// It wants a line of input.
    Input { prompt: String },
    /// Its language runs on a server, and the user has named none yet.
    Endpoint,
}

#[derive(Clone, Debug, Default)]
pub struct Run {
    step: Step,
    asked: Option<Asked>,
    patience_ms: f64,
}

impl Run {
    #[must_use]
    pub const fn step(&self) -> Step {
        self.step
    }

    #[must_use]
    pub const fn asked(&self) -> Option<&Asked> {
        self.asked.as_ref()
    }

    pub fn start(&mut self) {
        *self = Self { step: Step::Starting, asked: None, patience_ms: ASK_AFTER_MS };
    }

    pub fn fetching(&mut self, tenths: u8) {
        if matches!(self.step, Step::Starting | Step::Fetching { .. }) {
            self.step = Step::Fetching { tenths };
        }
    }

    pub fn running(&mut self) {
        if matches!(self.step, Step::Starting | Step::Fetching { .. }) {
            self.step = Step::Running;
        }
    }

    pub fn asks(&mut self, prompt: String) {
        if self.step.is_active() {
            self.asked = Some(Asked::Input { prompt });
        }
    }

    /// Nothing runs before the user has named a server.
    pub fn wants_endpoint(&mut self) {
        *self = Self { asked: Some(Asked::Endpoint), ..Self::default() };
    }

    /// The user answered the program.
    pub fn answered(&mut self) {
        self.asked = None;
    }

    /// The program has been busy for this long.
    pub fn busy(&mut self, ms: f64) {
        if self.step != Step::Running {
            return;
        }
        match self.asked {
            Some(Asked::KeepGoing { .. }) if ms < ASK_AFTER_MS => self.asked = None,
            None if ms >= self.patience_ms => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "whole seconds of a small positive number"
                )]
                let seconds = (ms / 1_000.0) as u64;
                self.asked = Some(Asked::KeepGoing { seconds });
            }
            _ => {}
        }
    }

    /// “Keep going”: ask again, but later.
    pub fn keep_going(&mut self) {
        if matches!(self.asked, Some(Asked::KeepGoing { .. })) {
            self.asked = None;
            self.patience_ms *= 2.0;
        }
    }

    pub fn finish(&mut self, ok: bool, ms: f64) {
        if self.step.is_active() {
            self.step = Step::Finished { ok, ms };
            self.asked = None;
        }
    }

    pub fn stop(&mut self) {
        if self.step.is_active() {
            self.step = Step::Stopped;
            self.asked = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_program_is_asked_about_and_later_again() {
        let mut run = Run::default();
        run.start();
        run.busy(9_000.0);
        assert_eq!(run.asked(), None, "it has not begun");
        run.running();
        run.busy(4_000.0);
        assert_eq!(run.asked(), None);
        run.busy(5_100.0);
        assert_eq!(run.asked(), Some(&Asked::KeepGoing { seconds: 5 }));
        run.keep_going();
        run.busy(9_000.0);
        assert_eq!(run.asked(), None);
        run.busy(10_000.0);
        assert_eq!(run.asked(), Some(&Asked::KeepGoing { seconds: 10 }));
    }

    #[test]
    fn a_program_that_comes_to_rest_is_not_asked_about_any_more() {
        let mut run = Run::default();
        run.start();
        run.running();
        run.busy(6_000.0);
        run.busy(10.0);
        assert_eq!((run.asked(), run.step()), (None, Step::Running));
    }

    #[test]
    fn a_question_for_input_is_not_replaced_by_impatience() {
        let mut run = Run::default();
        run.start();
        run.running();
        run.asks("name".into());
        run.busy(60_000.0);
        assert_eq!(run.asked(), Some(&Asked::Input { prompt: "name".into() }));
        run.answered();
        run.finish(true, 12.0);
        assert_eq!((run.asked(), run.step()), (None, Step::Finished { ok: true, ms: 12.0 }));
    }

    #[test]
    fn a_runtime_that_comes_is_told_of_until_the_program_runs() {
        let mut run = Run::default();
        run.fetching(1);
        assert_eq!(run.step(), Step::Idle);
        run.start();
        run.fetching(4);
        assert_eq!(run.step(), Step::Fetching { tenths: 4 });
        assert!(run.step().is_active());
        run.running();
        run.fetching(9);
        assert_eq!(run.step(), Step::Running);
    }

    #[test]
    fn what_has_ended_stays_ended() {
        let mut run = Run::default();
        run.start();
        run.stop();
        run.finish(true, 1.0);
        run.running();
        run.asks("late".into());
        assert_eq!((run.step(), run.asked()), (Step::Stopped, None));
    }
}
