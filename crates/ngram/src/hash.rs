//! Names contexts by 64 bits.

/// Context lengths that are counted, in tokens, shortest first.
pub const CONTEXT_LENGTHS: [usize; 5] = [1, 2, 3, 4, 6];

/// The longest of them.
pub const MAX_CONTEXT: usize = 6;

/// The hash of a context, its length included. Stable for ever: packed tables rely on it.
pub fn context_hash(context: &[u32]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64 ^ (context.len() as u64) << 56;
    for &token in context {
        hash = (hash ^ u64::from(token)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 29;
    }
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 32)
}
