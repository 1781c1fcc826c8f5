//! Plain 128-bit SIMD: products of 16-bit numbers on the same panels.
//!
//! A 16-bit lane of a panel holds two bytes of one row, so its sign extension or a mask gives the
//! weights of two inputs that are two apart: hence the order of the activations' pairs.

use super::{
    Out, Q4_BLOCK_BYTES, Q8_BLOCK_BYTES, Task, UNPACKED_PAIRS_BLOCK_BYTES, VALUE_BLOCK_BYTES,
    vector::{self, Sums},
};
use std::{arch::wasm32::*, hint::black_box};

/// Bytes of all four quads in one step of a panel.
const STEP: usize = 64;

/// See [`super::scalar::q4`]. Lengths were checked by [`super::checks`].
pub(super) fn q4<const T: usize>(task: Task<'_>, out: &mut Out<'_>) {
    for (index, panel) in task.weights.chunks_exact(task.blocks * Q4_BLOCK_BYTES).enumerate() {
        for quad in (0..4).step_by(if T == 1 { 2 } else { 1 }) {
            // SAFETY: the panel, the tile and `out` are as long as `checks` found them.
            unsafe {
                let out = vector::place::<T>(out, index, quad);
                match T {
                    1 => q4_rows::<T, 2>(panel, task, quad, out, black_box(STEP)),
                    _ => q4_rows::<T, 1>(panel, task, quad, out, black_box(STEP)),
                }
            }
        }
    }
}

/// A mask picks a nibble in place, which multiplies it by 1, 16 or 256; sums of equal weight are
/// kept apart and shifted down once, at the block's end.
#[inline(never)]
unsafe fn q4_rows<const T: usize, const Q: usize>(
    panel: &[u8],
    task: Task<'_>,
    quad: usize,
    out: [*mut f32; T],
    step: usize,
) {
    let mut weights = panel.as_ptr();
    let mut x = task.x.pairs.as_ptr();
    let (mut scales, mut offsets) = (task.x.scales.as_ptr(), task.x.offsets.as_ptr());
    let mut rows: Sums<T, Q> = [[f32x4_splat(0.0); Q]; T];
    for _ in 0..task.blocks {
        // SAFETY: the caller's panel holds `blocks` blocks, and the tile as many.
        unsafe {
            let mut ones: Sums<T, Q> = [[i32x4_splat(0); Q]; T];
            for t in 0..T {
                ones[t] = [v128_load32_splat(offsets.add(t).cast()); Q];
            }
            let mut sixteens: Sums<T, Q> = [[i32x4_splat(0); Q]; T];
            let mut two_hundreds: Sums<T, Q> = [[i32x4_splat(0); Q]; T];
            let end = weights.add(4 * STEP);
            while weights < end {
                let packed: [v128; Q] =
                    std::array::from_fn(|q| v128_load(weights.add((quad + q) * 16).cast()));
                let masked = |mask| packed.map(|w| v128_and(w, u16x8_splat(mask)));
                add(&mut ones, masked(0x000f), x);
                add(&mut sixteens, masked(0x00f0), x.add(T));
                add(&mut two_hundreds, masked(0x0f00), x.add(2 * T));
                add(&mut ones, packed.map(|w| u16x8_shr(w, 12)), x.add(3 * T));
                weights = weights.add(step);
                x = x.add(step / 16 * T);
            }
            for t in 0..T {
                for q in 0..Q {
                    let sixteens = i32x4_shr(sixteens[t][q], 4);
                    let rest = i32x4_add(sixteens, i32x4_shr(two_hundreds[t][q], 8));
                    ones[t][q] = i32x4_add(ones[t][q], rest);
                }
            }
            vector::accumulate(&mut rows, ones, vector::scales::<Q>(weights, quad), scales);
            weights = weights.add(Q4_BLOCK_BYTES - 4 * STEP);
            offsets = offsets.add(T);
            scales = scales.add(T);
        }
    }
    // SAFETY: `out` points at `4 * Q` floats for every token.
    unsafe { vector::store(rows, out) };
}

/// See [`super::scalar::unpacked`]. Lengths were checked by [`super::checks`].
pub(super) fn unpacked<const T: usize>(task: Task<'_>, out: &mut Out<'_>) {
    let panels = task.weights.chunks_exact(task.blocks * UNPACKED_PAIRS_BLOCK_BYTES);
    for (index, panel) in panels.enumerate() {
        for quad in (0..4).step_by(2) {
            // SAFETY: the panel, the tile and `out` are as long as `checks` found them.
            unsafe {
                let out = vector::place::<T>(out, index, quad);
                unpacked_rows::<T>(panel, task, quad, out, black_box(STEP));
            }
        }
    }
}

