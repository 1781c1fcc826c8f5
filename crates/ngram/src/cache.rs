//! Counts over the open file, kept up to date by differences.

use crate::{Item, MAX_CONTEXT, Successors, contexts};
use std::collections::HashMap;

/// What followed what in one text.
#[derive(Debug, Default)]
pub struct Cache {
    items: Vec<Item>,
    counts: HashMap<u64, Successors>,
}

impl Cache {
    /// Makes `items` the counted text. Costs as much as it differs from the text before: a common
    /// beginning and a common end are kept.
    pub fn set(&mut self, items: &[Item]) {
        let start = common(self.items.iter(), items.iter());
        let rest = self.items.len().min(items.len()) - start;
        let kept_end = common(self.items.iter().rev(), items.iter().rev()).min(rest);
        let old_end = self.items.len() - kept_end;
        let new_end = items.len() - kept_end;
        if start == old_end && start == new_end {
            return;
        }
        // Tokens right after the change have a changed context.
        for at in start..(old_end + MAX_CONTEXT).min(self.items.len()) {
            self.forget(at);
        }
        self.items.splice(start..old_end, items[start..new_end].iter().copied());
        for at in start..(new_end + MAX_CONTEXT).min(self.items.len()) {
            self.count(at);
        }
    }

    /// What followed a context, if it occurred.
    pub fn successors(&self, context: u64) -> Option<&Successors> {
        self.counts.get(&context)
    }

    fn count(&mut self, at: usize) {
        let Item { token, key } = self.items[at];
        for context in contexts(self.before(at), key).into_iter().flatten() {
            let successors = self.counts.entry(context).or_default();
            match successors.counts.iter_mut().find(|(other, _)| *other == token) {
                Some((_, count)) => *count += 1,
                None => successors.counts.push((token, 1)),
            }
        }
    }

    fn forget(&mut self, at: usize) {
        let Item { token, key } = self.items[at];
        for context in contexts(self.before(at), key).into_iter().flatten() {
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

    /// As much of the text before `at` as any context reaches.
    fn before(&self, at: usize) -> &[Item] {
        &self.items[at.saturating_sub(MAX_CONTEXT)..at]
    }
}

fn common<'a>(
    left: impl Iterator<Item = &'a Item>,
    right: impl Iterator<Item = &'a Item>,
) -> usize {
    left.zip(right).take_while(|(left, right)| left == right).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn items(tokens: &[u32]) -> Vec<Item> {
        tokens.iter().map(|&token| Item { token, key: token / 3 }).collect()
    }

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
    fn a_context_answers_with_what_followed() {
        let mut cache = Cache::default();
        cache.set(&items(&[1, 2, 3, 4, 1, 2, 3, 5]));
        let found = contexts(&items(&[9, 2, 3]), 7);
        let successors = found[1].and_then(|context| cache.successors(context));
        assert_eq!(successors.map(Successors::total), Some(2), "2 3");
        assert_eq!(found[2].and_then(|context| cache.successors(context)), None, "9 2 3");
        assert_eq!(contexts(&items(&[3]), 7)[1], None, "too short");
    }

    #[test]
    fn the_line_above_tells_equal_tokens_apart() {
        let mut cache = Cache::default();
        let line = |key, last| [(7, key), (8, key), (last, key)];
        let both = [line(1, 20), line(2, 30)].concat();
        let both: Vec<_> = both.into_iter().map(|(token, key)| Item { token, key }).collect();
        cache.set(&both);
        let told = contexts(&items(&[7, 8]), 2).last().copied().flatten();
        let successors = told.and_then(|context| cache.successors(context));
        assert_eq!(successors.map(|found| found.counts.clone()), Some(vec![(30, 1)]));
    }

    proptest! {
        #[test]
        fn editing_equals_counting_afresh(
            texts in proptest::collection::vec(proptest::collection::vec(0u32..6, 0..40), 1..8),
        ) {
            let mut edited = Cache::default();
            for text in &texts {
                edited.set(&items(text));
            }
            let mut fresh = Cache::default();
            fresh.set(&items(texts.last().expect("at least one")));
            prop_assert_eq!(sorted(&edited), sorted(&fresh));
        }
    }
}
