//! How long to wait for a worker, and how often to start another. Pure, so it can be tested.

/// A worker that says nothing this long after its start never will.
pub(crate) const HELLO_MS: u32 = 20_000;
/// A download that stands still this long has failed.
pub(crate) const LOADING_MS: u32 = 30_000;
/// A worker that leaves a request unanswered this long hangs or is gone.
pub(crate) const ANSWER_MS: u32 = 5_000;

const RESTARTS: u32 = 5;
const FIRST_PAUSE_MS: u32 = 250;

/// Counts the workers lost since the last one that answered.
#[derive(Debug, Default)]
pub(crate) struct Patience {
    lost: u32,
}

impl Patience {
    /// A worker is lost: the pause before the next start, or none when it is enough.
    pub(crate) fn after_loss(&mut self) -> Option<u32> {
        let pause = FIRST_PAUSE_MS << self.lost.min(RESTARTS);
        self.lost += 1;
        (self.lost <= RESTARTS).then_some(pause)
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
}