/// Two quads. The loop takes one pair of inputs at a time, so that every sum is touched once.
#[inline(never)]
unsafe fn unpacked_rows<const T: usize>(
    panel: &[u8],
    task: Task<'_>,
    quad: usize,
    out: [*mut f32; T],
    step: usize,
) {
    let mut weights = panel.as_ptr();
    let mut x = task.x.pairs.as_ptr();
    let (mut scales, mut offsets) = (task.x.scales.as_ptr(), task.x.offsets.as_ptr());
    let mut rows: Sums<T, 2> = [[f32x4_splat(0.0); 2]; T];
    for _ in 0..task.blocks {
        // SAFETY: the caller's panel holds `blocks` blocks, and the tile as many.
        unsafe {
            let mut sums: Sums<T, 2> = [[i32x4_splat(0); 2]; T];
            for t in 0..T {
                sums[t] = [v128_load32_splat(offsets.add(t).cast()); 2];
            }
            let end = weights.add(16 * STEP);
            while weights < end {
                let pair = [0, 16].map(|at| v128_load(weights.add(quad * 16 + at).cast()));
                add(&mut sums, pair, x);
                weights = weights.add(step);
                x = x.add(step / 64 * T);
            }
            vector::accumulate(&mut rows, sums, vector::scales::<2>(weights, quad), scales);
            weights = weights.add(UNPACKED_PAIRS_BLOCK_BYTES - 16 * STEP);
            offsets = offsets.add(T);
            scales = scales.add(T);
        }
    }
    // SAFETY: `out` points at eight floats for every token.
    unsafe { vector::store(rows, out) };
}

/// See [`super::scalar::q8`]. Lengths were checked by [`super::checks`].
pub(super) fn q8<const T: usize>(task: Task<'_>, out: &mut Out<'_>) {
    for (index, panel) in task.weights.chunks_exact(task.blocks * Q8_BLOCK_BYTES).enumerate() {
        for quad in (0..4).step_by(2) {
            // SAFETY: the panel, the tile and `out` are as long as `checks` found them.
            unsafe {
                let out = vector::place::<T>(out, index, quad);
                bytes_rows::<T, true>(panel, task, quad, out, black_box(STEP));
            }
        }
    }
}

/// See [`super::scalar::weigh`]. Lengths were checked by [`super::checks`].
pub(super) fn weigh<const T: usize>(task: Task<'_>, out: &mut Out<'_>) {
    for (index, panel) in task.weights.chunks_exact(task.blocks * VALUE_BLOCK_BYTES).enumerate() {
        for quad in (0..4).step_by(2) {
            // SAFETY: the panel, the tile and `out` are as long as `checks` found them.
            unsafe {
                let out = vector::place::<T>(out, index, quad);
                bytes_rows::<T, false>(panel, task, quad, out, black_box(STEP));
            }
        }
    }
}

/// Two quads of signed bytes, with a scale for each block and row or without.
#[inline(never)]
unsafe fn bytes_rows<const T: usize, const SCALED: bool>(
    panel: &[u8],
    task: Task<'_>,
    quad: usize,
    out: [*mut f32; T],
    step: usize,
) {
    let mut weights = panel.as_ptr();
    let mut x = task.x.pairs.as_ptr();
    let mut scales = task.x.scales.as_ptr();
    let mut rows: Sums<T, 2> = [[f32x4_splat(0.0); 2]; T];
    for _ in 0..task.blocks {
        // SAFETY: the caller's panel holds `blocks` blocks, and the tile as many.
        unsafe {
            let mut sums: Sums<T, 2> = [[i32x4_splat(0); 2]; T];
            let end = weights.add(8 * STEP);
            while weights < end {
                // Eight inputs: pairs 0 and 2 are the first four, pairs 1 and 3 the second.
                for half in 0..2 {
                    let at = half * STEP + quad * 16;
                    let bytes = [0, 16].map(|more| v128_load(weights.add(at + more).cast()));
                    let even = bytes.map(|w| i16x8_shr(i16x8_shl(w, 8), 8));
                    add(&mut sums, even, x.add(half * T));
                    add(&mut sums, bytes.map(|w| i16x8_shr(w, 8)), x.add((2 + half) * T));
                }
                weights = weights.add(step * 2);
                x = x.add(step / 16 * T);
            }
            if SCALED {
                let block_scales = vector::scales::<2>(weights, quad);
                vector::accumulate(&mut rows, sums, block_scales, scales);
                weights = weights.add(Q8_BLOCK_BYTES - 8 * STEP);
            } else {
                vector::accumulate_unscaled(&mut rows, sums, scales);
            }
            scales = scales.add(T);
        }
    }
    // SAFETY: `out` points at eight floats for every token.
    unsafe { vector::store(rows, out) };
}

/// Adds the products of `Q` quads' weights and one pair of inputs of each token.
///
/// # Safety
/// `x` points at one pair for every token.
#[inline(always)]
unsafe fn add<const T: usize, const Q: usize>(
    sums: &mut Sums<T, Q>,
    weights: [v128; Q],
    x: *const [i16; 2],
) {
    for t in 0..T {
        // SAFETY: the caller's promise.
        let pair = unsafe { v128_load32_splat(x.add(t).cast()) };
        for q in 0..Q {
            sums[t][q] = i32x4_add(sums[t][q], i32x4_dot_i16x8(weights[q], pair));
        }
    }
}
