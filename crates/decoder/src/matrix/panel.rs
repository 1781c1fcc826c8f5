//! Packs GGUF blocks into the interleaved panels drawn in `kernel`.

use crate::{
    activation::BLOCK,
    kernel::{PANEL_ROWS, Q4_BLOCK_BYTES, Q8_BLOCK_BYTES},
    numeric::{bf16_at_least, bf16_from_f32, f32_from_bf16, f32_from_f16},
};

/// Storage of one matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Q4,
    Q8,
}

/// Bytes of a Q4_0 block's weights, in front of the scales.
const Q4_WEIGHT_BYTES: usize = 256;
/// Bytes of a Q8_0 block's weights.
const Q8_WEIGHT_BYTES: usize = 512;
/// Bytes of a block's scales.
const SCALE_BYTES: usize = 32;

impl Format {
    fn source_block_bytes(self) -> usize {
        match self {
            Self::Q4 => 18,
            Self::Q8 => 34,
        }
    }

    /// Bytes of one block of a panel.
    pub(super) fn block_bytes(self) -> usize {
        match self {
            Self::Q4 => Q4_BLOCK_BYTES,
            Self::Q8 => Q8_BLOCK_BYTES,
        }
    }

    /// Blocks in a row.
    pub(super) fn blocks(self, inputs: usize) -> usize {
        inputs / BLOCK
    }

    /// Bytes of a whole panel.
    pub(super) fn panel_bytes(self, inputs: usize) -> usize {
        self.blocks(inputs) * self.block_bytes()
    }

    /// One row of a panel, as floats.
    pub(super) fn unpack_row(self, panel: &[u8], row: usize, out: &mut [f32]) {
        let blocks = panel.chunks_exact(self.block_bytes());
        for (block, out) in blocks.zip(out.chunks_exact_mut(BLOCK)) {
            let scale = f32_from_bf16(match self {
                Self::Q4 => read_scale(&block[Q4_WEIGHT_BYTES..], row),
                Self::Q8 => read_scale(&block[Q8_WEIGHT_BYTES..], row),
            });
            for (input, out) in out.iter_mut().enumerate() {
                *out = scale * f32::from(self.weight(block, row, input));
            }
        }
    }

    fn weight(self, block: &[u8], row: usize, input: usize) -> i8 {
        match self {
            Self::Q4 => {
                let byte = block[input / 8 * 64 + row * 4 + input % 4];
                let nibble = if input % 8 < 4 { byte & 15 } else { byte >> 4 };
                nibble as i8 - 8
            }
            Self::Q8 => block[input / 4 * 64 + row * 4 + input % 4] as i8,
        }
    }
}

/// Packs (outputs, inputs) GGUF blocks; `source` has exactly the bytes of that shape.
pub(super) fn pack(format: Format, source: &[u8], inputs: usize, outputs: usize) -> Vec<u8> {
    let row_blocks = format.blocks(inputs);
    let panels = outputs.div_ceil(PANEL_ROWS);
    let mut packed = vec![0; panels * format.panel_bytes(inputs)];
    let rows = source.chunks_exact(format.source_block_bytes() * row_blocks);
    for (row, source) in rows.enumerate() {
        let start = row / PANEL_ROWS * format.panel_bytes(inputs);
        let targets = packed[start..].chunks_exact_mut(format.block_bytes());
        for (source, target) in source.chunks_exact(format.source_block_bytes()).zip(targets) {
            let scale = f32_from_f16(u16::from_le_bytes([source[0], source[1]]));
            let scale = bf16_from_f32(scale);
            match format {
                Format::Q4 => write_q4(target, row % PANEL_ROWS, &source[2..], scale),
                Format::Q8 => {
                    let weights = std::array::from_fn(|input| source[2 + input] as i8);
                    write_q8(target, row % PANEL_ROWS, weights, scale);
                }
            }
        }
    }
    packed
}

/// Packs rows that `row` gives as floats, each block rounded to eight bits.
pub(super) fn round(row: impl Fn(usize, &mut [f32]), inputs: usize, outputs: usize) -> Vec<u8> {
    let panel_bytes = Format::Q8.panel_bytes(inputs);
    let mut packed = vec![0; outputs.div_ceil(PANEL_ROWS) * panel_bytes];
    let mut floats = vec![0.0; inputs];
    for index in 0..outputs {
        row(index, &mut floats);
        let start = index / PANEL_ROWS * panel_bytes;
        let targets = packed[start..].chunks_exact_mut(Q8_BLOCK_BYTES);
        for (values, target) in floats.chunks_exact(BLOCK).zip(targets) {
            let largest = values.iter().fold(0.0f32, |most, value| most.max(value.abs()));
            let scale = bf16_at_least(largest / 127.0);
            let factor = f32_from_bf16(scale);
            let weights = std::array::from_fn(|input| match factor > 0.0 {
                true => (values[input] / factor).round() as i8,
                false => 0,
            });
            write_q8(target, index % PANEL_ROWS, weights, scale);
        }
    }
    packed
}

/// Writes one row of a Q4_0 block from its 16 bytes in the file, where inputs 0..16 are the low
/// nibbles and 16..32 the high ones.
pub(crate) fn write_q4(block: &mut [u8], row: usize, nibbles: &[u8], scale: u16) {
    const LOW: u32 = 0x0f0f_0f0f;
    let (words, _) = nibbles.as_chunks::<4>();
    let [a, b, c, d] = std::array::from_fn(|word| u32::from_le_bytes(words[word]));
    // Inputs 0..8, 8..16, 16..24, 24..32: four in the low nibbles, four in the high ones.
    let groups = [
        (a & LOW) | ((b & LOW) << 4),
        (c & LOW) | ((d & LOW) << 4),
        ((a >> 4) & LOW) | (b & !LOW),
        ((c >> 4) & LOW) | (d & !LOW),
    ];
    for (group, word) in groups.into_iter().enumerate() {
        let at = group * 64 + row * 4;
        block[at..at + 4].copy_from_slice(&word.to_le_bytes());
    }
    write_scale(&mut block[Q4_WEIGHT_BYTES..], row, scale);
}

/// Writes one row of a Q8_0 block.
pub(crate) fn write_q8(block: &mut [u8], row: usize, weights: [i8; BLOCK], scale: u16) {
    let (fours, _) = weights.as_chunks::<4>();
    for (step, four) in fours.iter().enumerate() {
        let at = step * 64 + row * 4;
        block[at..at + 4].copy_from_slice(&four.map(|weight| weight as u8));
    }
    write_scale(&mut block[Q8_WEIGHT_BYTES..], row, scale);
    let sum: i16 = weights.iter().map(|weight| i16::from(*weight)).sum();
    let at = Q8_WEIGHT_BYTES + SCALE_BYTES + row * 2;
    block[at..at + 2].copy_from_slice(&sum.to_le_bytes());
}

/// Byte of a row's scale among a block's scales.
fn scale_byte(row: usize) -> usize {
    let (half, odd, lane) = (row / 8, row / 4 % 2, row % 4);
    half * 16 + lane * 4 + odd * 2
}

fn read_scale(scales: &[u8], row: usize) -> u16 {
    let at = scale_byte(row);
    u16::from_le_bytes([scales[at], scales[at + 1]])
}

fn write_scale(scales: &mut [u8], row: usize, scale: u16) {
    let at = scale_byte(row);
    scales[at..at + 2].copy_from_slice(&scale.to_le_bytes());
}
