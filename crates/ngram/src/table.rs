//! The packed table: a context's hash picks a bucket, a fingerprint in it the context.
//!
//! ```text
//! u32 per slot, 8 slots a bucket:  fingerprint 14 | token 13 | logarithm of the count 5
//! ```
//!
//! An empty slot is 0: no entry has a count of 0. A context that collides in bucket and
//! fingerprint gives a wrong answer once in two thousand, which the gate's weights have seen.

use crate::{Successors, context_hash};

const SLOTS: usize = 8;
/// A count is stored as a power of this.
const COUNT_BASE: f64 = 1.6;

/// One context with one token that followed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// [`context_hash`] of the context.
    pub context: u64,
    /// Below 8,192.
    pub token: u32,
    /// At least 1.
    pub count: u32,
}

/// Counts over many packages, read-only.
#[derive(Debug)]
pub struct Table {
    slots: Vec<u32>,
    bits: u32,
}

impl Table {
    /// A table without entries.
    pub(crate) fn empty(bits: u32) -> Self {
        Self { slots: vec![0; SLOTS << bits], bits }
    }

    /// Bytes of a table of `2^bits` buckets.
    pub(crate) fn byte_length(bits: u32) -> usize {
        (SLOTS * 4) << bits
    }

    /// `bytes` are as many as [`Table::byte_length`] says.
    pub(crate) fn from_bytes(bytes: &[u8], bits: u32) -> Self {
        let (words, _) = bytes.as_chunks::<4>();
        Self { slots: words.iter().map(|word| u32::from_le_bytes(*word)).collect(), bits }
    }

    /// Packs entries, the most valuable first; those whose bucket is full are left out.
    pub fn pack(entries: impl IntoIterator<Item = Entry>, bits: u32) -> Self {
        let mut table = Self::empty(bits);
        for entry in entries {
            let bucket = table.bucket(entry.context);
            if let Some(slot) = table.slots[bucket].iter_mut().find(|slot| **slot == 0) {
                *slot = pack_slot(entry);
            }
        }
        table
    }

    pub(crate) fn bits(&self) -> u32 {
        self.bits
    }

    pub(crate) fn to_bytes(&self) -> impl Iterator<Item = u8> + '_ {
        self.slots.iter().flat_map(|slot| slot.to_le_bytes())
    }

    /// What followed the last `length` tokens of `context`.
    pub fn successors(&self, context: &[u32], length: usize) -> Option<Successors> {
        let start = context.len().checked_sub(length)?;
        let context = context_hash(&context[start..]);
        let wanted = fingerprint(context);
        let slots = self.slots[self.bucket(context)].iter();
        let found = slots.filter(|slot| **slot != 0 && **slot >> 18 == wanted);
        let counts: Vec<_> = found.map(|slot| (slot >> 5 & 0x1fff, count(slot & 31))).collect();
        (!counts.is_empty()).then_some(Successors { counts })
    }

    fn bucket(&self, context: u64) -> std::ops::Range<usize> {
        let bucket = (context & ((1 << self.bits) - 1)) as usize;
        bucket * SLOTS..(bucket + 1) * SLOTS
    }
}

fn fingerprint(context: u64) -> u32 {
    (context >> 50) as u32
}

fn pack_slot(entry: Entry) -> u32 {
    let logarithm = f64::from(entry.count.max(1)).ln() / COUNT_BASE.ln();
    let level = (logarithm.round() as u32 + 1).min(31);
    fingerprint(entry.context) << 18 | (entry.token & 0x1fff) << 5 | level
}

fn count(level: u32) -> u32 {
    COUNT_BASE.powi(level as i32 - 1).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_counts_come_back_near_what_they_were() {
        let context = [5, 6, 7];
        let hash = context_hash(&context);
        let entries = [(1, 1), (2, 90)].map(|(token, count)| Entry { context: hash, token, count });
        let table = Table::pack(entries, 4);
        let found = table.successors(&[1, 5, 6, 7], 3).expect("the context");
        assert_eq!(found.counts[0], (1, 1));
        assert!((60..130).contains(&found.counts[1].1), "{found:?}");
        assert_eq!(table.successors(&[1, 5, 6, 8], 3), None);
    }
}
