//! Picks the next token from logits.

use crate::numeric::maximum;

/// The most likely token; of equals the first. 0 for empty logits.
pub fn argmax(logits: &[f32]) -> u32 {
    let most = maximum(logits);
    logits.iter().position(|logit| *logit == most).unwrap_or_default() as u32
}

#[cfg(test)]
mod tests {
    use super::argmax;

    #[test]
    fn of_equals_the_first_wins_and_nan_never_does() {
        assert_eq!(argmax(&[0.0, f32::NAN, 3.0, 3.0]), 2);
        assert_eq!(argmax(&[]), 0);
        assert_eq!(argmax(&[f32::NAN]), 0);
    }
}
