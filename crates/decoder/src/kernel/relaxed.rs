//! Relaxed SIMD: one instruction multiplies 16 int8 pairs and adds them up by fours.
//!
//! Source: <https://github.com/WebAssembly/relaxed-simd>. The second operand of the dot product
//! must stay within 0..=127, where every machine gives the same result; nibbles do.

use super::{PanelOut, Q4_BLOCK_BYTES, simd128};
use crate::activation::{BLOCK, Row};
use std::arch::wasm32::*;

/// See [`super::scalar::q4_panel`]. Lengths were checked by [`super::q4_panel`].
#[inline(never)]
pub(super) fn q4_panel<const T: usize>(panel: &[u8], rows: [Row<'_>; T], out: &mut [PanelOut; T]) {
    let nibble = u8x16_splat(15);
    let blocks = panel.len() / Q4_BLOCK_BYTES;
    *out = [[0.0; 16]; T];
    for index in 0..blocks {
        // SAFETY: `super::check` proved the panel to hold `blocks` blocks and each row to match.
        unsafe {
            let block = panel.as_ptr().add(index * Q4_BLOCK_BYTES);
            let mut sums = [[i32x4_splat(0); 4]; T];
            for t in 0..T {
                sums[t] = [i32x4_splat(*rows[t].offsets.get_unchecked(index)); 4];
            }
            for group in 0..4 {
                let x = index * BLOCK + group * 8;
                for quad in 0..4 {
                    let packed = v128_load(block.add(group * 64 + quad * 16).cast());
                    let low = v128_and(packed, nibble);
                    let high = v128_and(u16x8_shr(packed, 4), nibble);
                    for t in 0..T {
                        let bytes = rows[t].bytes.as_ptr().add(x);
                        let first = v128_load32_splat(bytes.cast());
                        let second = v128_load32_splat(bytes.add(4).cast());
                        let sum = i32x4_relaxed_dot_i8x16_i7x16_add(first, low, sums[t][quad]);
                        sums[t][quad] = i32x4_relaxed_dot_i8x16_i7x16_add(second, high, sum);
                    }
                }
            }
            let weight_scales = simd128::scales(block.add(256));
            for t in 0..T {
                let scale = *rows[t].scales.get_unchecked(index);
                simd128::accumulate(&mut out[t], sums[t], weight_scales, scale);
            }
        }
    }
}
