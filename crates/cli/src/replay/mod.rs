//! `flint replay`: recorded editing sessions, keystroke by keystroke, with the real model and the
//! page's rules. What is counted is what a user would have had of it; a flicker is a failure.

mod desk;
mod trace;

use crate::model;
use anyhow::{Result, ensure};
use desk::{Desk, Figures};
use flint_assist::percentile;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Recorded sessions.
    #[arg(required = true)]
    traces: Vec<PathBuf>,
    /// Folder with model.gguf and tokenizer.json.
    #[arg(long, default_value = "static/models/flint-nano")]
    model: PathBuf,
}

/// Shares are of one; times are milliseconds without the browser's part.
#[derive(Serialize)]
struct Report {
    sessions: usize,
    keystrokes: usize,
    flicker: usize,
    shown: u32,
    acceptance: f64,
    retained_characters: usize,
    keystrokes_saved: f64,
    typed_through: u32,
    cache_hit_share: f64,
    ahead_share: f64,
    cache_p50_ms: f64,
    cache_p95_ms: f64,
    engine_p50_ms: f64,
    engine_p95_ms: f64,
}

/// # Errors
/// When a trace cannot be read, or a suggestion flickered in one.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut engine = model::load(&options.model)?;
    let mut figures = Figures::default();
    for path in &options.traces {
        let trace = trace::read(path)?;
        let mut desk = Desk::open(&trace, &mut engine, &mut figures);
        for step in &trace.steps {
            desk.perform(step)?;
        }
        desk.close();
    }
    let sessions = options.traces.len();
    println!("{}", serde_json::to_string(&report(sessions, &mut figures))?);
    ensure!(figures.flickers.is_empty(), "ghost text flickered: {}", figures.flickers.join("; "));
    Ok(())
}

fn report(sessions: usize, figures: &mut Figures) -> Report {
    let Figures { tally, written, keystrokes, .. } = *figures;
    let share = |part: u32, whole: u32| round(f64::from(part) / f64::from(whole.max(1)), 1000.0);
    let within = |times: &mut [f64], percent| round(percentile(times, percent), 1000.0);
    let saved = written.saturating_sub(keystrokes) as f64 / written.max(1) as f64;
    Report {
        sessions,
        keystrokes,
        flicker: figures.flickers.len(),
        shown: tally.shown,
        acceptance: share(tally.accepted, tally.shown),
        retained_characters: figures.retained,
        keystrokes_saved: round(saved, 1000.0),
        typed_through: tally.typed_through,
        cache_hit_share: share(tally.cached, tally.wanted),
        ahead_share: share(tally.ahead, tally.wanted),
        cache_p50_ms: within(&mut figures.cache_ms, 50),
        cache_p95_ms: within(&mut figures.cache_ms, 95),
        engine_p50_ms: within(&mut figures.engine_ms, 50),
        engine_p95_ms: within(&mut figures.engine_ms, 95),
    }
}

fn round(value: f64, scale: f64) -> f64 {
    (value * scale).round() / scale
}
