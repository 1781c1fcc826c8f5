//! Sums over cases, and the shares worked out from them.

use super::Suggestion;
use crate::case::Case;
use serde::Serialize;
use similar::TextDiff;

/// Probabilities are compared with what happened in this many equal intervals.
const INTERVALS: usize = 10;

#[derive(Debug, Default)]
pub(super) struct Tally {
    cases: u32,
    /// Cases where something was to be written.
    written: u32,
    shown: u32,
    exact: u32,
    right: u32,
    broken: u32,
    similarity: f64,
    whole_similarity: f64,
    characters: usize,
    saved: usize,
    noise: u32,
    silent_on_noise: u32,
    /// Of each interval: suggestions, sum of probabilities, accepted.
    intervals: [(u32, f64, u32); INTERVALS],
    knows_probability: bool,
}

/// The figures of one group of cases.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    cases: u32,
    shown: u32,
    /// The first line is that of the middle, of all cases but noise.
    exact_line: f64,
    /// Ratio of characters in common, first lines; 0 where nothing was shown.
    edit_similarity: f64,
    /// The same over whole middles.
    whole_similarity: f64,
    /// Share of the middles' characters that a replay of typing them did not type.
    chars_saved: f64,
    /// The first line shown is right as far as it goes, of those shown.
    right_of_shown: f64,
    /// Shown text that adds a syntax error to the file, of those shown.
    syntax_error_rate: f64,
    /// Noise cases with nothing shown.
    silence_correct: f64,
    /// Mean distance between the probability of being accepted and the share that was right.
    #[serde(skip_serializing_if = "Option::is_none")]
    calibration_error: Option<f64>,
}

impl Tally {
    pub(super) fn add(&mut self, case: &Case, shown: &Suggestion, saved: usize, broken: bool) {
        let text = shown.text.trim_end();
        let line = text.lines().next().unwrap_or_default().trim_end();
        let right = !case.is_noise() && !line.is_empty() && case.line().starts_with(line);
        self.cases += 1;
        if !text.is_empty() {
            self.shown += 1;
            self.right += u32::from(right);
            self.broken += u32::from(broken);
            self.calibrate(shown.p_accept, right);
        }
        if case.is_noise() {
            self.noise += 1;
            self.silent_on_noise += u32::from(text.is_empty());
            return;
        }
        self.written += 1;
        self.exact += u32::from(line == case.line());
        self.similarity += similarity(case.line(), line);
        self.whole_similarity += similarity(case.middle.trim_end(), text);
        self.characters += case.middle.chars().count();
        self.saved += saved;
    }

    fn calibrate(&mut self, p_accept: Option<f32>, right: bool) {
        let Some(p) = p_accept else { return };
        let interval = ((p * INTERVALS as f32) as usize).min(INTERVALS - 1);
        let (count, sum, accepted) = &mut self.intervals[interval];
        *count += 1;
        *sum += f64::from(p);
        *accepted += u32::from(right);
        self.knows_probability = true;
    }

    pub(super) fn figures(&self) -> Figures {
        let written = f64::from(self.written);
        let shown = f64::from(self.shown);
        let distances =
            self.intervals.iter().map(|(_, sum, right)| (sum - f64::from(*right)).abs());
        let calibration_error = share(distances.sum(), shown);
        Figures {
            cases: self.cases,
            shown: self.shown,
            exact_line: share(f64::from(self.exact), written),
            edit_similarity: share(self.similarity, written),
            whole_similarity: share(self.whole_similarity, written),
            chars_saved: share(self.saved as f64, self.characters as f64),
            right_of_shown: share(f64::from(self.right), shown),
            syntax_error_rate: share(f64::from(self.broken), shown),
            silence_correct: share(f64::from(self.silent_on_noise), f64::from(self.noise)),
            calibration_error: self.knows_probability.then_some(calibration_error),
        }
    }
}

fn similarity(wanted: &str, shown: &str) -> f64 {
    f64::from(TextDiff::from_chars(wanted, shown).ratio())
}

fn share(part: f64, whole: f64) -> f64 {
    (part / whole.max(1.0) * 1e4).round() / 1e4
}
