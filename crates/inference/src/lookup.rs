//! Guesses the next tokens by what followed the same tokens further up, and knows how often that
//! came true. Knows nothing of models: what it guesses is checked by one.
//!
//! Source: Saxena, "Prompt Lookup Decoding" (2023); checked as in Leviathan et al., "Fast Inference
//! from Transformers via Speculative Decoding", arXiv 2211.17192, without its sampling, for decoding
//! here is greedy.

/// A token read beside others costs this share of one read alone where nobody has measured it.
const COST: f32 = 0.6;
/// A guess that comes true less often than it costs is not worth its reading; nor is one that
/// hardly gains, for being wrong costs too.
const MOST_COST: f32 = 0.6;
/// Tokens that have to agree before what followed them is worth a look, and the most that count.
const SHORTEST: usize = 2;
const LONGEST: usize = 8;
/// Most tokens of a guess.
const MOST: usize = 15;
/// Weight of the newest outcome.
const NEWEST: f32 = 0.06;

/// Learns as it goes; a guess never changes the text, only how soon it comes.
#[derive(Debug)]
pub(crate) struct Lookup {
    /// How often a guessed token came true, by the length of what agreed.
    rates: [f32; LONGEST + 1],
    /// Length of what agreed for the newest guess, and its first token.
    newest: Option<(usize, u32)>,
    /// What reading a guessed token costs, as a share of a step.
    pub(crate) cost: f32,
}

impl Default for Lookup {
    fn default() -> Self {
        let rates = std::array::from_fn(|length| 1.0 - 0.5f32.powi(length as i32 / 2));
        Self { rates, newest: None, cost: COST }
    }
}

impl Lookup {
    /// What may follow `text`, as many tokens as are worth their reading.
    pub(crate) fn guess<'a>(&mut self, text: &'a [u32]) -> &'a [u32] {
        self.newest = None;
        if self.cost > MOST_COST {
            return &[];
        }
        let Some((length, following)) = longest_match(text) else { return &[] };
        self.newest = following.first().map(|first| (length, *first));
        let rate = self.rates[length].clamp(0.01, 0.99);
        // The k-th token is right with probability rate^k.
        let worth = (self.cost.max(0.05).ln() / rate.ln()) as usize;
        &following[..worth.min(MOST).min(following.len())]
    }

    /// `token` is what the newest guess was about, whether it was read or not.
    pub(crate) fn came(&mut self, token: u32) {
        if let Some((length, guessed)) = self.newest {
            let outcome = f32::from(u8::from(guessed == token));
            self.rates[length] += NEWEST * (outcome - self.rates[length]);
        }
    }

    /// The newest guess goes on: its next token is this one.
    pub(crate) fn next(&mut self, token: Option<u32>) {
        self.newest = match (self.newest, token) {
            (Some((length, _)), Some(token)) => Some(((length + 1).min(LONGEST), token)),
            _ => None,
        };
    }
}

/// The longest end of the text that stands further up as well, the newest of equals, and what
/// follows it there.
fn longest_match(text: &[u32]) -> Option<(usize, &[u32])> {
    let (last, before) = text.split_last()?;
    let mut best = (SHORTEST - 1, 0);
    for (at, _) in before.iter().enumerate().rev().filter(|(_, token)| *token == last) {
        let pairs = before[..at].iter().rev().zip(before.iter().rev());
        let length = 1 + pairs.take(LONGEST - 1).take_while(|(a, b)| a == b).count();
        if length > best.0 {
            best = (length, at + 1);
        }
        if length == LONGEST {
            break;
        }
    }
    (best.0 >= SHORTEST).then(|| (best.0, &text[best.1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_agreement_wins_and_the_newest_of_equals() {
        assert_eq!(
            longest_match(&[1, 2, 3, 9, 7, 2, 3, 8, 1, 2, 3]),
            Some((3, &[9, 7, 2, 3, 8, 1, 2, 3][..]))
        );
        assert_eq!(longest_match(&[2, 3, 9, 2, 3, 8, 2, 3]), Some((2, &[8, 2, 3][..])));
        assert_eq!(longest_match(&[3, 9, 3]), None, "one token says nothing");
        assert_eq!(longest_match(&[]), None);
    }

    #[test]
    fn guesses_grow_with_their_success_and_end_with_their_failure() {
        let mut lookup = Lookup::default();
        let text: Vec<u32> = (0..40).chain(0..10).collect();
        let first = lookup.guess(&text).len();
        for _ in 0..100 {
            lookup.guess(&text);
            lookup.came(10);
        }
        let grown = lookup.guess(&text).len();
        for _ in 0..200 {
            lookup.guess(&text);
            lookup.came(99);
        }
        assert!(first < grown && grown == MOST, "{first}, {grown}");
        assert_eq!(lookup.guess(&text), [] as [u32; 0]);
    }
}
