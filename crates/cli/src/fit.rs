//! `flint fit`: learns the gate's weights from held-out code by expectation maximization.

use crate::{case, model};
use anyhow::{Context, Result};
use flint_inference::{Counts, Observation};
use flint_ngram::{BUCKETS, Gate};
use flint_protocol::Limits;
use std::path::PathBuf;

const ROUNDS: usize = 30;
/// Pretended evidence for each bucket, so that a rare one stays careful.
const PRIOR_REACHED: f64 = 4.0;
const PRIOR_USED: f64 = 0.4;
const MAX_WEIGHT: f64 = 0.97;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Calibration cases, of packages that neither the model nor the table has seen.
    #[arg(long)]
    cases: PathBuf,
    #[arg(long)]
    model: PathBuf,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let mut engine = model::load(&options.model)?;
    let mut observations = Vec::new();
    for case in case::read(&options.cases)? {
        let request = case.request(Limits { max_tokens: 48, max_lines: 1, min_likelihood: 0.0 });
        let line = case.middle.lines().next().unwrap_or_default();
        observations.extend(pollster::block_on(engine.observe(&request, line))?);
    }
    let mut weights = vec![0.2; BUCKETS];
    for round in 0..ROUNDS {
        let loss = maximize(&observations, &mut weights);
        if round == 0 || round == ROUNDS - 1 {
            eprintln!("round {round}: {loss:.4} nats a token of {}", observations.len());
        }
    }
    let alone: f64 =
        observations.iter().map(|seen| -f64::from(seen.transformer).max(1e-9).ln()).sum();
    eprintln!("the transformer alone: {:.4}", alone / observations.len() as f64);

    let path = options.model.join(model::COUNTS);
    let mut counts = Counts::from_bytes(&std::fs::read(&path).context("run flint count first")?)?;
    let weights = weights.into_iter().map(|weight| weight as f32).collect();
    counts.gate = Gate::new(weights).context("weights between 0 and 1")?;
    std::fs::write(path, counts.to_bytes())?;
    Ok(())
}

/// One round; the loss before it, in nats a token.
fn maximize(observations: &[Observation], weights: &mut [f64]) -> f64 {
    let mut used = vec![PRIOR_USED; BUCKETS];
    let mut reached = vec![PRIOR_REACHED; BUCKETS];
    let mut loss = 0.0;
    for seen in observations {
        let mut mixed = vec![f64::from(seen.transformer).max(1e-9)];
        for (bucket, counted) in &seen.counts {
            let before = mixed[mixed.len() - 1];
            mixed.push(before + weights[*bucket] * (f64::from(*counted) - before));
        }
        loss -= mixed[mixed.len() - 1].ln();
        // From the last step back: how likely is it that the token came from here?
        let mut share = 1.0;
        for (index, (bucket, counted)) in seen.counts.iter().enumerate().rev() {
            let here = weights[*bucket] * f64::from(*counted) / mixed[index + 1];
            used[*bucket] += share * here;
            reached[*bucket] += share;
            share *= 1.0 - here;
        }
    }
    for (weight, (used, reached)) in weights.iter_mut().zip(used.iter().zip(&reached)) {
        *weight = (used / reached).min(MAX_WEIGHT);
    }
    loss / observations.len().max(1) as f64
}
