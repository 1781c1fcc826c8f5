//! How long to wait after a key before a server is asked what comes next: so long that a word is not a
//! request for each of its letters, and no longer.

/// Bounds of the wait, in milliseconds.
const LEAST_MS: f64 = 60.0;
const MOST_MS: f64 = 800.0;
/// A longer pause between two keys is no part of somebody's typing.
const PAUSE_MS: f64 = 1_000.0;
/// What an older time counts for when a new one comes.
const FADE: f64 = 0.7;
/// How many times the usual pause between two keys.
const PATIENCE: f64 = 1.5;

/// Of one server, in milliseconds of any clock that goes forward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    last_ms: f64,
    between_ms: f64,
    answer_ms: f64,
    /// Grows with suggestions that were not wanted, shrinks with those that were.
    reserve: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { last_ms: f64::NEG_INFINITY, between_ms: 160.0, answer_ms: 0.0, reserve: 1.0 }
    }
}

impl Pace {
    /// A suggestion is wanted now; how long to wait for another key first.
    pub fn wait_ms(&mut self, now_ms: f64) -> f64 {
        let between = now_ms - std::mem::replace(&mut self.last_ms, now_ms);
        if between < PAUSE_MS {
            self.between_ms = self.between_ms * FADE + between * (1.0 - FADE);
        }
        // The server's own time is a wait already.
        let wait = (self.between_ms * PATIENCE - self.answer_ms) * self.reserve;
        wait.clamp(LEAST_MS, MOST_MS)
    }

    /// An answer took so long.
    pub fn answered(&mut self, ms: f64) {
        self.answer_ms = self.answer_ms * FADE + ms * (1.0 - FADE);
    }

    /// What the user did with a suggestion.
    pub fn judged(&mut self, wanted: bool) {
        self.reserve = (self.reserve * if wanted { 0.8 } else { 1.5 }).clamp(0.5, 4.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Waits of a steady typist.
    fn typed(pace: &mut Pace, every_ms: f64) -> f64 {
        (0..30).map(|key| pace.wait_ms(f64::from(key) * every_ms)).last().unwrap_or_default()
    }

    #[test]
    fn who_types_quickly_is_not_asked_for_long() {
        let (mut quick, mut slow) = (Pace::default(), Pace::default());
        let (quick_ms, slow_ms) = (typed(&mut quick, 80.0), typed(&mut slow, 300.0));
        assert!((100.0..140.0).contains(&quick_ms), "{quick_ms}");
        assert!(slow_ms > quick_ms * 3.0 && slow_ms <= MOST_MS, "{slow_ms}");
    }

    #[test]
    fn a_pause_is_no_typing_and_a_server_s_own_time_counts() {
        let mut pace = Pace::default();
        let before = pace.wait_ms(0.0);
        assert_eq!(pace.wait_ms(60_000.0), before);
        (0..20).for_each(|_| pace.answered(500.0));
        assert_eq!(pace.wait_ms(120_000.0), LEAST_MS);
    }

    #[test]
    fn what_is_not_wanted_comes_later() {
        let mut pace = Pace::default();
        let before = pace.wait_ms(0.0);
        pace.judged(false);
        let after = pace.wait_ms(10_000.0);
        assert!(after > before);
        (0..9).for_each(|_| pace.judged(true));
        assert!(pace.wait_ms(20_000.0) < before);
        (0..99).for_each(|_| pace.judged(false));
        assert!(pace.wait_ms(30_000.0) <= MOST_MS);
    }
}
