//! What the kernels for WebAssembly share: scales, sums and results in 128-bit registers.

use super::{Out, PANEL_ROWS};
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
