//! Every kernel against its scalar twin, to the bit, natively and in a browser.

use super::*;
use crate::activation::{Activations, BLOCK};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// SplitMix64: the same numbers on every machine, without a dependency that the browser lacks.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn float(&mut self) -> f32 {
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

fn panel(random: &mut Random, fill: Fill, blocks: usize, block_bytes: usize) -> Vec<u8> {
    let mut panel = vec![0u8; blocks * block_bytes];
    for block in panel.chunks_exact_mut(block_bytes) {
        let (weights, scales) = block.split_at_mut(block_bytes - 32);
        for byte in weights {
            *byte = match fill {
                Fill::Random => random.next() as u8,
                Fill::High => 0x7f,
                Fill::Low => 0x80,
                Fill::Zero => 0,
            };
        }
        for scale in scales.chunks_exact_mut(2) {
            let bits = crate::numeric::bf16_from_f32(random.float() * 0.1);
            scale.copy_from_slice(&bits.to_le_bytes());
        }
    }
    panel
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

fn compare<const T: usize>(random: &mut Random, blocks: usize, weights: Fill, inputs: Fill) {
    let x = activations(random, inputs, T, blocks * BLOCK);
    let rows: [Row<'_>; T] = std::array::from_fn(|token| x.row(token));

    let q4 = panel(random, weights, blocks, Q4_BLOCK_BYTES);
    let (mut fast, mut twin) = ([[0.0; PANEL_ROWS]; T], [[0.0; PANEL_ROWS]; T]);
    q4_panel(&q4, rows, &mut fast);
    scalar::q4_panel(&q4, rows, &mut twin);
    assert_eq!(fast, twin, "Q4_0, {T} tokens, {blocks} blocks, {BUILD}");

    let q8 = panel(random, weights, blocks, Q8_BLOCK_BYTES);
    q8_panel(&q8, rows, &mut fast);
    scalar::q8_panel(&q8, rows, &mut twin);
    assert_eq!(fast, twin, "Q8_0, {T} tokens, {blocks} blocks, {BUILD}");
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
    let x = activations(&mut random, Fill::Random, 4, 256);
    let panel = panel(&mut random, Fill::Random, 8, Q4_BLOCK_BYTES);
    let mut together = [[0.0; PANEL_ROWS]; 4];
    q4_panel(&panel, std::array::from_fn(|token| x.row(token)), &mut together);
    for (token, expected) in together.iter().enumerate() {
        let mut alone = [[0.0; PANEL_ROWS]; 1];
        q4_panel(&panel, [x.row(token)], &mut alone);
        assert_eq!(&alone[0], expected);
    }
}
