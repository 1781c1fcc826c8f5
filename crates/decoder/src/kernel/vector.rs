//! What the kernels for WebAssembly share: scales, sums and results in 128-bit registers.

use super::{Out, PANEL_ROWS, Q4_BLOCK_BYTES, UNPACKED_BLOCK_BYTES, UNPACKED_PAIRS_BLOCK_BYTES};
use std::arch::wasm32::*;

/// Sums of `Q` quads of rows for each of `T` tokens.
pub(super) type Sums<const T: usize, const Q: usize> = [[v128; Q]; T];

/// Where each token's results for the rows from `quad` on in a panel belong.
///
/// # Safety
/// `out` has room for the panel, for every token.
#[inline(always)]
pub(super) unsafe fn place<const T: usize>(
    out: &mut Out<'_>,
    panel: usize,
    quad: usize,
) -> [*mut f32; T] {
    let first = out.values.as_mut_ptr();
    // SAFETY: the caller's promise.
    std::array::from_fn(|t| unsafe { first.add(t * out.stride + panel * PANEL_ROWS + quad * 4) })
}

/// Scales of `Q` quads, from the 32 bytes of all four.
///
/// # Safety
/// `bytes` points at 32 readable bytes, and `quad + Q` is at most 4.
#[inline(always)]
pub(super) unsafe fn scales<const Q: usize>(bytes: *const u8, quad: usize) -> [v128; Q] {
    std::array::from_fn(|q| {
        let quad = quad + q;
        // SAFETY: the caller's promise.
        let both = unsafe { v128_load(bytes.add(quad / 2 * 16).cast()) };
        if quad.is_multiple_of(2) {
            u32x4_shl(both, 16)
        } else {
            v128_and(both, u32x4_splat(0xffff_0000))
        }
    })
}

/// `rows += sums * (weight scale * activation scale)`, as in `scalar::accumulate`.
///
/// # Safety
/// `scales` points at `T` floats.
#[inline(always)]
pub(super) unsafe fn accumulate<const T: usize, const Q: usize>(
    rows: &mut Sums<T, Q>,
    sums: Sums<T, Q>,
    weight_scales: [v128; Q],
    scales: *const f32,
) {
    for t in 0..T {
        // SAFETY: the caller's promise.
        let scale = unsafe { v128_load32_splat(scales.add(t).cast()) };
        for q in 0..Q {
            let scale = f32x4_mul(weight_scales[q], scale);
            let product = f32x4_mul(f32x4_convert_i32x4(sums[t][q]), scale);
            rows[t][q] = f32x4_add(rows[t][q], product);
        }
    }
}

/// `rows += sums * activation scale`, as in `scalar::weigh`.
///
/// # Safety
/// `scales` points at `T` floats.
#[inline(always)]
pub(super) unsafe fn accumulate_unscaled<const T: usize, const Q: usize>(
    rows: &mut Sums<T, Q>,
    sums: Sums<T, Q>,
    scales: *const f32,
) {
    for t in 0..T {
        // SAFETY: the caller's promise.
        let scale = unsafe { v128_load32_splat(scales.add(t).cast()) };
        for q in 0..Q {
            let product = f32x4_mul(f32x4_convert_i32x4(sums[t][q]), scale);
            rows[t][q] = f32x4_add(rows[t][q], product);
        }
    }
}

/// Writes results.
///
/// # Safety
/// Each of `out` points at `4 * Q` writable floats.
#[inline(always)]
pub(super) unsafe fn store<const T: usize, const Q: usize>(rows: Sums<T, Q>, out: [*mut f32; T]) {
    for t in 0..T {
        for q in 0..Q {
            // SAFETY: the caller's promise.
            unsafe { v128_store(out[t].add(q * 4).cast(), rows[t][q]) };
        }
    }
}

/// Bytes of the weights in a packed block, four eights of all quads.
const PACKED: usize = 256;

/// A byte for each weight, as in `scalar::unpack`.
pub(super) fn unpack_bytes(blocks: &[[u8; Q4_BLOCK_BYTES]], unpacked: &mut [u8]) {
    let (targets, _) = unpacked.as_chunks_mut::<UNPACKED_BLOCK_BYTES>();
    let nibble = u8x16_splat(15);
    for (block, target) in blocks.iter().zip(targets) {
        for at in (0..PACKED).step_by(16) {
            let to = at / 64 * 128 + at % 64;
            // SAFETY: `at` is below 256 and `to` at most 432, each with 16 bytes behind it, and the
            // higher nibbles go 64 bytes further on.
            unsafe {
                let packed = v128_load(block.as_ptr().add(at).cast());
                let target = target.as_mut_ptr().add(to);
                v128_store(target.cast(), v128_and(packed, nibble));
                let high = v128_and(u16x8_shr(packed, 4), nibble);
                v128_store(target.add(64).cast(), high);
            }
        }
        target[2 * PACKED..].copy_from_slice(&block[PACKED..]);
    }
}

/// Two bytes for each weight, in the order of the pairs: a 16-bit lane holds the nibbles of four
/// inputs of a row, which are two apart from those of the lane beside it.
pub(super) fn unpack_pairs(blocks: &[[u8; Q4_BLOCK_BYTES]], unpacked: &mut [u8]) {
    let (targets, _) = unpacked.as_chunks_mut::<UNPACKED_PAIRS_BLOCK_BYTES>();
    let nibble = u16x8_splat(15);
    for (block, target) in blocks.iter().zip(targets) {
        for at in (0..PACKED).step_by(16) {
            let to = at / 64 * 256 + at % 64;
            // SAFETY: `at` is below 256 and `to` at most 816, and the fourth pair goes 192 bytes
            // further on.
            unsafe {
                let packed = v128_load(block.as_ptr().add(at).cast());
                let target = target.as_mut_ptr().add(to);
                let pairs = [
                    v128_and(packed, nibble),
                    v128_and(u16x8_shr(packed, 4), nibble),
                    v128_and(u16x8_shr(packed, 8), nibble),
                    u16x8_shr(packed, 12),
                ];
                for (pair, lanes) in pairs.into_iter().enumerate() {
                    v128_store(target.add(pair * 64).cast(), lanes);
                }
            }
        }
        target[4 * PACKED..].copy_from_slice(&block[PACKED..]);
    }
}
