//! The next token, from the transformer's logits and from what was counted.

use crate::{Error, Tokenizer, evidence::Observation, history::History};
use flint_decoder::{argmax, softmax};
use flint_ngram::{Counts, Fit, MAX_CONTEXT, Mixture};

/// Mixes the transformer with counts of the open file and of other people's code.
#[derive(Debug, Default)]
pub(crate) struct Predictor {
    counts: Counts,
    history: History,
    mixture: Mixture,
    probabilities: Vec<f32>, // (vocab)
    recent: Vec<u32>,
    /// The last of `recent`, while the cursor may stand inside the token that it begins.
    cut: Option<u32>,
}

/// A chosen token and how likely the mixture holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Prediction {
    pub(crate) token: u32,
    pub(crate) probability: f32,
}

impl Predictor {
    pub(crate) fn new(counts: Counts) -> Self {
        Self { counts, ..Self::default() }
    }

    /// Begins a completion: counts the file and looks at what stands before the cursor.
    pub(crate) fn begin(
        &mut self,
        tokenizer: &Tokenizer,
        prefix: &str,
        suffix: &str,
        prefix_tokens: &[u32],
    ) -> Result<(), Error> {
        self.history.set(tokenizer, prefix, suffix)?;
        self.recent.clear();
        let start = prefix_tokens.len().saturating_sub(MAX_CONTEXT + 1);
        self.recent.extend_from_slice(&prefix_tokens[start..]);
        self.cut = None;
        if let Some(last) = self.recent.last().copied() {
            if let Some((rest, space)) = tokenizer.split_space(last) {
                // "    let" is read as "   " and " let": the last space belongs to the word.
                self.recent.pop();
                self.recent.extend(rest);
                self.recent.push(space);
                self.cut = Some(space);
            } else if prefix.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
                self.cut = Some(last);
            }
        }
        Ok(())
    }

    /// The likeliest next token.
    pub(crate) fn predict(&mut self, tokenizer: &Tokenizer, logits: &[f32]) -> Prediction {
        self.gather(tokenizer, logits);
        self.counts.gate.mix(&self.mixture, &mut self.probabilities);
        let token = argmax(&self.probabilities);
        Prediction { token, probability: self.probabilities[token as usize] }
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

    /// `token` was written. If it went on with a cut word, the two count as one token from here.
    pub(crate) fn wrote(&mut self, tokenizer: &Tokenizer, token: u32) {
        let joined = self.cut.take().and_then(|cut| tokenizer.join(cut, token));
        match joined {
            Some(joined) => {
                self.recent.pop();
                self.recent.push(joined);
            }
            None => self.recent.push(token),
        }
        let surplus = self.recent.len().saturating_sub(MAX_CONTEXT + 1);
        self.recent.drain(..surplus);
    }

    /// The transformer's probabilities, and the evidence to mix into them.
    fn gather(&mut self, tokenizer: &Tokenizer, logits: &[f32]) {
        let Self { counts, history, mixture, probabilities, recent, cut } = self;
        probabilities.clear();
        probabilities.extend_from_slice(logits);
        softmax(probabilities);
        mixture.gather(recent, &counts.table, &history.cache);
        if let (Some(cut), Some((_, before))) = (*cut, recent.split_last()) {
            mixture.extend(before, &counts.table, &history.cache, |token| {
                if token == cut {
                    return Fit::Agrees;
                }
                tokenizer.rest_of(token, cut).map_or(Fit::Contradicts, Fit::Says)
            });
        }
    }
}
