//! Activations on their way into a matrix: integers in blocks of 32, in the order kernels read.
//!
//! Tokens go through a kernel up to four together, a **tile**. Inside a tile the inputs of its
//! tokens lie side by side, step by step, so that a kernel walks one pointer:
//!
//! ```text
//! bytes:  (step, token, 4)       four inputs a step, for the 8-bit kernels
//! pairs:  (pair, token, 2)       two inputs a pair, eights in PAIR_ORDER, for the 16-bit kernels
//! scales: (block, token)
//! ```
//!
//! Q4_0 weights meet 8-bit activations. Q8_0 weights, and the keys of the attention, meet 14-bit
//! ones, because the 8-bit kernels need two passes for eight bits anyhow: a byte of the high seven
//! bits, a byte of the low seven.

use crate::{
    kernel::{Kernel, quantize},
    numeric::ROUND,
};

/// Weights and activations share this block length, so a block's product needs one scale each.
pub(crate) const BLOCK: usize = 32;

/// Most tokens in a tile.
pub(crate) const TILE: usize = 4;

/// Order of `pairs` inside each eight: the 16-bit kernels multiply (0, 2), (4, 6), (1, 3), (5, 7).
pub(crate) const PAIR_ORDER: [usize; 8] = [0, 2, 4, 6, 1, 3, 5, 7];

/// Largest magnitude of a 14-bit activation, and what makes it a number without a sign.
pub(crate) const LARGEST_14: f32 = 8191.0;
pub(crate) const OFFSET_14: i32 = 8192;

/// Several tokens' activations. Buffers are reused between calls.
#[derive(Debug, Default)]
pub(crate) struct Activations {
    width: usize,
    floats: Vec<f32>, // (tokens, width)
    eight: Quantized,
    fourteen: Quantized,
    /// Scratch of a product: a panel, unpacked.
    pub(crate) unpacked: Vec<u8>,
}

/// Tiles of quantized activations, one behind the other.
#[derive(Debug, Default)]
struct Quantized {
    /// Which kernel the values are laid out for; none while they are not computed.
    kernel: Option<Kernel>,
    bytes: Vec<[u8; 4]>,  // 8 bits: signed; 14 bits: (step, token, high | low, 4)
    pairs: Vec<[i16; 2]>, // either
    scales: Vec<f32>,
    offsets: Vec<i32>, // 8 bits only: -8 * sum of the block, the zero point of Q4_0
}

/// One tile as a kernel sees it. Only the form of its own kernel is filled in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tile<'a> {
    pub(crate) tokens: usize,
    pub(crate) bytes: &'a [[u8; 4]],
    pub(crate) pairs: &'a [[i16; 2]],
    pub(crate) scales: &'a [f32],
    pub(crate) offsets: &'a [i32],
}

impl Activations {
    /// Takes `values` (tokens, width).
    pub(crate) fn set(&mut self, values: &[f32], width: usize) {
        self.floats.clear();
        self.floats.extend_from_slice(values);
        self.width = width;
        self.eight.kernel = None;
        self.fourteen.kernel = None;
    }

    /// As [`Activations::set`], but takes the buffer and gives another back, whose values mean
    /// nothing.
    pub(crate) fn take(&mut self, values: &mut Vec<f32>, width: usize) {
        std::mem::swap(&mut self.floats, values);
        self.width = width;
        self.eight.kernel = None;
        self.fourteen.kernel = None;
    }

    pub(crate) fn tokens(&self) -> usize {
        self.floats.len() / self.width
    }

    pub(crate) fn floats(&self, token: usize) -> &[f32] {
        &self.floats[token * self.width..(token + 1) * self.width]
    }

    /// Makes [`Activations::eight`] ready. The width is a multiple of 32.
    pub(crate) fn quantize_eight(&mut self, kernel: Kernel) {
        let Self { width, floats, eight, .. } = self;
        eight.fill(kernel, floats, *width, 1, |values, target, place| {
            let stride = place.tokens;
            let block = match kernel {
                Kernel::Dot8 => quantize::eight(values, &mut target.bytes[place.four()..], stride),
                Kernel::Dot16 => {
                    quantize::pairs(values, 127.0, &mut target.pairs[place.pair()..], stride)
                }
            };
            target.scales[place.scale] = block.scale;
            target.offsets[place.scale] = -8 * block.sum;
        });
    }

    /// Makes [`Activations::fourteen`] ready. The width is a multiple of 32.
    pub(crate) fn quantize_fourteen(&mut self, kernel: Kernel) {
        let Self { width, floats, fourteen, .. } = self;
        fourteen.fill(kernel, floats, *width, 2, |values, target, place| {
            let stride = place.tokens;
            target.scales[place.scale] = match kernel {
                Kernel::Dot8 => {
                    let to = &mut target.bytes[place.four() * 2..];
                    quantize::fourteen(values, to, stride * 2)
                }
                Kernel::Dot16 => {
                    let to = &mut target.pairs[place.pair()..];
                    quantize::pairs(values, LARGEST_14, to, stride).scale
                }
            };
        });
    }

