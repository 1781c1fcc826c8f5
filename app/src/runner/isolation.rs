//! Whether this browser gives a sandboxed frame a process of its own: found out, not looked up.
//! Where it does not, a frame's endless loop is the page's, and the frame must guard itself.

use crate::page;
use gloo_timers::callback::Timeout;

/// For how long a frame keeps its thread busy while the page looks at its own.
const SPIN_MS: u32 = 40;
const LOOK_AFTER_MS: u32 = 5;
/// A timer that is later than this waited for the frame.
const LATE_MS: f64 = 20.0;
const MOST_TRIES: u32 = 3;

/// What is known so far. Until the frame is known to stand alone, it counts as the page's.
#[derive(Debug, Default)]
pub(crate) struct Isolation {
    proved: bool,
    tries: u32,
    timer: Option<Timeout>,
}

impl Isolation {
    pub(crate) const fn guard(&self) -> bool {
        !self.proved
    }

    /// How long a frame should spin now, if there is still something to find out; `look` is called
    /// while it does, with whether the page went on meanwhile.
    pub(crate) fn begin(&mut self, look: impl FnOnce(bool) + 'static) -> Option<u32> {
        if self.proved || self.tries == MOST_TRIES {
            return None;
        }
        self.tries += 1;
        let begun = page::now_ms();
        self.timer = Some(Timeout::new(LOOK_AFTER_MS, move || {
            look(page::now_ms() - begun < LATE_MS);
        }));
        Some(SPIN_MS)
    }

    pub(crate) fn found(&mut self, alone: bool) {
        self.proved |= alone;
        self.timer = None;
    }
}
