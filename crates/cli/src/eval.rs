//! `flint eval`: what the suggestions are worth on held-out code.

use crate::{case, case::Case, host::TerminalHost, model};
use anyhow::Result;
use flint_protocol::Limits;
use serde::Serialize;
use similar::TextDiff;
use std::{collections::BTreeMap, path::PathBuf};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[arg(long)]
    cases: PathBuf,
    #[arg(long)]
    model: PathBuf,
    /// Stop a line that becomes less likely than this.
    #[arg(long, default_value_t = Limits::MIN_LIKELIHOOD)]
    min_likelihood: f32,
    /// Print each case's line and answer.
    #[arg(long)]
    verbose: bool,
}

/// Sums over cases; shares are worked out at the end.
#[derive(Default)]
struct Tally {
    cases: u32,
    shown: u32,
    exact: u32,
    begins_right: u32,
    similarity: f64,
    characters: usize,
    saved: usize,
    noise: u32,
    silent_on_noise: u32,
}

/// The figures of one group of cases.
#[derive(Debug, Serialize)]
struct Figures {
    /// Where a line was to be written.
    cases: u32,
    shown: u32,
    /// The whole rest of the line, of all cases.
    exact_line: f64,
    /// Shown text that is what stood there, as far as it goes, of those shown.
    right_of_shown: f64,
    edit_similarity: f64,
    /// Characters of the line that one accepted suggestion would have saved.
    chars_saved: f64,
    /// Cases where nothing belongs and nothing was shown.
    silence_correct: f64,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let mut engine = model::load(&options.model)?;
    let mut host = TerminalHost::new();
    let mut groups: BTreeMap<String, Tally> = BTreeMap::new();
    for case in case::read(&options.cases)? {
        let min_likelihood = options.min_likelihood;
        let request = case.request(Limits { max_tokens: 48, max_lines: 1, min_likelihood });
        let completion = pollster::block_on(engine.complete(&request, &mut host))?;
        if options.verbose {
            println!(
                "{:10} {:?}\n        -> {:?}",
                case.language,
                first_line(&case.middle),
                completion.text
            );
        }
        groups.entry("all".to_owned()).or_default().add(&case, &completion.text);
        groups.entry(case.language.clone()).or_default().add(&case, &completion.text);
    }
    let figures: BTreeMap<_, _> =
        groups.into_iter().map(|(name, tally)| (name, tally.figures())).collect();
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}

impl Tally {
    fn add(&mut self, case: &Case, shown: &str) {
        let (wanted, shown) = (first_line(&case.middle), shown.trim_end());
        if wanted.is_empty() {
            self.noise += 1;
            self.silent_on_noise += u32::from(shown.is_empty());
            return;
        }
        self.cases += 1;
        self.shown += u32::from(!shown.is_empty());
        self.exact += u32::from(shown == wanted);
        self.similarity += f64::from(TextDiff::from_chars(wanted, shown).ratio());
        self.characters += wanted.chars().count();
        if !shown.is_empty() && wanted.starts_with(shown) {
            self.begins_right += 1;
            self.saved += shown.chars().count();
        }
    }

    fn figures(&self) -> Figures {
        let share = |part: f64, whole: f64| (part / whole.max(1.0) * 1e4).round() / 1e4;
        let cases = f64::from(self.cases);
        Figures {
            cases: self.cases,
            shown: self.shown,
            exact_line: share(f64::from(self.exact), cases),
            right_of_shown: share(f64::from(self.begins_right), f64::from(self.shown)),
            edit_similarity: share(self.similarity, cases),
            chars_saved: share(self.saved as f64, self.characters as f64),
            silence_correct: share(f64::from(self.silent_on_noise), f64::from(self.noise)),
        }
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_end()
}
