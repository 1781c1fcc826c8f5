//! Activations on their way into a matrix: int8 in blocks of 32, in the two orders kernels read.

/// Weights and activations share this block length, so a block's product needs one scale each.
pub(crate) const BLOCK: usize = 32;

/// Order of `pairs` inside each eight: the 16-bit kernels multiply (0, 2), (4, 6), (1, 3), (5, 7).
pub(crate) const PAIR_ORDER: [usize; 8] = [0, 2, 4, 6, 1, 3, 5, 7];

/// Several tokens' activations, quantized together. Buffers are reused between calls.
#[derive(Debug, Default)]
pub(crate) struct Activations {
    width: usize,
    floats: Vec<f32>,  // (tokens, width)
    bytes: Vec<i8>,    // (tokens, width)
    pairs: Vec<i16>,   // (tokens, width), eights in PAIR_ORDER
    scales: Vec<f32>,  // (tokens, width / 32)
    offsets: Vec<i32>, // (tokens, width / 32), -8 * sum of the block
}

/// One token's activations.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) bytes: &'a [i8],
    pub(crate) pairs: &'a [i16],
    pub(crate) scales: &'a [f32],
    /// What the zero point 8 of Q4_0 subtracts from each block: `-8 * sum(bytes)`.
    pub(crate) offsets: &'a [i32],
}

impl Activations {
    /// Takes `values` (tokens, width). A width that is no multiple of 32 is kept as floats only;
    /// quantized matrices never have one.
    pub(crate) fn set(&mut self, values: &[f32], width: usize) {
        self.width = width;
        self.floats.clear();
        self.floats.extend_from_slice(values);
        if !width.is_multiple_of(BLOCK) {
            return;
        }
        let blocks = values.len() / BLOCK;
        self.bytes.resize(values.len(), 0);
        self.pairs.resize(values.len(), 0);
        self.scales.resize(blocks, 0.0);
        self.offsets.resize(blocks, 0);
        for block in 0..blocks {
            let range = block * BLOCK..(block + 1) * BLOCK;
            let (values, _) = values[range.clone()].as_chunks::<BLOCK>();
            let quantized = quantize(&values[0]);
            self.scales[block] = quantized.scale;
            self.offsets[block] = -8 * quantized.sum;
            self.bytes[range.clone()].copy_from_slice(&quantized.bytes);
            reorder(&quantized.bytes, &mut self.pairs[range]);
        }
    }

    pub(crate) fn tokens(&self) -> usize {
        self.floats.len() / self.width
    }

    pub(crate) fn floats(&self, token: usize) -> &[f32] {
        &self.floats[token * self.width..(token + 1) * self.width]
    }

    pub(crate) fn row(&self, token: usize) -> Row<'_> {
        let elements = token * self.width..(token + 1) * self.width;
        let blocks = elements.start / BLOCK..elements.end / BLOCK;
        Row {
            bytes: &self.bytes[elements.clone()],
            pairs: &self.pairs[elements],
            scales: &self.scales[blocks.clone()],
            offsets: &self.offsets[blocks],
        }
    }
}

struct QuantizedBlock {
    bytes: [i8; BLOCK],
    scale: f32,
    sum: i32,
}

/// Symmetric: the largest magnitude becomes ±127.
fn quantize(values: &[f32; BLOCK]) -> QuantizedBlock {
    // Adding 1.5 * 2^23 leaves the nearest integer in the low mantissa bits.
    const ROUND: f32 = 12_582_912.0;
    let mut max = 0.0f32;
    for value in values {
        max = max.max(value.abs());
    }
    let inverse = if max > 0.0 { 127.0 / max } else { 0.0 };
    let mut bytes = [0i8; BLOCK];
    let mut sum = 0i32;
    for (byte, value) in bytes.iter_mut().zip(values) {
        let rounded = (value * inverse + ROUND).to_bits() as i8;
        *byte = rounded;
        sum += i32::from(rounded);
    }
    QuantizedBlock { bytes, scale: max / 127.0, sum }
}

fn reorder(bytes: &[i8; BLOCK], pairs: &mut [i16]) {
    let (eights, _) = bytes.as_chunks::<8>();
    let (pair_eights, _) = pairs.as_chunks_mut::<8>();
    for (eight, pairs) in eights.iter().zip(pair_eights) {
        for (place, &from) in PAIR_ORDER.iter().enumerate() {
            pairs[place] = i16::from(eight[from]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_value_is_exact_and_the_rest_within_half_a_step() {
        let mut values = [0.0f32; BLOCK];
        for (index, value) in values.iter_mut().enumerate() {
            *value = (index as f32 - 20.0) * 0.37;
        }
        let mut activations = Activations::default();
        activations.set(&values, BLOCK);
        let row = activations.row(0);
        assert_eq!(row.bytes[0], -127);
        for (byte, value) in row.bytes.iter().zip(values) {
            assert!((f32::from(*byte) * row.scales[0] - value).abs() <= row.scales[0] * 0.501);
        }
        let sum: i32 = row.bytes.iter().map(|&byte| i32::from(byte)).sum();
        assert_eq!(row.offsets[0], -8 * sum);
        assert_eq!(row.pairs[1], i16::from(row.bytes[2]));
        assert_eq!(row.pairs[12], i16::from(row.bytes[9]));
    }

    #[test]
    fn silence_stays_silent() {
        let mut activations = Activations::default();
        activations.set(&[0.0; 64], BLOCK);
        assert_eq!(activations.tokens(), 2);
        assert!(activations.row(1).bytes.iter().all(|&byte| byte == 0));
    }
}
