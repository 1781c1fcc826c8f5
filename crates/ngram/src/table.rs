//! The packed table: a context's hash picks a bucket, a fingerprint in it the context.
//!
//! ```text
//! u32 per slot, 8 slots a bucket:  fingerprint 14 | token 13 | logarithm of the count 5
//! ```
//!
//! An empty slot is 0: no entry has a count of 0. A context that collides in bucket and
//! fingerprint gives a wrong answer once in two thousand, which the gate's weights have seen.

use crate::Successors;

const SLOTS: usize = 8;
/// A count is stored as a power of this.
const COUNT_BASE: f64 = 1.6;

/// One context with one token that followed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// A hash of [`contexts`](crate::contexts), [`in_group`].
    pub context: u64,
    /// Below 8,192.
    pub token: u32,
    /// At least 1.
    pub count: u32,
}

/// Counts over many packages, read-only.
#[derive(Debug)]
pub struct Table {
    /// A whole file: the table is most of it, and is not copied out.
    bytes: Vec<u8>,
    /// Where the slots begin.
    start: usize,
}

/// A context's name among those of one group of languages: what follows it differs between groups.
pub fn in_group(context: u64, group: u32) -> u64 {
    (context ^ u64::from(group)).wrapping_mul(0xd6e8_feb8_6659_fd93).rotate_left(32)
}

impl Table {
    /// A table without entries, of so many buckets (at least one).
    pub(crate) fn empty(buckets: usize) -> Self {
        Self { bytes: vec![0; Self::byte_length(buckets.max(1))], start: 0 }
    }

    /// Bytes of a table of so many buckets.
    pub(crate) fn byte_length(buckets: usize) -> usize {
        SLOTS * 4 * buckets
    }

    /// From `start` on, `bytes` are as many as [`Table::byte_length`] says, of at least one bucket.
    pub(crate) fn from_bytes(bytes: Vec<u8>, start: usize) -> Self {
        Self { bytes, start }
    }

    /// Packs entries, the most valuable first; those whose bucket is full are left out.
    pub fn pack(entries: impl IntoIterator<Item = Entry>, buckets: usize) -> Self {
        let mut table = Self::empty(buckets);
        for entry in entries {
            let bucket = table.bucket(entry.context);
            let (slots, _) = table.bytes[bucket].as_chunks_mut::<4>();
            if let Some(slot) = slots.iter_mut().find(|slot| **slot == [0; 4]) {
                *slot = pack_slot(entry).to_le_bytes();
            }
        }
        table
    }

    pub(crate) fn buckets(&self) -> usize {
        self.as_bytes().len() / Self::byte_length(1)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.buckets() <= 1
    }

    /// The slots as they are in a file.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// What followed a context, [`in_group`].
    pub fn successors(&self, context: u64) -> Option<Successors> {
        let wanted = fingerprint(context);
        let (slots, _) = self.bytes[self.bucket(context)].as_chunks::<4>();
        let found = slots.iter().map(|slot| u32::from_le_bytes(*slot));
        let found = found.filter(|slot| *slot != 0 && slot >> 18 == wanted);
        let counts: Vec<_> = found.map(|slot| (slot >> 5 & 0x1fff, count(slot & 31))).collect();
        (!counts.is_empty()).then_some(Successors { counts })
    }

    /// The bytes of a context's slots.
    fn bucket(&self, context: u64) -> std::ops::Range<usize> {
        let low = context & 0xffff_ffff;
        let bucket = ((low * self.buckets() as u64) >> 32) as usize;
        let start = self.start + Self::byte_length(bucket);
        start..start + Self::byte_length(1)
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
        let context = in_group(5, 1);
        let entries = [(1, 1), (2, 90)].map(|(token, count)| Entry { context, token, count });
        let table = Table::pack(entries, 13);
        let found = table.successors(context).expect("the context");
        assert_eq!(found.counts[0], (1, 1));
        assert!((60..130).contains(&found.counts[1].1), "{found:?}");
        assert_eq!(table.successors(in_group(5, 2)), None, "another group");
    }
}
