//! `flint eval`: what the suggestions are worth on held-out code, beside what is free.

mod figures;
mod keywords;
mod line;
mod phrases;
mod product;
mod replay;
mod syntax;

use crate::{
    case::{self, Case, Place},
    model,
};
use anyhow::Result;
use figures::{Figures, Tally};
use serde::Serialize;
use std::{collections::BTreeMap, path::PathBuf};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// JSON lines with id, language, path, prefix, suffix and middle; may be compressed (.gz).
    #[arg(long)]
    cases: PathBuf,
    #[arg(long)]
    model: PathBuf,
    /// Only every n-th case.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// Leave out the replay of typing, which takes most of the time.
    #[arg(long)]
    no_replay: bool,
    /// Leave out the baselines.
    #[arg(long)]
    alone: bool,
    /// Show suggestions down to this probability of being accepted, instead of the page's.
    #[arg(long)]
    threshold: Option<f32>,
    /// Print each case's line and answer.
    #[arg(long)]
    verbose: bool,
}

/// A suggestion as somebody would see it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Suggestion {
    pub(crate) text: String,
    /// How likely it is to be right; baselines do not know.
    pub(crate) p_accept: Option<f32>,
}

/// Anything that suggests text at a cursor.
pub(crate) trait Suggester {
    fn suggest(&mut self, place: Place<'_>) -> Result<Suggestion>;
}

/// Figures over all cases, then by language and by kind of cursor.
#[derive(Debug, Serialize)]
struct Report {
    #[serde(flatten)]
    all: Figures,
    languages: BTreeMap<String, Figures>,
    kinds: BTreeMap<String, Figures>,
}

/// The product's report with the baselines' beside it.
#[derive(Debug, Serialize)]
struct Comparison {
    #[serde(flatten)]
    product: Report,
    baselines: BTreeMap<&'static str, Report>,
    /// Of `model.gguf`.
    model_sha256: String,
    /// Of `counts.bin`.
    counts_sha256: Option<String>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let cases: Vec<Case> = case::read(&options.cases)?.into_iter().step_by(options.every).collect();
    let mut product = product::Product::new(model::load(&options.model)?, options.threshold);
    let mut baselines = BTreeMap::new();
    if !options.alone {
        baselines.insert("keywords", measure(&mut keywords::Keywords, &cases, options, false)?);
        baselines.insert("ngram", measure(&mut phrases::Phrases, &cases, options, false)?);
        baselines.insert("nearest_line", measure(&mut line::NearestLine, &cases, options, false)?);
    }
    let comparison = Comparison {
        product: measure(&mut product, &cases, options, options.verbose)?,
        baselines,
        model_sha256: model::sha256(&options.model, model::WEIGHTS)?,
        counts_sha256: model::sha256(&options.model, model::COUNTS).ok(),
    };
    println!("{}", serde_json::to_string(&comparison)?);
    Ok(())
}

fn measure(
    suggester: &mut impl Suggester,
    cases: &[Case],
    options: &Options,
    verbose: bool,
) -> Result<Report> {
    let mut all = Tally::default();
    let mut languages: BTreeMap<String, Tally> = BTreeMap::new();
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    for case in cases {
        let suggestion = suggester.suggest(case.place())?;
        let saved = match options.no_replay || case.is_noise() {
            true => 0,
            false => replay::saved(suggester, case)?,
        };
        let broken = syntax::breaks(case, &suggestion.text);
        if verbose {
            let p = suggestion.p_accept.unwrap_or_default();
            let verdict = if broken { "breaks the file" } else { "" };
            println!(
                "{:20} {p:.2} {:?}\n     -> {:?} {verdict}",
                case.id,
                case.line(),
                suggestion.text
            );
        }
        let groups = [
            &mut all,
            languages.entry(case.language.clone()).or_default(),
            kinds.entry(case.kind().to_owned()).or_default(),
        ];
        for tally in groups {
            tally.add(case, &suggestion, saved, broken);
        }
    }
    let figures = |groups: BTreeMap<String, Tally>| {
        groups.into_iter().map(|(name, tally)| (name, tally.figures())).collect()
    };
    Ok(Report { all: all.figures(), languages: figures(languages), kinds: figures(kinds) })
}
