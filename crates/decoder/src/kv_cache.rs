//! Keys and values of every token so far, laid out for attention.

use crate::Config;

/// Positions whose keys lie side by side, so that attention scores 16 positions at once and adds
/// nothing up across lanes.
pub(crate) const POSITIONS: usize = 16;

/// Fixed room for `capacity` tokens.
#[derive(Debug)]
pub(crate) struct KvCache {
    kv_heads: usize,
    head_width: usize,
    capacity: usize,
    keys: Vec<f32>,   // (layer, kv head, capacity / 16, head width, 16)
    values: Vec<f32>, // (layer, kv head, capacity, head width)
}

impl KvCache {
    /// `capacity` is rounded up to a multiple of 16.
    pub(crate) fn new(config: &Config, capacity: usize) -> Self {
        let capacity = capacity.next_multiple_of(POSITIONS);
        let elements = config.layers * config.kv_width() * capacity;
        Self {
            kv_heads: config.kv_heads,
            head_width: config.head_width,
            capacity,
            keys: vec![0.0; elements],
            values: vec![0.0; elements],
        }
    }

    /// Writes one token's keys and values (kv heads, head width) at a position.
    pub(crate) fn write(&mut self, layer: usize, position: usize, keys: &[f32], values: &[f32]) {
        let width = self.head_width;
        for kv_head in 0..self.kv_heads {
            let start = self.head_start(layer, kv_head);
            let head = kv_head * width..(kv_head + 1) * width;
            let tile = start + position / POSITIONS * POSITIONS * width + position % POSITIONS;
            for (element, key) in keys[head.clone()].iter().enumerate() {
                self.keys[tile + element * POSITIONS] = *key;
            }
            let row = start + position * width;
            self.values[row..row + width].copy_from_slice(&values[head]);
        }
    }

    /// Key tiles of one head, each (head width, 16), that cover `length` positions.
    pub(crate) fn keys(&self, layer: usize, kv_head: usize, length: usize) -> &[f32] {
        let start = self.head_start(layer, kv_head);
        &self.keys[start..start + length.next_multiple_of(POSITIONS) * self.head_width]
    }

    /// Value rows (length, head width) of one head.
    pub(crate) fn values(&self, layer: usize, kv_head: usize, length: usize) -> &[f32] {
        let start = self.head_start(layer, kv_head);
        &self.values[start..start + length * self.head_width]
    }

    fn head_start(&self, layer: usize, kv_head: usize) -> usize {
        (layer * self.kv_heads + kv_head) * self.capacity * self.head_width
    }
}
