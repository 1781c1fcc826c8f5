//! The next token, from the transformer's logits and from what was counted.

use crate::{
    Tokenizer,
    evidence::Observation,
    history::History,
    lines::{Indent, Weaver, columns, group},
    words::{WORD_ENDS, Words},
};
use flint_decoder::{Normalizer, argmax, softmax};
use flint_ngram::{Counts, Fit, Item, MAX_CONTEXT, Mixture, contexts};
use flint_protocol::{CompletionRequest, Neighbour};

/// Tokens before the cursor that a longer token may take in.
const HEALED: usize = 2;

/// Mixes the transformer with counts of the open file and of other people's code.
#[derive(Debug, Default)]
pub(crate) struct Predictor {
    counts: Counts,
    history: History,
    /// The project's other files, and the group of those that are counted.
    neighbours: Vec<Neighbour>,
    counted: Option<u32>,
    words: Words,
    mixture: Mixture,
    probabilities: Vec<f32>, // (vocab)
    /// Tokens that end with a line break, and what stands before it.
    broken: Vec<(u32, u32)>,
    group: u32,
    /// Counted tokens up to here: some above the line, then the line.
    items: Vec<Item>,
    line_start: usize,
    weaver: Weaver,
    /// The line so far, without its indentation.
    line: String,
    /// Nothing has been written since the cursor, which may stand inside a token.
    at_cursor: bool,
}

/// A chosen token and how likely the mixture holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Prediction {
    pub(crate) token: u32,
    pub(crate) probability: f32,
    /// How likely nothing more belongs on the line.
    pub(crate) end: f32,
}

impl Predictor {
    pub(crate) fn new(counts: Counts, tokenizer: &Tokenizer) -> Self {
        let broken = if counts.is_empty() { Vec::new() } else { tokenizer.broken() };
        Self { counts, broken, ..Self::default() }
    }

    /// Whether there is anything beside the transformer. If so a line break is never predicted as
    /// text: lines end, and [`Predictor::next_line`] says how the next begins.
    pub(crate) fn counts_lines(&self) -> bool {
        !self.counts.is_empty()
    }

    /// Weights of the probability of being accepted.
    pub(crate) fn acceptance(&self) -> &[f32] {
        &self.counts.acceptance
    }

    /// What is written in the project's other files is known from now on.
    pub(crate) fn know(&mut self, neighbours: Vec<Neighbour>) {
        self.neighbours = neighbours;
        self.counted = None;
    }

    pub(crate) fn neighbours(&self) -> &[Neighbour] {
        &self.neighbours
    }

    /// Counts those of the other files that are written like this one.
    fn count_neighbours(&mut self, tokenizer: &Tokenizer) {
        if self.counted.replace(self.group) != Some(self.group) {
            let alike = |other: &&Neighbour| group(&other.language) == self.group;
            self.history.know(tokenizer, self.neighbours.iter().filter(alike));
        }
    }

    /// Begins a completion: counts the file and looks at what stands before the cursor.
    pub(crate) fn begin(&mut self, tokenizer: &Tokenizer, request: &CompletionRequest) {
        if !self.counts_lines() {
            return;
        }
        let (prefix, suffix) = (&*request.prefix, &*request.suffix);
        self.group = group(&request.language);
        self.count_neighbours(tokenizer);
        let above = self.history.set(tokenizer, prefix, suffix);
        let (before, line) = prefix.split_at(prefix.rfind('\n').map_or(0, |end| end + 1));
        self.line = line.trim_start().to_owned();
        let alike = self.neighbours.iter().filter(|other| group(&other.language) == self.group);
        let others = alike.map(|other| other.text.as_str());
        self.words.begin(&self.line, [before, suffix].into_iter().chain(others));
        self.weaver = above.weaver;
        self.items.clear();
        self.items.extend_from_slice(tail(&above.items));
        self.weaver.begin_line(tokenizer, columns(line), &mut self.items);
        self.line_start = self.items.len();
        self.weaver.fill_line(&tokenizer.encode(&self.line), &mut self.items);
        self.at_cursor = true;
    }

    /// The likeliest next token but `rank` others.
    pub(crate) fn predict(
        &mut self,
        tokenizer: &Tokenizer,
        logits: &[f32],
        rank: u32,
    ) -> Prediction {
        if !self.counts_lines() {
            return alone(logits, rank, tokenizer.markers.end_of_text);
        }
        self.gather(tokenizer, logits);
        self.counts.gate.mix(&self.mixture, &mut self.probabilities);
        let token = likeliest(&self.probabilities, rank);
        let probability = |token: u32| self.probabilities.get(token as usize).copied();
        Prediction {
            token,
            probability: probability(token).unwrap_or_default(),
            end: probability(tokenizer.markers.end_of_text).unwrap_or_default(),
        }
    }

    /// What each part thinks of `token` as the next one.
    pub(crate) fn observe(
        &mut self,
        tokenizer: &Tokenizer,
        logits: &[f32],
        token: u32,
    ) -> Observation {
        self.gather(tokenizer, logits);
        Observation {
            transformer: self.probabilities[token as usize],
            counts: self.mixture.evidence(token),
        }
    }

