//! The other ways in which llama.cpp writes weights, back to floats.
//!
//! Source: <https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-common.h>. Matrices of these kinds become
//! blocks of eight bits when they are packed: the kernels know two kinds.

use super::TensorKind;
use crate::numeric::{f32_from_bf16, f32_from_f16};

/// The floats of one block of a kind that [`TensorKind::block`] knows; `out` has as many.
pub(crate) fn unpack(kind: TensorKind, block: &[u8], out: &mut [f32]) {
    match kind {
        TensorKind::Bf16 => out[0] = f32_from_bf16(u16::from_le_bytes([block[0], block[1]])),
        TensorKind::Q4_1 => {
            let (scale, least) = (half(block, 0), half(block, 2));
            nibbles(&block[4..], |input, low| out[input] = scale * f32::from(low) + least);
        }
        TensorKind::Q5_0 => {
            let scale = half(block, 0);
            let fifth = fifths(&block[2..]);
            nibbles(&block[6..], |input, low| {
                out[input] = scale * (f32::from(low | fifth(input)) - 16.0);
            });
        }
        TensorKind::Q5_1 => {
            let (scale, least) = (half(block, 0), half(block, 2));
            let fifth = fifths(&block[4..]);
            nibbles(&block[8..], |input, low| {
                out[input] = scale * f32::from(low | fifth(input)) + least;
            });
        }
        TensorKind::Q4K => scaled(block, &block[16..], |_, _| 0, out),
        TensorKind::Q5K => {
            let high = &block[16..48];
            let fifth = |group: usize, input: usize| (high[input] >> group & 1) << 4;
            scaled(block, &block[48..], fifth, out);
        }
        TensorKind::Q6K => six_bits(block, out),
        TensorKind::F32 | TensorKind::F16 | TensorKind::Q4_0 | TensorKind::Q8_0 => {}
        TensorKind::Other(_) => {}
    }
}

fn half(block: &[u8], at: usize) -> f32 {
    f32_from_f16(u16::from_le_bytes([block[at], block[at + 1]]))
}

/// Each input's four bits of 16 bytes: the low ones are inputs 0..16.
fn nibbles(bytes: &[u8], mut each: impl FnMut(usize, u8)) {
    for (input, byte) in bytes[..16].iter().enumerate() {
        each(input, byte & 15);
        each(input + 16, byte >> 4);
    }
}

/// Each input's fifth bit, in its place.
fn fifths(bytes: &[u8]) -> impl Fn(usize) -> u8 {
    let bits = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    move |input| ((bits >> input & 1) << 4) as u8
}

/// Eight groups of 32 weights, each with a scale and a least value of six bits; `fifth` of a group and an input.
fn scaled(block: &[u8], low: &[u8], fifth: impl Fn(usize, usize) -> u8, out: &mut [f32]) {
    let (scale, least) = (half(block, 0), half(block, 2));
    let packed = &block[4..16];
    for (group, out) in out.chunks_exact_mut(32).enumerate() {
        let (factor, offset) = six_bit_pair(packed, group);
        let bytes = &low[group / 2 * 32..][..32];
        let (factor, offset) = (scale * f32::from(factor), least * f32::from(offset));
        for (input, (out, byte)) in out.iter_mut().zip(bytes).enumerate() {
            let four = if group % 2 == 0 { byte & 15 } else { byte >> 4 };
            *out = factor * f32::from(four | fifth(group, input)) - offset;
        }
    }
}

/// A group's scale and least value, which lie in twelve bytes: four groups whole, of the others the upper bits apart.
fn six_bit_pair(packed: &[u8], group: usize) -> (u8, u8) {
    if group < 4 {
        return (packed[group] & 63, packed[group + 4] & 63);
    }
    let both = packed[group + 4];
    (both & 15 | packed[group - 4] >> 6 << 4, both >> 4 | packed[group] >> 6 << 4)
}

/// Sixteen groups of 16 weights of six bits: 128 bytes of four, 64 of two, 16 scales.
fn six_bits(block: &[u8], out: &mut [f32]) {
    let (low, rest) = block.split_at(128);
    let (high, rest) = rest.split_at(64);
    let scale = half(rest, 16);
    for (at, out) in out.iter_mut().enumerate() {
        let (part, quarter, input) = (at / 128, at % 128 / 32, at % 32);
        let byte = low[part * 64 + quarter % 2 * 32 + input];
        let four = if quarter < 2 { byte & 15 } else { byte >> 4 };
        let two = high[part * 32 + input] >> (quarter * 2) & 3;
        let factor = rest[at / 16] as i8;
        *out = scale * f32::from(factor) * f32::from((four | two << 4) as i8 - 32);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::gguf::Tensor;
    use crate::matrix::floats;
    use std::collections::BTreeMap;

    #[derive(serde::Deserialize)]
    struct Case {
        code: u32,
        /// In hex.
        block: String,
        floats: Vec<f32>,
    }

    /// Random blocks, as the Python package `gguf` reads them.
    #[test]
    fn blocks_are_read_as_their_writers_meant_them() {
        let golden = include_str!("../../tests/golden/blocks.json");
        let cases: BTreeMap<String, Case> = serde_json::from_str(golden).expect("the fixture");
        assert_eq!(cases.len(), 7);
        for (name, Case { code, block, floats: wanted }) in cases {
            let byte = |at| u8::from_str_radix(&block[at..at + 2], 16).expect("hex");
            let data: Vec<u8> = (0..block.len()).step_by(2).map(byte).collect();
            let (kind, shape) = (TensorKind::from_code(code), vec![wanted.len() as u64]);
            assert!(kind.block().is_some(), "{name}");
            let found = floats(&name, &Tensor { kind, shape, data: &data }).expect("a known kind");
            assert_eq!(found.len(), wanted.len(), "{name}");
            let widest = wanted.iter().fold(0.0f32, |most, value| most.max(value.abs()));
            for (at, (found, wanted)) in found.iter().zip(&wanted).enumerate() {
                assert!((found - wanted).abs() <= widest * 1e-6, "{name} {at}: {found} {wanted}");
            }
        }
    }
}
