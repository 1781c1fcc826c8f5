//! The merging of pairs: the pair that was learned first is merged first, the leftmost of equals before
//! others. A piece of n bytes takes O(n log n), so that a file of one long word is no trap.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
};

/// What two tokens become, and when in the order of learning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Merge {
    pub(crate) rank: u32,
    pub(crate) token: u32,
}

#[derive(Debug, Default)]
pub(crate) struct Merges {
    pairs: HashMap<(u32, u32), Merge>,
}

/// A token in a chain; one that was merged into the token before it has no tokens after it.
#[derive(Clone, Copy)]
struct Link {
    token: u32,
    before: usize,
    after: usize,
}

/// No link.
const END: usize = usize::MAX;
/// The token of a link that is no more.
const GONE: u32 = u32::MAX;

impl Merges {
    pub(crate) fn insert(&mut self, left: u32, right: u32, merge: Merge) {
        self.pairs.entry((left, right)).or_insert(merge);
    }

    /// Merges a piece's tokens, one per byte at first, and appends what they become.
    pub(crate) fn apply(&self, bytes: impl Iterator<Item = u32>, tokens: &mut Vec<u32>) {
        let mut chain: Vec<Link> = bytes
            .enumerate()
            .map(|(at, token)| Link { token, before: at.wrapping_sub(1), after: at + 1 })
            .collect();
        if let Some(last) = chain.last_mut() {
            last.after = END;
        }
        let mut queue = BinaryHeap::new();
        for at in 0..chain.len() {
            queue.extend(self.candidate(&chain, at));
        }
        while let Some(Reverse((_, at, pair, token))) = queue.pop() {
            // The tokens may have been merged with others meanwhile.
            if pair_at(&chain, at) == Some(pair) {
                join(&mut chain, at, token);
                queue.extend(self.candidate(&chain, at));
                queue.extend(
                    chain
                        .get(chain[at].before)
                        .and_then(|_| self.candidate(&chain, chain[at].before)),
                );
            }
        }
        tokens.extend(chain.iter().map(|link| link.token).filter(|token| *token != GONE));
    }

    /// The merge of the token at `at` with the one after it, by its urgency.
    fn candidate(&self, chain: &[Link], at: usize) -> Option<Candidate> {
        let pair = pair_at(chain, at)?;
        let merge = self.pairs.get(&pair)?;
        Some(Reverse((merge.rank, at, pair, merge.token)))
    }
}

/// Rank, place, the two tokens and what they become.
type Candidate = Reverse<(u32, usize, (u32, u32), u32)>;

fn pair_at(chain: &[Link], at: usize) -> Option<(u32, u32)> {
    let link = chain.get(at)?;
    Some((link.token, chain.get(link.after)?.token))
}

/// Makes one link of the link at `at` and the one after it.
fn join(chain: &mut [Link], at: usize, token: u32) {
    let gone = chain[at].after;
    let after = chain[gone].after;
    chain[gone].token = GONE;
    chain[gone].after = END;
    chain[at] = Link { token, after, ..chain[at] };
    if let Some(next) = chain.get_mut(after) {
        next.before = at;
    }
}
