//! How likely a proposal is to be accepted: a logistic regression over its features.

use crate::draft::{FEATURES, Proposal};

/// The probability that a proposal is right as far as it goes. Without weights it is the
/// likelihood of its tokens.
pub fn probability(weights: &[f32], features: &[f32; FEATURES]) -> f32 {
    if weights.len() != FEATURES {
        return (features[1] * 4.0).exp();
    }
    let sum: f32 = weights.iter().zip(features).map(|(weight, feature)| weight * feature).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// The longest proposal that is likely enough, with its probability.
pub(crate) fn choose(
    weights: &[f32],
    proposals: Vec<Proposal>,
    threshold: f32,
) -> Option<(Proposal, f32)> {
    let rated = proposals.into_iter().map(|proposal| {
        let probability = probability(weights, &proposal.features);
        (proposal, probability)
    });
    rated.into_iter().find(|(_, probability)| *probability >= threshold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal(text: &str, bias: f32) -> Proposal {
        let mut features = [0.0; FEATURES];
        features[0] = bias;
        Proposal { text: text.to_owned(), features }
    }

    #[test]
    fn the_longest_that_is_likely_enough_is_chosen() {
        let mut weights = vec![0.0; FEATURES];
        weights[0] = 1.0;
        let proposals = vec![proposal("a b c", -3.0), proposal("a b", 0.0), proposal("a", 3.0)];
        let chosen = choose(&weights, proposals.clone(), 0.5).map(|(chosen, p)| (chosen.text, p));
        assert_eq!(chosen, Some(("a b".to_owned(), 0.5)));
        assert!(choose(&weights, proposals, 0.99).is_none());
    }
}
