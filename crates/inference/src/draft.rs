//! A line as it is being proposed: its text, how sure each part is, and what speaks for and against
//! showing it.

use crate::words::is_word;
use flint_protocol::CompletionRequest;

/// Numbers that describe a proposal.
pub const FEATURES: usize = 36;
const FIRST_GROUP: usize = 28;
/// No single step counts as less likely than this.
const LEAST: f32 = 1e-4;

/// What a proposed line goes on from.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The line up to the cursor, without its indentation.
    line: String,
    /// The line behind the cursor.
    rest: String,
    /// The first line below that is not blank.
    below: String,
    group: u32,
}

/// A line as far as it has been decoded.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    marks: Vec<Mark>,
    /// The line's end was predicted.
    pub(crate) ended: bool,
    /// How likely the first step held it that nothing belongs here.
    silent: f32,
}

/// State after a token.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    /// Bytes of text up to here.
    end: usize,
    /// Sum and least of the logarithms of the probabilities.
    sum: f32,
    least: f32,
}

/// Text that could be shown, and what describes it.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub text: String,
    pub features: [f32; FEATURES],
}

impl Place {
    pub(crate) fn new(request: &CompletionRequest, group: u32) -> Self {
        let line = request.prefix.rsplit('\n').next().unwrap_or_default();
        let mut after = request.suffix.split('\n');
        let rest = after.next().unwrap_or_default();
        let below = after.map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        Self {
            line: line.trim_start().to_owned(),
            rest: rest.to_owned(),
            below: below.to_owned(),
            group,
        }
    }

    /// The place at the beginning of the line below this one.
    pub(crate) fn next_line(&mut self) {
        self.line.clear();
        self.rest.clear();
    }
}

impl Draft {
    /// Takes the next step's probability; `end` is that of nothing more on the line.
    pub(crate) fn step(&mut self, probability: f32, end: f32) {
        if self.marks.is_empty() {
            self.silent = end;
        }
        let last = self.marks.last().copied().unwrap_or_default();
        let log = probability.max(LEAST).ln();
        let (sum, least) = (last.sum + log, last.least.min(log));
        self.marks.push(Mark { end: self.text.len(), sum, least });
    }

    /// Takes the text of the step.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        if let Some(mark) = self.marks.last_mut() {
            mark.end = self.text.len();
        }
    }

    /// How likely the line is to be as it stands.
    pub(crate) fn likelihood(&self) -> f32 {
        self.marks.last().map_or(1.0, |mark| mark.sum.exp())
    }

    /// What could be shown: the whole line if it ended, then ever less of it in whole words.
    pub(crate) fn proposals(&self, place: &Place) -> Vec<Proposal> {
        let mut proposals = Vec::new();
        if self.ended {
            proposals.extend(self.proposal(place, self.marks.len(), true));
        }
        for count in (1..self.marks.len()).rev() {
            let end = self.marks[count - 1].end;
            let begun =
                self.text[end..].starts_with(is_word) && self.text[..end].ends_with(is_word);
            if !begun && self.text.is_char_boundary(end) {
                proposals.extend(self.proposal(place, count, false));
            }
        }
        proposals
    }

    fn proposal(&self, place: &Place, count: usize, whole: bool) -> Option<Proposal> {
        let (mark, first) = (self.marks.get(count.checked_sub(1)?)?, self.marks.first()?);
        let text = self.text[..mark.end].trim_end();
        if text.trim().is_empty() {
            return None;
        }
        let mut features = [0.0; FEATURES];
        let likely = [mark.sum, mark.least, first.sum].map(|log| log.max(-8.0) / 4.0);
        let ended = f32::from(u8::from(whole));
        let at_start = f32::from(u8::from(place.line.is_empty()));
        features[..4].copy_from_slice(&[1.0, likely[0], likely[1], likely[2]]);
        features[4..8].copy_from_slice(&[
            likely[0] * likely[0],
            likely[0] * ended,
            ended,
            at_start,
        ]);
        features[8] = (1.0 + text.chars().count() as f32).ln() / 4.0;
        features[9] = likely[0] * at_start;
        features[10] = self.silent.max(LEAST).ln() / 4.0;
        features[11] = self.silent;
        features[12] = count as f32 / 10.0;
        place.describe(text, whole, &mut features[13..FIRST_GROUP]);
        features[FIRST_GROUP + (place.group as usize).min(7)] = 1.0;
        Some(Proposal { text: text.to_owned(), features })
    }
}

impl Place {
    /// Fills in what the text and its surroundings look like.
    fn describe(&self, text: &str, whole: bool, features: &mut [f32]) {
        let line = format!("{}{text}", self.line);
        let before = self.line.trim_end().chars().next_back();
        let is_comment =
            ["//", "#", "*", "/*", "<!--"].iter().any(|mark| self.line.starts_with(mark));
        let signs = [
            !self.rest.trim().is_empty(),
            matches!(before, Some(';' | '}')),
            matches!(before, Some(')' | ']' | '>')),
            before.is_some_and(is_word) && !self.line.ends_with(' '),
            matches!(before, Some('"' | '\'' | '`')),
            matches!(before, Some('(' | '[' | '{' | ',' | '=' | ':' | '.' | '<')),
            is_comment,
            odd_quotes(&self.line),
            line.trim() == self.below,
            surplus(&line) && !line.starts_with([')', ']', '}']),
            whole && odd_quotes(&line) && !is_comment,
            text.starts_with(is_word) && self.line.ends_with(is_word),
            text.ends_with([';', '{', '}', ':']),
            text.ends_with(['(', '[', '.', ',', '=']),
            text.chars().all(|c| !is_word(c)),
        ];
        for (feature, sign) in features.iter_mut().zip(signs) {
            *feature = f32::from(u8::from(sign));
        }
    }
}

/// Whether a line has an unclosed quote.
fn odd_quotes(line: &str) -> bool {
    ['"', '`'].iter().any(|quote| line.matches(*quote).count() % 2 == 1)
}

/// Whether a line closes more brackets than it opens.
fn surplus(line: &str) -> bool {
    [('(', ')'), ('[', ']')]
        .iter()
        .any(|(open, close)| line.matches(*close).count() > line.matches(*open).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flint_protocol::{Limits, RequestId};

    fn place(prefix: &str, suffix: &str) -> Place {
        let request = CompletionRequest {
            id: RequestId(1),
            language: "rust".into(),
            path: String::new(),
            prefix: prefix.into(),
            suffix: suffix.into(),
            limits: Limits { max_tokens: 9, max_lines: 1, min_likelihood: 0.0 },
            alternative: 0,
        };
        Place::new(&request, 3)
    }

    #[test]
    fn a_line_can_be_cut_between_words() {
        let mut draft = Draft::default();
        for (piece, probability) in [("count", 0.9), ("er", 0.8), ("(", 0.7), (")", 0.1)] {
            draft.step(probability, 0.0);
            draft.push(piece);
        }
        draft.step(0.5, 0.5);
        draft.ended = true;
        let texts: Vec<_> =
            draft.proposals(&place("x = ", "\n")).into_iter().map(|found| found.text).collect();
        assert_eq!(texts, ["counter()", "counter()", "counter(", "counter"]);
    }

    #[test]
    fn a_line_that_stands_below_already_is_told() {
        let here = place("fn f() {\n    ", "\n\n    return x\n");
        let mut features = [0.0; FEATURES];
        here.describe("return x", true, &mut features[13..FIRST_GROUP]);
        assert_eq!(features[13 + 8], 1.0);
    }
}
