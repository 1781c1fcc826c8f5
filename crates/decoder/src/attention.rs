//! Attention of one token over everything before it.

use crate::{
    Config,
    kv_cache::{KvCache, POSITIONS},
    numeric::softmax,
};

/// Elements of a value row that are summed in registers at once.
const VALUE_CHUNK: usize = 16;

/// `out` (heads, head width) = softmax(q K^T / sqrt(head width)) V over `length` positions.
/// `scores` is scratch of at least `length` rounded up to 16.
pub(crate) fn attend(
    config: &Config,
    cache: &KvCache,
    layer: usize,
    length: usize,
    queries: &[f32],
    scores: &mut [f32],
    out: &mut [f32],
) {
    let group = config.heads / config.kv_heads;
    let scale = 1.0 / (config.head_width as f32).sqrt();
    let heads =
        queries.chunks_exact(config.head_width).zip(out.chunks_exact_mut(config.head_width));
    for (head, (query, out)) in heads.enumerate() {
        let keys = cache.keys(layer, head / group, length);
        let values = cache.values(layer, head / group, length);
        score(query, keys, scale, scores);
        softmax(&mut scores[..length]);
        weigh(&scores[..length], values, out);
    }
}

/// Dot products of the query with each key; positions past the end are computed and not used.
#[inline(never)]
fn score(query: &[f32], keys: &[f32], scale: f32, scores: &mut [f32]) {
    let tiles = keys.chunks_exact(query.len() * POSITIONS);
    let (scores, _) = scores.as_chunks_mut::<POSITIONS>();
    for (tile, scores) in tiles.zip(scores) {
        let (columns, _) = tile.as_chunks::<POSITIONS>();
        let mut sums = [0.0f32; POSITIONS];
        for (q, column) in query.iter().zip(columns) {
            for position in 0..POSITIONS {
                sums[position] += q * column[position];
            }
        }
        for position in 0..POSITIONS {
            scores[position] = sums[position] * scale;
        }
    }
}

/// Sum of the value rows, each times its probability.
#[inline(never)]
fn weigh(probabilities: &[f32], values: &[f32], out: &mut [f32]) {
    let width = out.len();
    let (chunks, _) = out.as_chunks_mut::<VALUE_CHUNK>();
    for (index, chunk) in chunks.iter_mut().enumerate() {
        let mut sums = [0.0f32; VALUE_CHUNK];
        for (probability, row) in probabilities.iter().zip(values.chunks_exact(width)) {
            let (parts, _) = row.as_chunks::<VALUE_CHUNK>();
            for element in 0..VALUE_CHUNK {
                sums[element] += probability * parts[index][element];
            }
        }
        *chunk = sums;
    }
}
