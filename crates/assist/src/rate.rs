//! How fast the engine decodes, as a person is told: an answer of three tokens says little alone.

use flint_protocol::Timings;

/// What an older answer counts for when a new one comes.
const FADE: f64 = 0.8;
/// Fewer tokens than these tell nothing.
const ENOUGH: f64 = 16.0;

/// Tokens and the time they took, the newest counting most.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rate {
    tokens: f64,
    ms: f64,
}

impl Rate {
    /// An answer is there.
    pub fn add(&mut self, timings: &Timings) {
        self.tokens = self.tokens * FADE + timings.decode_steps();
        self.ms = self.ms * FADE + timings.decode_ms;
    }

    /// None before enough is known.
    pub fn tokens_per_second(self) -> Option<f64> {
        (self.tokens >= ENOUGH && self.ms > 0.0).then(|| self.tokens * 1000.0 / self.ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(completion_tokens: u32, decode_ms: f64) -> Timings {
        Timings { completion_tokens, decode_ms, ..Timings::default() }
    }

    #[test]
    fn one_short_answer_says_nothing_and_moves_little() {
        let mut rate = Rate::default();
        rate.add(&answer(3, 0.1));
        assert_eq!(rate.tokens_per_second(), None);
        let mut rate = Rate::default();
        rate.add(&answer(101, 100.0));
        assert_eq!(rate.tokens_per_second(), Some(1000.0));
        rate.add(&answer(3, 0.1));
        let told = rate.tokens_per_second().expect("a rate");
        assert!((1000.0..1100.0).contains(&told), "{told}");
    }
}
