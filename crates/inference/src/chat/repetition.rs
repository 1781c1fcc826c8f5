//! Whether an answer only says again what it has said: small models that take the likeliest token fall into it.

/// The longest thing that is said again and again, in tokens.
const LONGEST: usize = 64;
/// What is said at least so often in a row, and takes at least so many tokens together, is a loop.
const TIMES: usize = 4;
const LEAST: usize = 48;

/// Whether the end of an answer goes round in a circle.
pub(super) fn goes_round(said: &[u32]) -> bool {
    (1..=LONGEST).any(|period| {
        let length = (period * TIMES).max(LEAST);
        let Some(end) = said.len().checked_sub(length).map(|from| &said[from..]) else {
            return false;
        };
        end[period..] == end[..length - period]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_four_times_is_a_loop_and_a_list_is_none() {
        let again = |what: &[u32], times: usize| what.repeat(times);
        let sentence: Vec<u32> = (0..20).collect();
        assert!(goes_round(&again(&sentence, 4)) && !goes_round(&again(&sentence, 3)));
        assert!(!goes_round(&again(&[7], LEAST - 1)) && goes_round(&again(&[7], LEAST)));
        let rows: Vec<u32> = (0..90).flat_map(|row| [1, 2, 100 + row]).collect();
        assert!(!goes_round(&rows) && !goes_round(&[]));
        let long: Vec<u32> = (0..=LONGEST as u32).collect();
        assert!(!goes_round(&again(&long, 5)));
    }
}
