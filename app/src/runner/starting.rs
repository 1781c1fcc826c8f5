//! The way of a run to its first line: what the running frame is waited for, and what follows when it
//! does not come. The times are those of `flint_run::Start`.

use super::local::Runner;
use super::signal::{Report, Signal};
use super::slot::State;
use flint_run::{Late, Runtime, Waiting};
use gloo_timers::callback::Timeout;
use std::rc::Rc;

impl Runner {
    /// Waits for what the running frame must do next, but not for ever.
    pub(super) fn expect(&mut self, waiting: Waiting) {
        self.expect_of(self.number_running(), waiting);
    }

    /// The same of the frame with this number.
    pub(super) fn expect_of(&mut self, number: u32, waiting: Waiting) {
        let send = Rc::clone(&self.send);
        let late = move || send(Signal::Late(number, waiting));
        self.expected = Some((waiting, Timeout::new(self.start.wait_ms(waiting), late)));
    }

    /// The running frame goes on with its start.
    pub(super) fn goes_on(&mut self) -> Vec<Report> {
        let Some(slot) = self.running.as_ref().filter(|_| self.request.is_some()) else {
            return vec![];
        };
        let waiting = match slot.state {
            State::Standing => Waiting::Files,
            State::Preparing => Waiting::Runtime,
            State::Opening | State::Prepared => return vec![],
        };
        let tenths = self.runtimes.tenths(slot.runtime);
        self.expect(waiting);
        tenths.map(|tenths| Report::Fetching { tenths }).into_iter().collect()
    }

    /// More of a runtime is here; who waits for it waits on.
    pub(super) fn comes(&mut self, runtime: Runtime, tenths: u8) -> Vec<Report> {
        self.runtimes.come(runtime, tenths);
        let waits = self.running.as_ref().is_some_and(|slot| slot.runtime == runtime);
        if waits && self.waits_for_files() { self.goes_on() } else { vec![] }
    }

    pub(super) fn waits_for_files(&self) -> bool {
        matches!(self.expected, Some((Waiting::Files, _)))
    }

    /// What the running frame waited for has not come: another frame, or an end with a sentence.
    pub(super) fn late(&mut self, number: u32, waiting: Waiting, sentence: String) -> Vec<Report> {
        let Some(runtime) = self.running.as_ref().filter(|slot| slot.number == number) else {
            self.spare_is_late(number);
            return vec![];
        };
        let runtime = runtime.runtime;
        let late = self.start.late(waiting);
        // What does not start may have arrived damaged, so it is fetched anew.
        if waiting == Waiting::Runtime || (waiting == Waiting::Files && late == Late::GiveUp) {
            self.runtimes.forget(runtime);
        }
        match late {
            Late::AnotherFrame => self.replace_running(number),
            Late::GiveUp => {
                self.policy_failed = false;
                self.spare = None;
                self.fail(sentence)
            }
        }
    }
}
