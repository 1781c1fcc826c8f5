//! How far to trust counts: one learned weight for every kind of evidence.
//!
//! The mixture starts from the transformer and goes through the contexts that occurred, shortest
//! first, of each the table before the cache. Each step keeps `1 - w` of what it has and gives `w` to the counts'
//! own distribution; `w` depends on the source, the context's length, how much was counted and how
//! many different tokens followed. This is Jelinek and Mercer's interpolation ("Interpolated
//! estimation of Markov source parameters from sparse data", 1980) with a transformer underneath.
//! The weights are fitted by expectation maximization on packages that neither part has seen.

use crate::{CONTEXTS, Cache, Source, Successors, Table, in_group};

const TOTALS: usize = 5;
const VARIETIES: usize = 3;

/// The order in which contexts are mixed in: that with the line above after those of two tokens.
const MIXING: [usize; CONTEXTS] = [0, 1, CONTEXTS - 1, 2, 3, 4, 5, 6, 7];

const SOURCES: usize = 3;

/// Number of weights in a gate.
pub const BUCKETS: usize = SOURCES * CONTEXTS * TOTALS * VARIETIES;

/// Learned weights, one for each bucket of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    weights: Vec<f32>,
}

/// Evidence for one next token, in mixing order.
#[derive(Debug, Default)]
pub struct Mixture {
    steps: Vec<Step>,
}

/// What a counted token means at a cursor that may stand inside a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It says that this token comes next.
    Says(u32),
    /// It agrees with what is written and says nothing about what comes next.
    Agrees,
    /// Something else is written already.
    Contradicts,
}

/// What one step of the mixture says of a known token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    pub bucket: usize,
    /// The token's share of what was counted.
    pub counted: f32,
    /// The share of all that was counted which says what comes next.
    pub said: f32,
}

/// What one context says.
#[derive(Debug)]
struct Step {
    bucket: usize,
    successors: Successors,
    /// All that was counted; more than the successors' sum when some of it says nothing here.
    total: u32,
}

impl Gate {
    /// A gate that trusts nothing but the transformer.
    pub fn closed() -> Self {
        Self { weights: vec![0.0; BUCKETS] }
    }

    /// A gate of given weights; `None` unless there are [`BUCKETS`] of them, each in 0..1.
    pub fn new(weights: Vec<f32>) -> Option<Self> {
        let fine = weights.len() == BUCKETS && weights.iter().all(|w| (0.0..1.0).contains(w));
        fine.then_some(Self { weights })
    }

    pub(crate) fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// Mixes counts into `probabilities` (vocab), which sums to one before and after.
    pub fn mix(&self, mixture: &Mixture, probabilities: &mut [f32]) {
        let vocab = probabilities.len();
        let weighed = mixture.steps.iter().rev().map(|step| (step, self.weight(step, vocab)));
        let weighed: Vec<_> = weighed.collect();
        // Every step only scales what was there before; so that is scaled once, by what is left.
        let left: f32 = weighed.iter().map(|(_, weight)| 1.0 - weight).product();
        for probability in probabilities.iter_mut() {
            *probability *= left;
        }
        let mut share = 1.0f32;
        for (step, weight) in weighed {
            let scale = share * weight / step.successors.total().max(1) as f32;
            for (token, count) in &step.successors.counts {
                if let Some(probability) = probabilities.get_mut(*token as usize) {
                    *probability += scale * *count as f32;
                }
            }
            share *= 1.0 - weight;
        }
    }

    /// A step weighs as much of its bucket's weight as it has something to say; one with tokens
    /// that the model does not know weighs nothing.
    fn weight(&self, step: &Step, vocab: usize) -> f32 {
        let known = step.successors.counts.iter().all(|(token, _)| (*token as usize) < vocab);
        let share = step.successors.total() as f32 / step.total.max(1) as f32;
        if known { self.weights[step.bucket] * share } else { 0.0 }
    }
}

impl Mixture {
    /// Forgets all evidence.
    pub fn clear(&mut self) {
        self.steps.clear();
    }

