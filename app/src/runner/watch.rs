//! Asks a running frame every half second whether it is at rest. A frame that does not even answer
//! is as busy as its program.

use crate::page;
use gloo_timers::callback::Interval;

const EVERY_MS: u32 = 500;

#[derive(Debug)]
pub(crate) struct Watch {
    asked_at_ms: Option<f64>,
    _timer: Interval,
}

impl Watch {
    pub(crate) fn start(tick: impl Fn() + 'static) -> Self {
        Self { asked_at_ms: None, _timer: Interval::new(EVERY_MS, tick) }
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

    pub(crate) fn answered(&mut self) {
        self.asked_at_ms = None;
    }
}
