//! The preview of before, which stays in sight until the next one is drawn, so that nothing blinks. Nothing
//! that it says is heard any more.

use super::frame::Place;
use super::local::Runner;
use super::signal::Signal;
use super::slot::Slot;
use super::watch::Watch;
use flint_run::Runtime;
use gloo_timers::callback::Timeout;
use std::rc::Rc;

/// So many frames may come late before it has to go: it could be what holds them.
const PATIENCE: u32 = 3;
/// A document that is not drawn by then is shown all the same, with what it has.
const LONGEST_MS: u32 = 2_000;

pub(super) struct Leaving {
    slot: Slot,
    patience: u32,
    _end: Timeout,
}

impl Leaving {
    /// `end` is called when it has been shown for long enough.
    pub(super) fn new(slot: Slot, end: impl FnOnce() + 'static) -> Self {
        Self { slot, patience: PATIENCE, _end: Timeout::new(LONGEST_MS, end) }
    }

    pub(super) fn number(&self) -> u32 {
        self.slot.number
    }

    /// Another frame has come late.
    pub(super) fn wait(self) -> Option<Self> {
        let patience = self.patience.checked_sub(1)?;
        Some(Self { patience, ..self })
    }
}

impl Runner {
    /// The preview that stays in sight for one of its kind: not one that holds its thread, for the next frame may
    /// be of the same process.
    pub(super) fn leave(&mut self, runtime: Runtime) -> Option<Leaving> {
        let calm = self.watch.as_ref().is_some_and(Watch::is_calm);
        let stays = |slot: &mut Slot| calm && slot.painted && runtime.shows();
        let slot = self.running.take_if(stays)?;
        let (send, number) = (Rc::clone(&self.send), slot.number);
        Some(Leaving::new(slot, move || send(Signal::ShownForLong(number))))
    }

    /// The running document takes the place of the one before, in one frame of the screen.
    pub(super) fn show_running(&mut self) {
        if let Some(slot) = self.running.as_mut().filter(|slot| slot.runtime.shows()) {
            slot.painted = true;
            slot.frame.enter(Place::Shown);
            self.leaving = None;
        }
    }
}
