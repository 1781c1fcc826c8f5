//! Packs GGUF blocks into the interleaved panels drawn in `kernel`.

use crate::{
    activation::{BLOCK, PAIR_ORDER},
    kernel::{PANEL_ROWS, Q4_BLOCK_BYTES, Q8_BLOCK_BYTES},
    numeric::{bf16_from_f32, f32_from_bf16, f32_from_f16},
};

/// Storage of one matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Q4,
    Q8,
}

impl Format {
    fn source_block_bytes(self) -> usize {
        match self {
            Self::Q4 => 18,
            Self::Q8 => 34,
        }
    }

    fn block_bytes(self) -> usize {
        match self {
            Self::Q4 => Q4_BLOCK_BYTES,
            Self::Q8 => Q8_BLOCK_BYTES,
        }
    }

    /// Bytes of a whole panel.
    pub(super) fn panel_bytes(self, inputs: usize) -> usize {
        inputs / BLOCK * self.block_bytes()
    }

    /// One row of a panel, as floats.
    pub(super) fn unpack_row(self, panel: &[u8], row: usize, out: &mut [f32]) {
        let blocks = panel.chunks_exact(self.block_bytes());
        for (block, out) in blocks.zip(out.chunks_exact_mut(BLOCK)) {
            let scale = f32_from_bf16(read_scale(self, block, row));
            for (input, out) in out.iter_mut().enumerate() {
                *out = scale * f32::from(self.weight(block, row, input));
            }
        }
    }

    fn weight(self, block: &[u8], row: usize, input: usize) -> i8 {
        match self {
            Self::Q4 => {
                let byte = block[q4_byte(row, input)];
                let nibble = if input % 8 < 4 { byte & 15 } else { byte >> 4 };
                nibble as i8 - 8
            }
            Self::Q8 => block[q8_byte(row, input)] as i8,
        }
    }
}

/// Packs (outputs, inputs) GGUF blocks; `source` has exactly the bytes of that shape.
pub(super) fn pack(format: Format, source: &[u8], inputs: usize, outputs: usize) -> Vec<u8> {
    let row_blocks = inputs / BLOCK;
    let panels = outputs.div_ceil(PANEL_ROWS);
    let mut packed = vec![0; panels * format.panel_bytes(inputs)];
    for (index, source) in source.chunks_exact(format.source_block_bytes()).enumerate() {
        let (row, block) = (index / row_blocks, index % row_blocks);
        let start = row / PANEL_ROWS * format.panel_bytes(inputs) + block * format.block_bytes();
        let target = &mut packed[start..start + format.block_bytes()];
        pack_block(format, source, row % PANEL_ROWS, target);
    }
    packed
}

fn pack_block(format: Format, source: &[u8], row: usize, target: &mut [u8]) {
    let scale = f32_from_f16(u16::from_le_bytes([source[0], source[1]]));
    write_scale(format, target, row, bf16_from_f32(scale));
    match format {
        // GGUF keeps inputs 0..16 in the low nibbles and 16..32 in the high ones.
        Format::Q4 => {
            for input in 0..BLOCK {
                let byte = source[2 + input % 16];
                let nibble = if input < 16 { byte & 15 } else { byte >> 4 };
                let shift = if input % 8 < 4 { 0 } else { 4 };
                target[q4_byte(row, input)] |= nibble << shift;
            }
        }
        Format::Q8 => {
            for input in 0..BLOCK {
                target[q8_byte(row, input)] = source[2 + input];
            }
        }
    }
}

fn q4_byte(row: usize, input: usize) -> usize {
    input / 8 * 64 + row * 4 + input % 4
}

fn q8_byte(row: usize, input: usize) -> usize {
    let place = PAIR_ORDER.iter().position(|&from| from == input % 8).unwrap_or(0);
    (input / 8 * 4 + place / 2) * 32 + row * 2 + place % 2
}

/// Byte of a row's scale inside its block.
fn scale_byte(format: Format, row: usize) -> usize {
    let (half, odd, lane) = (row / 8, row / 4 % 2, row % 4);
    format.block_bytes() - 32 + half * 16 + lane * 4 + odd * 2
}

fn read_scale(format: Format, block: &[u8], row: usize) -> u16 {
    let at = scale_byte(format, row);
    u16::from_le_bytes([block[at], block[at + 1]])
}

fn write_scale(format: Format, block: &mut [u8], row: usize, scale: u16) {
    let at = scale_byte(format, row);
    block[at..at + 2].copy_from_slice(&scale.to_le_bytes());
}
