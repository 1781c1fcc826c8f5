//! Attention of several tokens over everything before them.

use crate::{
    Config,
    activation::{Activations, BLOCK, TILE},
    kernel::{self, Kernels, Out, PANEL_ROWS},
    kv_cache::KvCache,
    numeric::weighted_exp,
};

/// Buffers of one tile, allocated once.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    queries: Vec<f32>, // (rows, head width up to a multiple of 32)
    scores: Vec<f32>,  // (rows, positions up to a multiple of 32)
    out: Vec<f32>,     // (rows, head width up to a multiple of 16)
    rows: Vec<Row>,
    x: Activations,
}

/// What a layer's tokens look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'a> {
    pub(crate) config: &'a Config,
    pub(crate) cache: &'a KvCache,
    pub(crate) kernels: Kernels,
    pub(crate) layer: usize,
    /// Position of the first token.
    pub(crate) start: usize,
}

/// One query head of one token.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// Where its query starts, and where its result belongs.
    start: usize,
    /// Positions that it attends to.
    length: usize,
}

impl Attention {
    /// `out` (tokens, heads, head width) = softmax(q K^T / sqrt(head width)) V. Keys and values of all tokens are in the cache already.
    pub(crate) fn attend(&mut self, seen: Seen<'_>, queries: &[f32], out: &mut [f32]) {
        let Seen { config, start, .. } = seen;
        let group = config.heads / config.kv_heads;
        for kv_head in 0..config.kv_heads {
            self.rows.clear();
            for token in 0..queries.len() / config.query_width() {
                for head in kv_head * group..(kv_head + 1) * group {
                    let start_of_row = token * config.query_width() + head * config.head_width;
                    self.rows.push(Row { start: start_of_row, length: start + token + 1 });
                }
            }
            // Query heads of one key head, whatever their token, are rows of one matrix product.
            for first in (0..self.rows.len()).step_by(TILE) {
                let end = self.rows.len().min(first + TILE);
                self.tile(seen, kv_head, first..end, queries, out);
            }
        }
    }

    fn tile(
        &mut self,
        seen: Seen<'_>,
        kv_head: usize,
        rows: std::ops::Range<usize>,
        queries: &[f32],
        out: &mut [f32],
    ) {
        let Seen { config, cache, kernels, layer, .. } = seen;
        let rows = &self.rows[rows];
        // Rows are in the order of their tokens.
        let longest = rows.last().map_or(0, |row| row.length);
        let kernel = kernels.of(rows.len());

        let width = cache.key_blocks() * BLOCK;
        let scale = 1.0 / (config.head_width as f32).sqrt();
        self.queries.clear();
        self.queries.resize(rows.len() * width, 0.0);
        for (row, query) in rows.iter().zip(self.queries.chunks_exact_mut(width)) {
            let head = &queries[row.start..row.start + config.head_width];
            for (to, from) in query.iter_mut().zip(head) {
                *to = from * scale;
            }
        }
        self.x.set(&self.queries, width);
        self.x.quantize_fourteen(kernel);
        let positions = longest.next_multiple_of(BLOCK);
        self.scores.resize(rows.len() * positions, 0.0);
        let mut scores = Out { values: &mut self.scores, stride: positions };
        let keys = cache.keys(layer, kv_head, longest);
        kernel::q8(kernel, keys, cache.key_blocks(), self.x.fourteen(0), &mut scores);

        // A value's own scale goes into its probability; the sum divides the result.
        let value_scales = cache.value_scales(layer, kv_head, longest);
        let mut sums = [0.0; TILE];
        let scores = self.scores.chunks_exact_mut(positions);
        for ((row, scores), sum) in rows.iter().zip(scores).zip(&mut sums) {
            let (past, future) = scores.split_at_mut(row.length);
            *sum = weighted_exp(past, value_scales);
            future.fill(0.0);
        }
        self.x.take(&mut self.scores, positions);
        self.x.quantize_eight(kernel);
        let stride = cache.value_panels() * PANEL_ROWS;
        self.out.resize(rows.len() * stride, 0.0);
        for panel in 0..cache.value_panels() {
            let values = cache.values(layer, kv_head, panel, longest);
            let mut part = Out { values: &mut self.out[panel * PANEL_ROWS..], stride };
            kernel::weigh(kernel, values, positions / BLOCK, self.x.eight(0), &mut part);
        }
        for ((row, result), sum) in rows.iter().zip(self.out.chunks_exact(stride)).zip(sums) {
            let head = &mut out[row.start..row.start + config.head_width];
            for (to, from) in head.iter_mut().zip(result) {
                *to = from / sum;
            }
        }
    }
}
