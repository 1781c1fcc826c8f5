//! The gate's weights, by expectation maximization.

use flint_inference::Observation;
use flint_ngram::BUCKETS;

const ROUNDS: usize = 30;
/// Pretended evidence for each bucket, so that a rare one stays careful.
const PRIOR_REACHED: f64 = 4.0;
const PRIOR_USED: f64 = 0.4;
const MAX_WEIGHT: f64 = 0.97;
const LEAST: f64 = 1e-9;

pub(super) fn fit(observations: &[Observation]) -> Vec<f32> {
    let mut weights = vec![0.2; BUCKETS];
    for round in 0..ROUNDS {
        let loss = maximize(observations, &mut weights);
        if round == 0 || round == ROUNDS - 1 {
            eprintln!("round {round}: {loss:.4} nats a token of {}", observations.len());
        }
    }
    let alone: f64 =
        observations.iter().map(|seen| -f64::from(seen.transformer).max(LEAST).ln()).sum();
    eprintln!("the transformer alone: {:.4}", alone / observations.len() as f64);
    weights.into_iter().map(|weight| weight as f32).collect()
}

/// One round; the loss before it, in nats a token.
fn maximize(observations: &[Observation], weights: &mut [f64]) -> f64 {
    let mut used = vec![PRIOR_USED; BUCKETS];
    let mut reached = vec![PRIOR_REACHED; BUCKETS];
    let mut loss = 0.0;
    for seen in observations {
        let mut mixed = vec![f64::from(seen.transformer).max(LEAST)];
        for step in &seen.counts {
            let (before, weight) = (mixed[mixed.len() - 1], weights[step.bucket]);
            let left = before * (1.0 - weight * f64::from(step.said));
            mixed.push(left + weight * f64::from(step.counted));
        }
        loss -= mixed[mixed.len() - 1].ln();
        // From the last step back: how likely is it that the token came from here?
        let mut share = 1.0;
        for (index, step) in seen.counts.iter().enumerate().rev() {
            let (before, after) = (mixed[index], mixed[index + 1]);
            let weight = weights[step.bucket];
            let here = f64::from(step.counted) + before * (1.0 - f64::from(step.said));
            used[step.bucket] += share * weight * here / after;
            reached[step.bucket] += share;
            share *= before * (1.0 - weight * f64::from(step.said)) / after;
        }
    }
    for (weight, (used, reached)) in weights.iter_mut().zip(used.iter().zip(&reached)) {
        *weight = (used / reached).min(MAX_WEIGHT);
    }
    loss / observations.len().max(1) as f64
}
