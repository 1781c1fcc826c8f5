//! Counts over the open file, kept up to date by differences.

use crate::{CONTEXT_LENGTHS, MAX_CONTEXT, Successors, context_hash};
use std::collections::HashMap;

/// What followed what in one text.
#[derive(Debug, Default)]
pub struct Cache {
    tokens: Vec<u32>,
    counts: HashMap<u64, Successors>,
}

impl Cache {
    /// Makes `tokens` the counted text. Costs as much as it differs from the text before: a common
    /// beginning and a common end are kept.
    pub fn set(&mut self, tokens: &[u32]) {
        let start = common(self.tokens.iter(), tokens.iter());
        let rest = self.tokens.len().min(tokens.len()) - start;
        let kept_end = common(self.tokens.iter().rev(), tokens.iter().rev()).min(rest);
        let old_end = self.tokens.len() - kept_end;
        let new_end = tokens.len() - kept_end;
        if start == old_end && start == new_end {
            return;
        }
        // Tokens right after the change have a changed context.
        for at in start..(old_end + MAX_CONTEXT).min(self.tokens.len()) {
            self.forget(at);
        }
        self.tokens.splice(start..old_end, tokens[start..new_end].iter().copied());
        for at in start..(new_end + MAX_CONTEXT).min(self.tokens.len()) {
            self.count(at);
        }
    }

    /// What followed the last `length` tokens of `context`, if they occurred.
    pub fn successors(&self, context: &[u32], length: usize) -> Option<&Successors> {
        let start = context.len().checked_sub(length)?;
        self.counts.get(&context_hash(&context[start..]))
    }

    fn count(&mut self, at: usize) {
        let token = self.tokens[at];
        for context in contexts(&self.tokens, at) {
            let successors = self.counts.entry(context).or_default();
            match successors.counts.iter_mut().find(|(other, _)| *other == token) {
                Some((_, count)) => *count += 1,
                None => successors.counts.push((token, 1)),
            }
        }
    }

    fn forget(&mut self, at: usize) {
        let token = self.tokens[at];
        for context in contexts(&self.tokens, at) {
            let Some(successors) = self.counts.get_mut(&context) else { continue };
            if let Some(place) = successors.counts.iter().position(|(other, _)| *other == token) {
                successors.counts[place].1 -= 1;
                if successors.counts[place].1 == 0 {
                    successors.counts.swap_remove(place);
                }
            }
            if successors.counts.is_empty() {
                self.counts.remove(&context);
            }
        }
    }
}

/// Hashes of every counted context that ends right before `at`.
fn contexts(tokens: &[u32], at: usize) -> impl Iterator<Item = u64> + use<> {
    let start = at.saturating_sub(MAX_CONTEXT);
    let mut before = [0; MAX_CONTEXT];
    let length = at - start;
    before[..length].copy_from_slice(&tokens[start..at]);
    let counted = CONTEXT_LENGTHS.into_iter().filter(move |context| *context <= length);
    counted.map(move |context| context_hash(&before[length - context..length]))
}

fn common<'a>(left: impl Iterator<Item = &'a u32>, right: impl Iterator<Item = &'a u32>) -> usize {
    left.zip(right).take_while(|(left, right)| left == right).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted(cache: &Cache) -> Vec<(u64, Vec<(u32, u32)>)> {
        let mut all: Vec<_> = cache
            .counts
            .iter()
            .map(|(context, successors)| {
                let mut counts = successors.counts.clone();
                counts.sort_unstable();
                (*context, counts)
            })
            .collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn the_longest_context_answers_with_what_followed() {
        let mut cache = Cache::default();
        cache.set(&[1, 2, 3, 4, 1, 2, 3, 5]);
        let successors = cache.successors(&[9, 2, 3], 2).expect("2 3 occurred");
        assert_eq!(successors.total(), 2);
        assert_eq!(cache.successors(&[9, 2, 3], 3), None);
        assert_eq!(cache.successors(&[3], 2), None);
    }

    proptest! {
        #[test]
        fn editing_equals_counting_afresh(
            texts in proptest::collection::vec(proptest::collection::vec(0u32..6, 0..40), 1..8),
        ) {
            let mut edited = Cache::default();
            for text in &texts {
                edited.set(text);
            }
            let mut fresh = Cache::default();
            fresh.set(texts.last().expect("at least one"));
            prop_assert_eq!(sorted(&edited), sorted(&fresh));
        }
    }
}
