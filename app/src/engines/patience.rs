//! How long to wait for a worker, and how often to start another. Pure, so it can be tested.

/// A worker that says nothing this long after its start never will.
pub(crate) const HELLO_MS: u32 = 20_000;
/// A download that stands still this long has failed.
pub(crate) const LOADING_MS: u32 = 30_000;

/// A bigger model says nothing while the browser translates it for its device.
pub(crate) const TRANSLATING_MS: u32 = 300_000;
/// It reads a prompt that is new to it for as long as this on a slow device.
pub(crate) const BIGGER_ANSWER_MS: u32 = 120_000;

/// A worker that leaves a request unanswered this long hangs or is gone.
const ANSWER_MS: u32 = 5_000;
const RESTARTS: u32 = 5;
const FIRST_PAUSE_MS: u32 = 250;

/// What the workers so far have taught.
#[derive(Debug, Default)]
pub(crate) struct Patience {
    /// Workers lost since the last one that answered.
    lost: u32,
    /// Workers that were given up for their silence, ever.
    overdue: u32,
}

impl Patience {
    /// A worker is lost: the pause before the next start, or none when it is enough.
    pub(crate) fn after_loss(&mut self) -> Option<u32> {
        let pause = FIRST_PAUSE_MS << self.lost.min(RESTARTS);
        self.lost += 1;
        (self.lost <= RESTARTS).then_some(pause)
    }

    /// A worker was silent for too long: it may only be slow, so the next one gets more time.
    pub(crate) fn after_silence(&mut self) {
        self.overdue += 1;
    }

    /// How long to wait for an answer.
    pub(crate) fn answer_ms(&self) -> u32 {
        ANSWER_MS << self.overdue.min(3)
    }

    /// A worker has answered: whatever went wrong is over.
    pub(crate) fn renew(&mut self) {
        self.lost = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_end() {
        let mut patience = Patience::default();
        let pauses: Vec<_> = (0..7).map(|_| patience.after_loss()).collect();
        assert_eq!(pauses, [Some(250), Some(500), Some(1000), Some(2000), Some(4000), None, None]);
        patience.renew();
        assert_eq!(patience.after_loss(), Some(250));
    }

    #[test]
    fn slow_workers_get_more_time_and_keep_it() {
        let mut patience = Patience::default();
        let waits: Vec<_> = (0..5)
            .map(|_| {
                patience.after_silence();
                patience.renew();
                patience.answer_ms()
            })
            .collect();
        assert_eq!(waits, [10_000, 20_000, 40_000, 40_000, 40_000]);
    }
}
