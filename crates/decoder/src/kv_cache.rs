//! Keys and values of every token so far: int8, laid out as the panels that the kernels multiply.
//!
//! A key is a row of a Q8_0 matrix: 16 positions make a panel, and attention scores are a query
//! times that matrix. A value is a column: elements of the head are the rows, positions the inputs.

use crate::{
    Config,
    activation::{BLOCK, max_magnitude, round},
    kernel::{PANEL_ROWS, Q8_BLOCK_BYTES, VALUE_BLOCK_BYTES},
    matrix::write_q8,
    numeric::{bf16_at_least, f32_from_bf16},
};

/// Fixed room for `capacity` tokens.
#[derive(Debug)]
pub(crate) struct KvCache {
    kv_heads: usize,
    head_width: usize,
    capacity: usize,
    keys: Vec<u8>,    // (layer, kv head, capacity / 16, head width / 32, Q8_0 block)
    values: Vec<u8>,  // (layer, kv head, head width / 16, capacity / 32, value block)
    scales: Vec<f32>, // (layer, kv head, capacity), of the values
    padded: Vec<f32>, // (head width up to a multiple of 32), scratch
}

impl KvCache {
    /// `capacity` is rounded up to a multiple of 32.
    pub(crate) fn new(config: &Config, capacity: usize) -> Self {
        let capacity = capacity.next_multiple_of(BLOCK);
        let heads = config.layers * config.kv_heads;
        let mut cache = Self {
            kv_heads: config.kv_heads,
            head_width: config.head_width,
            capacity,
            keys: Vec::new(),
            values: Vec::new(),
            scales: vec![0.0; heads * capacity],
            padded: vec![0.0; config.head_width.next_multiple_of(BLOCK)],
        };
        cache.keys = vec![0; heads * cache.key_head_bytes()];
        cache.values = vec![0; heads * cache.value_panels() * cache.value_panel_bytes()];
        cache
    }

    /// Writes one token's keys and values (kv heads, head width) at a position.
    pub(crate) fn write(&mut self, layer: usize, position: usize, keys: &[f32], values: &[f32]) {
        let width = self.head_width;
        let heads = keys.chunks_exact(width).zip(values.chunks_exact(width));
        for (kv_head, (key, value)) in heads.enumerate() {
            let head = layer * self.kv_heads + kv_head;
            self.write_key(head, position, key);
            self.write_value(head, position, value);
        }
    }

    /// Panels of one head's keys that cover `length` positions.
    pub(crate) fn keys(&self, layer: usize, kv_head: usize, length: usize) -> &[u8] {
        let start = (layer * self.kv_heads + kv_head) * self.key_head_bytes();
        &self.keys[start..start + length.div_ceil(PANEL_ROWS) * self.key_panel_bytes()]
    }

    /// Blocks in a row of the keys.
    pub(crate) fn key_blocks(&self) -> usize {
        self.head_width.div_ceil(BLOCK)
    }

    /// The blocks of 16 elements of one head's values that cover `length` positions.
    pub(crate) fn values(
        &self,
        layer: usize,
        kv_head: usize,
        panel: usize,
        length: usize,
    ) -> &[u8] {
        let head = layer * self.kv_heads + kv_head;
        let start = (head * self.value_panels() + panel) * self.value_panel_bytes();
        &self.values[start..start + length.div_ceil(BLOCK) * VALUE_BLOCK_BYTES]
    }

    /// Panels of 16 elements in a head.
    pub(crate) fn value_panels(&self) -> usize {
        self.head_width.div_ceil(PANEL_ROWS)
    }

    /// What one step of each position's values is worth.
    pub(crate) fn value_scales(&self, layer: usize, kv_head: usize, length: usize) -> &[f32] {
        let start = (layer * self.kv_heads + kv_head) * self.capacity;
        &self.scales[start..start + length]
    }

    fn write_key(&mut self, head: usize, position: usize, key: &[f32]) {
        let panel = head * self.key_head_bytes() + position / PANEL_ROWS * self.key_panel_bytes();
        let panel_bytes = self.key_panel_bytes();
        let blocks = self.keys[panel..panel + panel_bytes].chunks_exact_mut(Q8_BLOCK_BYTES);
        self.padded[..key.len()].copy_from_slice(key);
        let (keys, _) = self.padded.as_chunks::<BLOCK>();
        for (block, key) in blocks.zip(keys) {
            // The stored scale is the one that is divided by: rounding it costs nothing then.
            let scale = bf16_at_least(max_magnitude(key) / 127.0);
            let divisor = f32_from_bf16(scale);
            let inverse = if divisor > 0.0 { 1.0 / divisor } else { 0.0 };
            let (integers, _) = round(key, inverse);
            write_q8(block, position % PANEL_ROWS, integers.map(|integer| integer as i8), scale);
        }
    }

    fn write_value(&mut self, head: usize, position: usize, value: &[f32]) {
        self.padded[..value.len()].copy_from_slice(value);
        let scale = max_magnitude(value) / 127.0;
        let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
        self.scales[head * self.capacity + position] = scale;
        let inside =
            position / BLOCK * VALUE_BLOCK_BYTES + position % BLOCK / 4 * 64 + position % 4;
        let (values, _) = self.padded.as_chunks::<BLOCK>();
        for (block, value) in values.iter().enumerate() {
            let (integers, _) = round(value, inverse);
            for (element, integer) in integers.iter().enumerate() {
                let element = block * BLOCK + element;
                if element < self.head_width {
                    let panel = head * self.value_panels() + element / PANEL_ROWS;
                    let at = panel * self.value_panel_bytes() + inside + element % PANEL_ROWS * 4;
                    self.values[at] = *integer as u8;
                }
            }
        }
    }

    fn key_panel_bytes(&self) -> usize {
        self.key_blocks() * Q8_BLOCK_BYTES
    }

    fn key_head_bytes(&self) -> usize {
        self.capacity / PANEL_ROWS * self.key_panel_bytes()
    }

    fn value_panel_bytes(&self) -> usize {
        self.capacity / BLOCK * VALUE_BLOCK_BYTES
    }
}
