//! Every kernel against its scalar twin, to the bit, natively and in a browser.

use super::*;
use crate::activation::Activations;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// SplitMix64: the same numbers on every machine, without a dependency that the browser lacks.
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn float(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    }
}

/// What the bytes and the activations of a case look like.
#[derive(Clone, Copy)]
enum Fill {
    Random,
    /// Largest magnitudes with one sign: the sums at their extremes.
    High,
    Low,
    Zero,
}

const FILLS: [Fill; 4] = [Fill::Random, Fill::High, Fill::Low, Fill::Zero];

/// Scales, and the sums that a Q8_0 block keeps, belong to random weights: panels are packed.
fn panels(random: &mut Random, fill: Fill, blocks: usize, kind: Kind) -> Vec<u8> {
    let mut bytes = vec![0u8; PANELS * blocks * kind.block_bytes()];
    for block in bytes.chunks_exact_mut(kind.block_bytes()) {
        for row in 0..PANEL_ROWS {
            let weights: [u8; BLOCK] = std::array::from_fn(|_| match fill {
                Fill::Random => random.next() as u8,
                Fill::High => 0x7f,
                Fill::Low => 0x80,
                Fill::Zero => 0,
            });
            let scale = crate::numeric::bf16_from_f32(random.float() * 0.1);
            kind.write(block, row, weights, scale);
        }
    }
    bytes
}

/// How many panels stand one behind the other.
const PANELS: usize = 2;

#[derive(Clone, Copy, Debug)]
enum Kind {
    Q4,
    Unpacked,
    Q8,
    Values,
}

impl Kind {
    fn block_bytes(self) -> usize {
        match self {
            Self::Q4 | Self::Unpacked => Q4_BLOCK_BYTES,
            Self::Q8 => Q8_BLOCK_BYTES,
            Self::Values => VALUE_BLOCK_BYTES,
        }
    }

    fn write(self, block: &mut [u8], row: usize, weights: [u8; BLOCK], scale: u16) {
        match self {
            Self::Q4 | Self::Unpacked => crate::matrix::write_q4(block, row, &weights[..16], scale),
            Self::Q8 => crate::matrix::write_q8(block, row, weights.map(|w| w as i8), scale),
            Self::Values => {
                for (position, value) in weights.into_iter().enumerate() {
                    block[position / 4 * 64 + row * 4 + position % 4] = value;
                }
            }
        }
    }

    /// This build's kernel, then its twin, on the same tile.
    fn run<const T: usize>(self, kernel: Kernel, weights: &[u8], x: &mut Activations) -> Pair {
        let blocks = weights.len() / PANELS / self.block_bytes();
        let stride = PANELS * PANEL_ROWS + 5;
        let (mut unpacked_weights, mut unpacked_twin) = (Vec::new(), Vec::new());
        if matches!(self, Self::Unpacked) {
            unpack(kernel, weights, &mut unpacked_weights);
            let (packed, _) = weights.as_chunks();
            unpacked_twin.resize(packed.len() * UNPACKED_BLOCK_BYTES, 0);
            scalar::unpack(packed, &mut unpacked_twin);
        }
        let (mut fast, mut twin) = (vec![f32::NAN; T * stride], vec![f32::NAN; T * stride]);
        let quantize = |kernel, x: &mut Activations| match self {
            Self::Q8 => x.quantize_fourteen(kernel),
            _ => x.quantize_eight(kernel),
        };
        quantize(kernel, x);
        let mut out = Out { values: &mut fast, stride };
        match self {
            Self::Q4 => q4(kernel, weights, blocks, x.eight(0), &mut out),
            Self::Unpacked => {
                unpacked(kernel, &unpacked_weights, blocks, x.eight(0), &mut out);
            }
            Self::Q8 => q8(kernel, weights, blocks, x.fourteen(0), &mut out),
            Self::Values => weigh(kernel, weights, blocks, x.eight(0), &mut out),
        }
        quantize(Kernel::Dot8, x);
        let mut out = Out { values: &mut twin, stride };
        let task = |x| Task { weights, blocks, x };
        match self {
            Self::Q4 => scalar::q4::<T>(task(x.eight(0)), &mut out),
            Self::Unpacked => {
                let weights = &unpacked_twin;
                scalar::unpacked::<T>(Task { weights, blocks, x: x.eight(0) }, &mut out);
            }
            Self::Q8 => scalar::q8::<T>(task(x.fourteen(0)), &mut out),
            Self::Values => scalar::weigh::<T>(task(x.eight(0)), &mut out),
        }
        Pair { fast: bits(&fast), twin: bits(&twin) }
    }
}

