//! `flint fit`: learns from held-out code how far to trust the counts, and when to be silent.

mod acceptance;
mod gate;

use crate::{case, host::TerminalHost, model, page};
use anyhow::{Context, Result};
use flint_inference::{Counts, Engine};
use flint_ngram::Gate;
use flint_protocol::Limits;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Calibration cases, of packages that neither the model nor the table has seen.
    #[arg(long)]
    cases: PathBuf,
    #[arg(long)]
    model: PathBuf,
    /// Only every n-th case.
    #[arg(long, default_value_t = 1)]
    every: usize,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let cases: Vec<_> = case::read(&options.cases)?.into_iter().step_by(options.every).collect();
    let mut engine = model::load(&options.model)?;
    let mut observations = Vec::new();
    for case in &cases {
        let request = case.request(Limits { max_tokens: 48, max_lines: 1, min_likelihood: 0.0 });
        if page::last_key(case.place()).1.is_some() {
            observations.extend(pollster::block_on(engine.observe(&request, case.line()))?);
        }
    }
    let weights = gate::fit(&observations);
    store(options, |counts| {
        counts.gate = Gate::new(weights).context("weights between 0 and 1")?;
        Ok(())
    })?;

    let mut engine = model::load(&options.model)?;
    let samples = acceptance::samples(&mut engine, &cases, &mut TerminalHost::new())?;
    let weights = acceptance::fit(&samples);
    store(options, |counts| {
        counts.acceptance = weights;
        Ok(())
    })
}

fn store(options: &Options, change: impl FnOnce(&mut Counts) -> Result<()>) -> Result<()> {
    let path = options.model.join(model::COUNTS);
    let mut counts = Counts::from_bytes(std::fs::read(&path).context("run flint count first")?)?;
    change(&mut counts)?;
    Ok(std::fs::write(path, counts.to_bytes())?)
}

type CpuEngine = Engine<flint_inference::CpuBackend>;
