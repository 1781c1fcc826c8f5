//! The frame that waits for the next run, with its runtime loaded. It shares its process with the running
//! one, so a program that holds its thread holds the spare's too: then another is opened, in a new process.

use super::frame::FrameEvent;
use super::local::Runner;
use super::signal::{Report, Signal};
use super::slot::State;
use flint_protocol::{FromFrame, ToFrame};
use flint_run::{Runtime, Waiting};
use gloo_timers::callback::Timeout;
use std::rc::Rc;

/// A new spare is made this long after a run began, out of its way.
const AFTER_MS: u32 = 60;

impl Runner {
    /// Has a spare ready for this runtime, soon.
    pub(crate) fn warm(&mut self, runtime: Runtime) {
        if runtime.bundle().is_some()
            && self.spare.as_ref().is_none_or(|spare| spare.runtime != runtime)
        {
            let send = Rc::clone(&self.send);
            let timer = Timeout::new(AFTER_MS, move || send(Signal::Spare(runtime)));
            self.spare_timer = Some(timer);
        }
    }

    /// After a run of `runtime` was stopped: what comes next shall not have to find out that its process is held.
    pub(super) fn look_after_spare(&mut self, runtime: Option<Runtime>) {
        match (&self.spare, runtime) {
            (Some(spare), Some(runtime)) if runtime.shows() => {
                spare.frame.post(&ToFrame::Ping, &[]);
                self.expect_of(spare.number, Waiting::Answer);
            }
            (None, Some(runtime)) if runtime.bundle().is_some() => self.renew_spare(runtime),
            _ => {}
        }
    }

    fn renew_spare(&mut self, runtime: Runtime) {
        self.spare_timer = None;
        // Gone before the next one comes, or both would be of one process.
        self.spare = None;
        self.spare = self.open(runtime).ok();
    }

    /// The spare with this number has not answered.
    pub(super) fn spare_is_late(&mut self, number: u32) {
        let late = self.spare.as_ref().filter(|spare| spare.number == number);
        if let Some(runtime) = late.map(|spare| spare.runtime) {
            self.renew_spare(runtime);
        }
    }

    pub(super) fn hear_spare(&mut self, number: u32, event: FrameEvent) -> Vec<Report> {
        let Some(spare) = self.spare.as_mut().filter(|spare| spare.number == number) else {
            return vec![];
        };
        match event {
            FrameEvent::Message(FromFrame::Hello) => {
                let stood = Some(spare.stand());
                self.stands(stood);
            }
            FrameEvent::Message(FromFrame::Prepared) => {
                spare.state = State::Prepared;
                spare.frame.mark_prepared();
                let send = Rc::clone(&self.send);
                if let Some(ms) = self.isolation.begin(move |alone| send(Signal::Isolated(alone))) {
                    spare.frame.post(&ToFrame::Spin { ms }, &[]);
                }
            }
            // Nothing runs, so this is what is waited for.
            FrameEvent::Message(FromFrame::Pong { .. }) => self.expected = None,
            FrameEvent::NotOpaque => {
                self.policy_failed = true;
                let runtime = spare.runtime;
                self.spare = None;
                self.warm(runtime);
            }
            _ => self.spare = None,
        }
        vec![]
    }
}
