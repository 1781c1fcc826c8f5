//! Names contexts by 64 bits.

use crate::Item;

/// Context lengths that are counted, in tokens, shortest first.
pub const CONTEXT_LENGTHS: [usize; 8] = [1, 2, 3, 4, 5, 6, 8, 12];

/// The longest of them.
pub const MAX_CONTEXT: usize = 12;

/// Contexts of one place: one of each length, and the last that also knows how the line above began.
pub const CONTEXTS: usize = CONTEXT_LENGTHS.len() + 1;

/// Tokens of the line that the context with the line above reaches back.
const LINE_REACH: usize = 2;

/// Hashes of what stands at the end of `items`, by context; `None` where the text is too short.
/// `key` is that of the line which is being written.
pub fn contexts(items: &[Item], key: u32) -> [Option<u64>; CONTEXTS] {
    let mut hashes = [None; CONTEXTS];
    let (line, plain) = match hashes.split_last_mut() {
        Some(parts) => parts,
        None => return hashes,
    };
    for (hash, length) in plain.iter_mut().zip(CONTEXT_LENGTHS) {
        *hash = tail(items, length).map(|tail| context_hash(length as u64, 0, tail));
    }
    *line = tail(items, LINE_REACH).map(|tail| context_hash(0xff, key, tail));
    hashes
}

fn tail(items: &[Item], length: usize) -> Option<&[Item]> {
    items.len().checked_sub(length).map(|start| &items[start..])
}

/// The hash of a context. Stable for ever: packed tables rely on it.
fn context_hash(kind: u64, key: u32, tail: &[Item]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64 ^ kind << 56 ^ u64::from(key);
    for item in tail {
        hash = (hash ^ u64::from(item.token)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 29;
    }
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 32)
}
