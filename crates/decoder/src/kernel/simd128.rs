//! Plain 128-bit SIMD: 16-bit products on the same panels.

use super::{PanelOut, Q8_BLOCK_BYTES};
use crate::activation::{BLOCK, Row};
use std::arch::wasm32::*;

/// See [`super::scalar::q4_panel`]. Lengths were checked by [`super::q4_panel`].
///
/// Each 16-bit lane of a panel holds four nibbles; masks pick one in place, which multiplies it by
/// 1, 16 or 256. Sums of equal weight are kept apart and shifted down once, at the block's end.
#[cfg(not(target_feature = "relaxed-simd"))]
#[inline(never)]
pub(super) fn q4_panel<const T: usize>(panel: &[u8], rows: [Row<'_>; T], out: &mut [PanelOut; T]) {
    use super::Q4_BLOCK_BYTES;
    let blocks = panel.len() / Q4_BLOCK_BYTES;
    *out = [[0.0; 16]; T];
    for index in 0..blocks {
        // SAFETY: `super::check` proved the panel to hold `blocks` blocks and each row to match.
        unsafe {
            let block = panel.as_ptr().add(index * Q4_BLOCK_BYTES);
            let weight_scales = scales(block.add(256));
            for t in 0..T {
                let x = rows[t].pairs.as_ptr().add(index * BLOCK);
                let offset = i32x4_splat(*rows[t].offsets.get_unchecked(index));
                let mut sums = [offset; 4];
                for (quad, sum) in sums.iter_mut().enumerate() {
                    *sum = q4_quad(block.add(quad * 16), x, *sum);
                }
                accumulate(&mut out[t], sums, weight_scales, *rows[t].scales.get_unchecked(index));
            }
        }
    }
}

/// Four rows of one block. `quad` points at the quad's first 16 bytes, `x` at the block's pairs.
#[cfg(not(target_feature = "relaxed-simd"))]
#[inline(always)]
unsafe fn q4_quad(quad: *const u8, x: *const i16, start: v128) -> v128 {
    let mut ones = start;
    let mut sixteens = i32x4_splat(0);
    let mut two_hundreds = i32x4_splat(0);
    for group in 0..4 {
        // SAFETY: the caller points at a whole block.
        unsafe {
            let packed = v128_load(quad.add(group * 64).cast());
            let x = x.add(group * 8);
            let pair = |at: usize| v128_load32_splat(x.add(at).cast());
            let mask = |bits: u16, at: usize| {
                i32x4_dot_i16x8(v128_and(packed, u16x8_splat(bits)), pair(at))
            };
            ones = i32x4_add(ones, mask(0x000f, 0));
            sixteens = i32x4_add(sixteens, mask(0x00f0, 2));
            two_hundreds = i32x4_add(two_hundreds, mask(0x0f00, 4));
            ones = i32x4_add(ones, i32x4_dot_i16x8(u16x8_shr(packed, 12), pair(6)));
        }
    }
    i32x4_add(ones, i32x4_add(i32x4_shr(sixteens, 4), i32x4_shr(two_hundreds, 8)))
}

/// See [`super::scalar::q8_panel`]. Lengths were checked by [`super::q8_panel`].
#[inline(never)]
pub(super) fn q8_panel<const T: usize>(panel: &[u8], rows: [Row<'_>; T], out: &mut [PanelOut; T]) {
    let blocks = panel.len() / Q8_BLOCK_BYTES;
    *out = [[0.0; 16]; T];
    for index in 0..blocks {
        // SAFETY: `super::check` proved the panel to hold `blocks` blocks and each row to match.
        unsafe {
            let block = panel.as_ptr().add(index * Q8_BLOCK_BYTES);
            let mut sums = [[i32x4_splat(0); 4]; T];
            for pair in 0..BLOCK / 2 {
                let weights = block.add(pair * 32);
                for half in 0..2 {
                    let packed = v128_load(weights.add(half * 16).cast());
                    let low = i16x8_extend_low_i8x16(packed);
                    let high = i16x8_extend_high_i8x16(packed);
                    for t in 0..T {
                        let x = rows[t].pairs.as_ptr().add(index * BLOCK + pair * 2);
                        let x = v128_load32_splat(x.cast());
                        let quads = &mut sums[t][half * 2..half * 2 + 2];
                        quads[0] = i32x4_add(quads[0], i32x4_dot_i16x8(low, x));
                        quads[1] = i32x4_add(quads[1], i32x4_dot_i16x8(high, x));
                    }
                }
            }
            let weight_scales = scales(block.add(512));
            for t in 0..T {
                let scale = *rows[t].scales.get_unchecked(index);
                accumulate(&mut out[t], sums[t], weight_scales, scale);
            }
        }
    }
}

/// Sixteen scales as four vectors, from 32 readable bytes.
#[inline(always)]
pub(super) unsafe fn scales(bytes: *const u8) -> [v128; 4] {
    // SAFETY: the caller's bytes.
    let (first, second) = unsafe { (v128_load(bytes.cast()), v128_load(bytes.add(16).cast())) };
    let upper = u32x4_splat(0xffff_0000);
    [u32x4_shl(first, 16), v128_and(first, upper), u32x4_shl(second, 16), v128_and(second, upper)]
}

/// `out += sums * (weight scale * activation scale)`, as in `scalar::accumulate`.
#[inline(always)]
pub(super) fn accumulate(
    out: &mut PanelOut,
    sums: [v128; 4],
    weight_scales: [v128; 4],
    scale: f32,
) {
    let scale = f32x4_splat(scale);
    for quad in 0..4 {
        let product =
            f32x4_mul(f32x4_convert_i32x4(sums[quad]), f32x4_mul(weight_scales[quad], scale));
        let at = out[quad * 4..].as_mut_ptr().cast();
        // SAFETY: `quad * 4 + 4 <= 16`.
        unsafe { v128_store(at, f32x4_add(v128_load(at), product)) };
    }
}
