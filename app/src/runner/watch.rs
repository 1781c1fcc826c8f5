//! Asks a running frame every half second whether it is at rest. A frame that does not even answer
//! is as busy as its program.

use crate::page;
use flint_run::ANSWER_MS;
use gloo_timers::callback::Interval;

const EVERY_MS: u32 = 500;
/// Busy for less than this is at rest.
const CALM_MS: f64 = 300.0;

#[derive(Debug)]
pub(crate) struct Watch {
    asked_at_ms: Option<f64>,
    busy_ms: f64,
    _timer: Interval,
}

impl Watch {
    pub(crate) fn start(tick: impl Fn() + 'static) -> Self {
        Self { asked_at_ms: None, busy_ms: 0.0, _timer: Interval::new(EVERY_MS, tick) }
    }

    /// Whether to ask now; otherwise, for how long no answer has come.
    pub(crate) fn tick(&mut self) -> Option<f64> {
        let now = page::now_ms();
        let waited = self.asked_at_ms.map(|asked| now - asked);
        if waited.is_none() {
            self.asked_at_ms = Some(now);
        }
        waited
    }

    pub(crate) fn answered(&mut self, busy_ms: f64) {
        self.asked_at_ms = None;
        self.busy_ms = busy_ms;
    }

    /// Whether it was at rest when it was last asked, and owes no answer for long.
    pub(crate) fn is_calm(&self) -> bool {
        let waited = self.asked_at_ms.map_or(0.0, |asked| page::now_ms() - asked);
        self.busy_ms < CALM_MS && waited < CALM_MS
    }

    /// Whether it has owed an answer for so long that something holds its thread.
    pub(crate) fn is_held(&self) -> bool {
        self.asked_at_ms.is_some_and(|asked| page::now_ms() - asked > f64::from(ANSWER_MS))
    }
}