    /// Adds the evidence of `contexts` (by [`contexts`](crate::contexts)), each counted token as
    /// `fit` reads it.
    pub fn add(
        &mut self,
        contexts: &[Option<u64>; CONTEXTS],
        (table, group): (&Table, u32),
        cache: &Cache,
        fit: impl Fn(u32) -> Fit,
    ) {
        for order in MIXING {
            let Some(context) = contexts[order] else { continue };
            if let Some(successors) = table.successors(in_group(context, group)) {
                self.push(Source::Table, order, &successors, &fit);
            }
            if let Some(successors) = cache.successors(context) {
                self.push(Source::Cache, order, successors, &fit);
            }
        }
    }

    /// Adds tokens that would finish the word at the cursor, of which `typed` characters stand.
    pub fn add_words(&mut self, words: &Successors, typed: usize, fit: impl Fn(u32) -> Fit) {
        self.push(Source::Words, typed.min(CONTEXTS - 1), words, fit);
    }

    fn push(
        &mut self,
        source: Source,
        order: usize,
        successors: &Successors,
        fit: impl Fn(u32) -> Fit,
    ) {
        let (mut said, mut total) = (Successors::default(), 0u32);
        for (token, count) in &successors.counts {
            match fit(*token) {
                Fit::Says(token) => said.counts.push((token, *count)),
                Fit::Agrees => {}
                Fit::Contradicts => continue,
            }
            total = total.saturating_add(*count);
        }
        if !said.counts.is_empty() {
            let bucket = bucket(source, order, total, said.counts.len());
            self.steps.push(Step { bucket, successors: said, total });
        }
    }

    /// For fitting: what each step says of `token`, in order.
    pub fn evidence(&self, token: u32) -> Vec<Evidence> {
        let evidence = |step: &Step| {
            let found = step.successors.counts.iter().filter(|(other, _)| *other == token);
            let count: u32 = found.map(|(_, count)| *count).sum();
            let total = step.total.max(1) as f32;
            let said = step.successors.total() as f32 / total;
            Evidence { bucket: step.bucket, counted: count as f32 / total, said }
        };
        self.steps.iter().map(evidence).collect()
    }
}

/// Which weight this evidence has.
fn bucket(source: Source, order: usize, total: u32, variety: usize) -> usize {
    let total = match total {
        0..=1 => 0,
        2 => 1,
        3..=5 => 2,
        6..=15 => 3,
        _ => 4,
    };
    let variety = variety.clamp(1, VARIETIES) - 1;
    let source = match source {
        Source::Table => 0,
        Source::Cache => 1,
        Source::Words => 2,
    };
    ((source * CONTEXTS + order) * TOTALS + total) * VARIETIES + variety
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Item, contexts};

    fn evidence() -> Mixture {
        let items = |tokens: &[u32]| -> Vec<Item> {
            tokens.iter().map(|&token| Item { token, key: 0 }).collect()
        };
        let mut cache = Cache::default();
        cache.set(&items(&[1, 2, 3, 1, 2, 3, 1, 2, 0]));
        let mut mixture = Mixture::default();
        mixture.add(&contexts(&items(&[1, 2]), 0), (&Table::empty(1), 0), &cache, Fit::Says);
        mixture
    }

    #[test]
    fn a_closed_gate_changes_nothing() {
        let mut probabilities = [0.1, 0.2, 0.3, 0.4];
        Gate::closed().mix(&evidence(), &mut probabilities);
        assert_eq!(probabilities, [0.1, 0.2, 0.3, 0.4]);
    }

    #[test]
    fn an_open_gate_follows_the_counts_and_keeps_the_sum() {
        let gate = Gate::new(vec![0.5; BUCKETS]).expect("weights");
        let mut probabilities = [0.25; 4];
        gate.mix(&evidence(), &mut probabilities);
        assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(probabilities[3] > 0.5 && probabilities[0] > probabilities[1]);
    }

    #[test]
    fn tokens_that_the_model_lacks_are_not_mixed_in() {
        let gate = Gate::new(vec![0.5; BUCKETS]).expect("weights");
        let mut probabilities = [0.5, 0.5];
        gate.mix(&evidence(), &mut probabilities);
        assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn weights_outside_their_range_are_refused() {
        assert!(Gate::new(vec![1.0; BUCKETS]).is_none());
        assert!(Gate::new(vec![0.1; 3]).is_none());
    }
}