    /// The tile that begins at `token`, eight bits an activation.
    pub(crate) fn eight(&self, token: usize) -> Tile<'_> {
        self.eight.tile(token, self.tokens(), self.width, 1)
    }

    /// The tile that begins at `token`, fourteen bits an activation.
    pub(crate) fn fourteen(&self, token: usize) -> Tile<'_> {
        self.fourteen.tile(token, self.tokens(), self.width, 2)
    }
}

/// Where a block of one token goes.
#[derive(Clone, Copy)]
struct Place {
    /// Elements of the tiles before, a tile's first block included.
    start: usize,
    /// Tokens of the tile, and which of them this is.
    tokens: usize,
    token: usize,
    scale: usize,
}

impl Place {
    /// Where the block's first four inputs go.
    fn four(self) -> usize {
        self.start / 4 + self.token
    }

    /// Where the block's first pair goes.
    fn pair(self) -> usize {
        self.start / 2 + self.token
    }
}

impl Quantized {
    /// Quantizes every block, unless that was done for this kernel.
    fn fill(
        &mut self,
        kernel: Kernel,
        floats: &[f32],
        width: usize,
        bytes: usize,
        mut block: impl FnMut(&[f32; BLOCK], &mut Self, Place),
    ) {
        if self.kernel == Some(kernel) {
            return;
        }
        self.kernel = Some(kernel);
        match kernel {
            Kernel::Dot8 => self.bytes.resize(floats.len() / 4 * bytes, [0; 4]),
            Kernel::Dot16 => self.pairs.resize(floats.len() / 2, [0; 2]),
        }
        self.scales.resize(floats.len() / BLOCK, 0.0);
        self.offsets.resize(floats.len() / BLOCK, 0);
        for (index, tile) in floats.chunks(width * TILE).enumerate() {
            let tokens = tile.len() / width;
            for (token, row) in tile.chunks_exact(width).enumerate() {
                let (blocks, _) = row.as_chunks::<BLOCK>();
                for (number, values) in blocks.iter().enumerate() {
                    let start = index * TILE * width + number * BLOCK * tokens;
                    let scale = start / BLOCK + token;
                    block(values, self, Place { start, tokens, token, scale });
                }
            }
        }
    }

    fn tile(&self, first: usize, all: usize, width: usize, bytes: usize) -> Tile<'_> {
        let tokens = TILE.min(all - first);
        let range = |per: usize| first * width / per..(first + tokens) * width / per;
        let fours = range(4).start * bytes..range(4).end * bytes;
        Tile {
            tokens,
            bytes: self.bytes.get(fours).unwrap_or_default(),
            pairs: self.pairs.get(range(2)).unwrap_or_default(),
            scales: &self.scales[range(BLOCK)],
            offsets: &self.offsets[range(BLOCK)],
        }
    }
}

/// Values times `inverse`, as the nearest integers, and their sum.
#[inline(always)]
pub(crate) fn round(values: &[f32; BLOCK], inverse: f32) -> ([i16; BLOCK], i32) {
    let mut rounded = [0i16; BLOCK];
    let mut sum = 0i32;
    for (rounded, value) in rounded.iter_mut().zip(values) {
        *rounded = (value * inverse + ROUND).to_bits() as i16;
        sum += i32::from(*rounded);
    }
    (rounded, sum)
}

/// Floats without a sign are ordered as their bits are, and integers have a vector maximum.
#[inline(always)]
pub(crate) fn max_magnitude(values: &[f32]) -> f32 {
    let magnitudes = values.iter().map(|value| value.to_bits() & 0x7fff_ffff);
    f32::from_bits(magnitudes.fold(0, u32::max))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(count: usize) -> Vec<f32> {
        (0..count).map(|index| ((index * 37 % 101) as f32 - 50.0) * 0.37).collect()
    }

    #[test]
    fn both_forms_hold_the_same_numbers() {
        let mut activations = Activations::default();
        activations.set(&values(5 * 64), 64);
        activations.quantize_eight(Kernel::Dot8);
        let bytes = activations.eight(0).bytes.to_vec();
        activations.quantize_eight(Kernel::Dot16);
        let tile = activations.eight(0);
        assert_eq!((tile.tokens, activations.eight(4).tokens), (4, 1));
        for token in 0..4 {
            for input in 0..64 {
                let byte = bytes[input / 4 * 4 + token][input % 4] as i8;
                let place = PAIR_ORDER.iter().position(|&from| from == input % 8).expect("in it");
                let pair = tile.pairs[(input / 8 * 4 + place / 2) * 4 + token][place % 2];
                assert_eq!(i16::from(byte), pair, "token {token} input {input}");
            }
        }
    }
}