/// Results to the bit.
struct Pair {
    fast: Vec<u32>,
    twin: Vec<u32>,
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|value| value.to_bits()).collect()
}

fn activations(random: &mut Random, fill: Fill, tokens: usize, width: usize) -> Activations {
    let mut values = vec![0.0f32; tokens * width];
    for value in &mut values {
        *value = match fill {
            Fill::Random => random.float() * 10.0,
            Fill::High => 3.5,
            Fill::Low => -3.5,
            Fill::Zero => 0.0,
        };
    }
    let mut activations = Activations::default();
    activations.set(&values, width);
    activations
}

/// Probabilities have no sign.
fn probabilities(random: &mut Random, fill: Fill, tokens: usize, width: usize) -> Activations {
    let x = activations(random, fill, tokens, width);
    let values: Vec<f32> =
        (0..tokens).flat_map(|token| x.floats(token).to_vec()).map(f32::abs).collect();
    let mut probabilities = Activations::default();
    probabilities.set(&values, width);
    probabilities
}

fn compare<const T: usize>(random: &mut Random, blocks: usize, weights: Fill, inputs: Fill) {
    for kind in [Kind::Q4, Kind::Unpacked, Kind::Q8, Kind::Values] {
        let mut x = match kind {
            Kind::Values => probabilities(random, inputs, T, blocks * BLOCK),
            _ => activations(random, inputs, T, blocks * BLOCK),
        };
        let panels = panels(random, weights, blocks, kind);
        for kernel in Kernel::ALL {
            let Pair { fast, twin } = kind.run::<T>(*kernel, &panels, &mut x);
            assert_eq!(fast, twin, "{kind:?}, {T} tokens, {blocks} blocks, {kernel:?}, {BUILD}");
        }
    }
}

#[test]
fn kernels_equal_their_scalar_twins() {
    let mut random = Random(1);
    for blocks in [1, 2, 3, 7, 8, 12, 33] {
        for weights in FILLS {
            for inputs in FILLS {
                compare::<1>(&mut random, blocks, weights, inputs);
                compare::<2>(&mut random, blocks, weights, inputs);
                compare::<3>(&mut random, blocks, weights, inputs);
                compare::<4>(&mut random, blocks, weights, inputs);
            }
        }
    }
}

#[test]
fn a_token_does_not_depend_on_its_neighbours() {
    let mut random = Random(2);
    let mut x = activations(&mut random, Fill::Random, 4, 256);
    for kind in [Kind::Q4, Kind::Unpacked, Kind::Q8] {
        let panels = panels(&mut random, Fill::Random, 8, kind);
        let stride = PANELS * PANEL_ROWS + 5;
        let together = kind.run::<4>(Kernel::ALL[0], &panels, &mut x).fast;
        for token in 0..4 {
            let mut alone = Activations::default();
            alone.set(x.floats(token), 256);
            let rows = kind.run::<1>(Kernel::ALL[0], &panels, &mut alone).fast;
            assert_eq!(rows, together[token * stride..(token + 1) * stride], "{kind:?} {token}");
            if matches!(kind, Kind::Unpacked) {
                let packed = Kind::Q4.run::<1>(Kernel::ALL[0], &panels, &mut alone).fast;
                assert_eq!(packed, rows, "packed or not");
            }
        }
    }
}