    /// `token` was written; with what stood before the cursor it may make up other tokens.
    pub(crate) fn wrote(&mut self, tokenizer: &Tokenizer, token: u32) {
        if !self.counts_lines() {
            return;
        }
        let text = tokenizer.text_of(token);
        self.words.wrote(text.as_deref().unwrap_or("\u{fffd}"));
        match text {
            Some(text) if self.at_cursor => {
                self.line.push_str(&text);
                self.items.truncate(self.line_start);
                self.weaver.fill_line(&tokenizer.encode(&self.line), &mut self.items);
            }
            _ => self.items.push(Item { token, key: self.weaver.key() }),
        }
        self.at_cursor = false;
    }

    /// How the line after this one begins, if the counts know of one that belongs with it.
    pub(crate) fn next_line(&mut self, tokenizer: &Tokenizer) -> Option<Indent> {
        self.mixture.clear();
        let contexts = contexts(&self.items, self.weaver.key());
        let table = (&self.counts.table, self.group);
        self.mixture.add(&contexts, table, &self.history.cache, Fit::Says);
        self.probabilities.fill(0.0);
        self.counts.gate.mix(&self.mixture, &mut self.probabilities);
        let likely = |indent: &Indent| self.probabilities[tokenizer.separator(*indent) as usize];
        let indents = [Indent::Same, Indent::Deeper, Indent::Shallower];
        let best = indents.into_iter().max_by(|a, b| likely(a).total_cmp(&likely(b)))?;
        (best != Indent::Shallower && likely(&best) > 0.0).then_some(best)
    }

    /// The line has ended and one at this column begins.
    pub(crate) fn begin_line(&mut self, tokenizer: &Tokenizer, columns: usize) {
        let beginning: Vec<u32> =
            self.items[self.line_start..].iter().take(2).map(|item| item.token).collect();
        self.weaver.fill_line(&beginning, &mut Vec::new());
        self.weaver.begin_line(tokenizer, columns, &mut self.items);
        self.line_start = self.items.len();
        self.line.clear();
    }

    /// The transformer's probabilities, and the evidence to mix into them.
    fn gather(&mut self, tokenizer: &Tokenizer, logits: &[f32]) {
        let Self { counts, history, words, mixture, probabilities, items, .. } = self;
        probabilities.clear();
        probabilities.extend_from_slice(logits);
        softmax(probabilities);
        mixture.clear();
        if counts.is_empty() {
            return;
        }
        for (token, unbroken) in &self.broken {
            probabilities[*unbroken as usize] +=
                std::mem::take(&mut probabilities[*token as usize]);
        }
        let (key, table) = (self.weaver.key(), (&counts.table, self.group));
        let markers = tokenizer.markers;
        mixture.add(&contexts(items, key), table, &history.cache, |token| {
            Fit::Says(if markers.separates(token) { markers.end_of_text } else { token })
        });
        if !self.at_cursor {
            return;
        }
        for taken in 1..=HEALED.min(items.len() - self.line_start) {
            let (before, cut) = items.split_at(items.len() - taken);
            let cut = tokenizer.spelled(cut.iter().map(|item| item.token));
            mixture.add(&contexts(before, key), table, &history.cache, |token| {
                tokenizer.fit(token, &cut)
            });
        }
        let finished = words.successors(tokenizer);
        mixture.add_words(&finished, words.typed(), |token| {
            if token == WORD_ENDS { Fit::Agrees } else { Fit::Says(token) }
        });
    }
}

/// What the transformer alone predicts: a vocabulary may have 150,000 tokens, so the logits are only read.
fn alone(logits: &[f32], rank: u32, end_of_text: u32) -> Prediction {
    let normalizer = Normalizer::of(logits);
    let token = likeliest(logits, rank);
    let probability =
        |token: u32| logits.get(token as usize).map_or(0.0, |logit| normalizer.probability(*logit));
    Prediction { token, probability: probability(token), end: probability(end_of_text) }
}

/// The index of the largest value (a probability, or a logit) after the `rank` largest ones; 0 where there are no more.
fn likeliest(values: &[f32], rank: u32) -> u32 {
    let mut passed = Vec::new();
    for _ in 0..rank {
        passed.push(best(values, &passed));
    }
    if passed.is_empty() { argmax(values) } else { best(values, &passed) }
}

fn best(values: &[f32], passed: &[u32]) -> u32 {
    let indexed = (0..).zip(values).filter(|(index, _)| !passed.contains(index));
    indexed.max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(index, _)| index)
}

/// As much of a text's end as any context reaches.
fn tail(items: &[Item]) -> &[Item] {
    &items[items.len().saturating_sub(MAX_CONTEXT)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logits_alone_give_the_probabilities_of_a_softmax() {
        let logits = [2.0, -1.0, 4.5, 4.5, f32::NEG_INFINITY, 0.25, 3.0];
        let mut probabilities = logits.to_vec();
        softmax(&mut probabilities);
        for rank in 0..3 {
            let Prediction { token, probability, end } = alone(&logits, rank, 5);
            assert_eq!(token, likeliest(&probabilities, rank), "{rank}");
            assert_eq!((probability, end), (probabilities[token as usize], probabilities[5]));
        }
        assert_eq!(alone(&[], 0, 5), Prediction { token: 0, probability: 0.0, end: 0.0 });
    }

    #[test]
    fn alternatives_begin_in_the_order_of_their_likelihood() {
        let probabilities = [0.1, 0.4, 0.0, 0.3, 0.2];
        let order: Vec<u32> = (0..5).map(|rank| likeliest(&probabilities, rank)).collect();
        assert_eq!(order, [1, 3, 4, 0, 2]);
        assert_eq!(likeliest(&probabilities, 9), 0);
    }
}
