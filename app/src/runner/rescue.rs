//! Notices a frame that does not answer at all. Browsers put the frames of one site into one process:
//! a program that holds its thread holds the next one's too, until every frame of it is gone.

use gloo_timers::callback::Timeout;

/// A frame that stands answers within this time; then twice as long, and so on.
const ANSWER_MS: u32 = 80;
const MOST_RESCUES: u32 = 4;

#[derive(Debug, Default)]
pub(crate) struct Rescue {
    tries: u32,
    timer: Option<Timeout>,
}

impl Rescue {
    /// Calls `late` when no answer has come in time; not any more after several tries in a row.
    pub(crate) fn expect(&mut self, late: impl FnOnce() + 'static) {
        let wait = ANSWER_MS << self.tries;
        self.timer = (self.tries < MOST_RESCUES).then(|| Timeout::new(wait, late));
        self.tries += 1;
    }

    pub(crate) fn answered(&mut self) {
        *self = Self::default();
    }
}
