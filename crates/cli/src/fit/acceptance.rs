//! The weights of the probability of being accepted, by logistic regression.

use super::CpuEngine;
use crate::{case::Case, host::TerminalHost, page};
use anyhow::Result;
use flint_inference::{FEATURES, probability};

const ROUNDS: usize = 3_000;
const RATE: f64 = 1.0;
const SHRINKAGE: f64 = 1e-4;

/// A proposal and whether it was right as far as it went.
pub(super) struct Sample {
    features: [f32; FEATURES],
    right: bool,
    /// The proposals of one case weigh as one together.
    weight: f64,
}

pub(super) fn samples(
    engine: &mut CpuEngine,
    cases: &[Case],
    host: &mut TerminalHost,
) -> Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for case in cases {
        let Some(mut request) = page::last_key(case.place()).1 else { continue };
        request.limits.min_likelihood = 0.0;
        let proposals = pollster::block_on(engine.propose(&request, host))?;
        // What closes the line already may be in the proposal too: the page cuts it off.
        let rest = case.suffix.split('\n').next().unwrap_or_default();
        let wanted = format!("{}{rest}", case.line());
        let weight = 1.0 / (proposals.len().max(1) as f64).sqrt();
        samples.extend(proposals.iter().map(|proposal| {
            let right = !case.is_noise() && wanted.starts_with(&proposal.text);
            Sample { features: proposal.features, right, weight }
        }));
    }
    Ok(samples)
}

pub(super) fn fit(samples: &[Sample]) -> Vec<f32> {
    let mut weights = [0.0f64; FEATURES];
    let mut speed = [0.0f64; FEATURES];
    let all: f64 = samples.iter().map(|sample| sample.weight).sum();
    for _ in 0..ROUNDS {
        let mut gradient = weights.map(|weight| weight * SHRINKAGE);
        let current = weights.map(|weight| weight as f32);
        for sample in samples {
            let wanted = f64::from(u8::from(sample.right));
            let miss = f64::from(probability(&current, &sample.features)) - wanted;
            for (slope, feature) in gradient.iter_mut().zip(&sample.features) {
                *slope += miss * sample.weight * f64::from(*feature) / all;
            }
        }
        for ((weight, speed), slope) in weights.iter_mut().zip(&mut speed).zip(gradient) {
            *speed = 0.9 * *speed + slope;
            *weight -= RATE * *speed;
        }
    }
    report(samples, &weights.map(|weight| weight as f32));
    weights.map(|weight| weight as f32).to_vec()
}

fn report(samples: &[Sample], weights: &[f32; FEATURES]) {
    let loss: f64 = samples
        .iter()
        .map(|sample| {
            let p = f64::from(probability(weights, &sample.features)).clamp(1e-6, 1.0 - 1e-6);
            -if sample.right { p.ln() } else { (1.0 - p).ln() }
        })
        .sum();
    let right = samples.iter().filter(|sample| sample.right).count();
    let count = samples.len();
    eprintln!("{count} proposals, {right} right, loss {:.4}", loss / count.max(1) as f64);
}
