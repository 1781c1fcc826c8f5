//! Relaxed SIMD: one instruction multiplies 16 int8 pairs and adds them up by fours.
//!
//! Source: <https://github.com/WebAssembly/relaxed-simd>. The second operand of the dot product
//! must stay within 0..=127, where every machine gives the same result; nibbles, halves of 14-bit
//! activations and probabilities do.
//!
//! Every kernel takes `Q` quads of rows and `T` tokens at once, so few that their `Q * T` sums stay
//! in the sixteen registers of x86-64. The innermost loop must stay a loop: unrolled, its sums
//! would become one deep expression, whose operands WebAssembly has to evaluate outside in, and
//! the engine would spill nearly all of them. `STEP` hides the loop's count from the compiler.

use super::{
    Out, Q4_BLOCK_BYTES, Q8_BLOCK_BYTES, Task, UNPACKED_BLOCK_BYTES, VALUE_BLOCK_BYTES,
    vector::{self, Sums},
};
use crate::activation::OFFSET_14;
use std::{arch::wasm32::*, hint::black_box};

/// Bytes of all four quads in one step of a panel.
const STEP: usize = 64;

/// See [`super::scalar::q4`]. Lengths were checked by [`super::checks`].
pub(super) fn q4<const T: usize>(task: Task<'_>, out: &mut Out<'_>) {
    for (index, panel) in task.weights.chunks_exact(task.blocks * Q4_BLOCK_BYTES).enumerate() {
        for quad in (0..4).step_by(if T <= 2 { 4 } else { 2 }) {
            // SAFETY: the panel, the tile and `out` are as long as `checks` found them.
            unsafe {
                let out = vector::place::<T>(out, index, quad);
                match T {
                    1 => q4_rows::<T, 4, 2>(panel, task, quad, out, black_box(STEP)),
                    2 => q4_rows::<T, 4, 1>(panel, task, quad, out, black_box(STEP)),
                    _ => q4_rows::<T, 2, 1>(panel, task, quad, out, black_box(STEP)),
                }
            }
        }
    }
}

/// A dot product takes as long as eight of them take together, so there are about eight sums that
/// do not wait for each other: `S` is 2 where low and high nibbles have their own.
#[inline(never)]
unsafe fn q4_rows<const T: usize, const Q: usize, const S: usize>(
    panel: &[u8],
    task: Task<'_>,
    quad: usize,
    out: [*mut f32; T],
    step: usize,
) {
    let nibble = u8x16_splat(15);
    let mut weights = panel.as_ptr();
    let mut x = task.x.bytes.as_ptr().cast::<u8>();
    let (mut scales, mut offsets) = (task.x.scales.as_ptr(), task.x.offsets.as_ptr());
    let mut rows: Sums<T, Q> = [[f32x4_splat(0.0); Q]; T];
    for _ in 0..task.blocks {
        // SAFETY: the caller's panel holds `blocks` blocks, and the tile as many.
        unsafe {
            // The zero point is paid at the start.
            let mut sums: [Sums<T, Q>; S] = [[[i32x4_splat(0); Q]; T]; S];
            for t in 0..T {
                sums[0][t] = [v128_load32_splat(offsets.add(t).cast()); Q];
            }
            let end = weights.add(4 * STEP);
            while weights < end {
                for q in 0..Q {
                    let packed = v128_load(weights.add((quad + q) * 16).cast());
                    let low = v128_and(packed, nibble);
                    let high = v128_and(u16x8_shr(packed, 4), nibble);
                    for t in 0..T {
                        let first = v128_load32_splat(x.add(t * 4).cast());
                        let second = v128_load32_splat(x.add((T + t) * 4).cast());
                        let sum = sums[0][t][q];
                        sums[0][t][q] = i32x4_relaxed_dot_i8x16_i7x16_add(first, low, sum);
                        let sum = sums[S - 1][t][q];
                        sums[S - 1][t][q] = i32x4_relaxed_dot_i8x16_i7x16_add(second, high, sum);
                    }
                }
                weights = weights.add(step);
                x = x.add(step / 8 * T);
            }
            let mut total = sums[0];
            if S > 1 {
                for t in 0..T {
                    for q in 0..Q {
                        total[t][q] = i32x4_add(total[t][q], sums[S - 1][t][q]);
                    }
                }
            }
            vector::accumulate(&mut rows, total, vector::scales::<Q>(weights, quad), scales);
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
    for (index, panel) in task.weights.chunks_exact(task.blocks * UNPACKED_BLOCK_BYTES).enumerate()
    {
        for quad in (0..4).step_by(if T == 1 { 4 } else { 2 }) {
            // SAFETY: the panel, the tile and `out` are as long as `checks` found them.
            unsafe {
                let out = vector::place::<T>(out, index, quad);
                match T {
                    1 => unpacked_rows::<T, 4>(panel, task, quad, out, black_box(STEP)),
                    _ => unpacked_rows::<T, 2>(panel, task, quad, out, black_box(STEP)),
                }
            }
        }
    }
}

#[inline(never)]
unsafe fn unpacked_rows<const T: usize, const Q: usize>(
    panel: &[u8],
    task: Task<'_>,
    quad: usize,
    out: [*mut f32; T],
    step: usize,
) {
    let mut weights = panel.as_ptr();
    let mut x = task.x.bytes.as_ptr().cast::<u8>();
    let (mut scales, mut offsets) = (task.x.scales.as_ptr(), task.x.offsets.as_ptr());
    let mut rows: Sums<T, Q> = [[f32x4_splat(0.0); Q]; T];
    for _ in 0..task.blocks {
        // SAFETY: the caller's panel holds `blocks` blocks, and the tile as many.
        unsafe {
            let mut sums: Sums<T, Q> = [[i32x4_splat(0); Q]; T];
            for t in 0..T {
                sums[t] = [v128_load32_splat(offsets.add(t).cast()); Q];
            }
            let end = weights.add(8 * STEP);
            while weights < end {
                let weight: [v128; Q] =
                    std::array::from_fn(|q| v128_load(weights.add((quad + q) * 16).cast()));
                for t in 0..T {
                    let x = v128_load32_splat(x.add(t * 4).cast());
                    for q in 0..Q {
                        let sum = sums[t][q];
                        sums[t][q] = i32x4_relaxed_dot_i8x16_i7x16_add(x, weight[q], sum);
                    }
                }
                weights = weights.add(step);
                x = x.add(step / 16 * T);
            }
            vector::accumulate(&mut rows, sums, vector::scales::<Q>(weights, quad), scales);
            weights = weights.add(UNPACKED_BLOCK_BYTES - 8 * STEP);
            offsets = offsets.add(T);
            scales = scales.add(T);
        }
    }
    // SAFETY: `out` points at `4 * Q` floats for every token.
    unsafe { vector::store(rows, out) };
}

/// See [`super::scalar::q8`]. Lengths were checked by [`super::checks`].
pub(super) fn q8<const T: usize>(task: Task<'_>, out: &mut Out<'_>) {
    for (index, panel) in task.weights.chunks_exact(task.blocks * Q8_BLOCK_BYTES).enumerate() {
        // Two sums for each row and token.
        for quad in (0..4).step_by(4 / T.next_power_of_two()) {
            // SAFETY: the panel, the tile and `out` are as long as `checks` found them.
            unsafe {
                let out = vector::place::<T>(out, index, quad);
                match T {
                    1 => q8_rows::<T, 4>(panel, task, quad, out, black_box(STEP)),
                    2 => q8_rows::<T, 2>(panel, task, quad, out, black_box(STEP)),
                    _ => q8_rows::<T, 1>(panel, task, quad, out, black_box(STEP)),
                }
            }
        }
    }
}

#[inline(never)]
unsafe fn q8_rows<const T: usize, const Q: usize>(
    panel: &[u8],
    task: Task<'_>,
    quad: usize,
    out: [*mut f32; T],
    step: usize,
) {
    let mut weights = panel.as_ptr();
    let mut x = task.x.bytes.as_ptr().cast::<u8>();
    let mut scales = task.x.scales.as_ptr();
    let mut rows: Sums<T, Q> = [[f32x4_splat(0.0); Q]; T];
    for _ in 0..task.blocks {
        // SAFETY: the caller's panel holds `blocks` blocks, and the tile as many.
        unsafe {
            let mut high: Sums<T, Q> = [[i32x4_splat(0); Q]; T];
            let mut low: Sums<T, Q> = [[i32x4_splat(0); Q]; T];
            let end = weights.add(8 * STEP);
            while weights < end {
                let weight: [v128; Q] =
                    std::array::from_fn(|q| v128_load(weights.add((quad + q) * 16).cast()));
                for t in 0..T {
                    let first = v128_load32_splat(x.add(t * 8).cast());
                    let second = v128_load32_splat(x.add(t * 8 + 4).cast());
                    for q in 0..Q {
                        let (h, l) = (high[t][q], low[t][q]);
                        high[t][q] = i32x4_relaxed_dot_i8x16_i7x16_add(weight[q], first, h);
                        low[t][q] = i32x4_relaxed_dot_i8x16_i7x16_add(weight[q], second, l);
                    }
                }
                weights = weights.add(step);
                x = x.add(step / 8 * T);
            }
            // The offset of the activations times the sum of the weights.
            let offset: [v128; Q] = std::array::from_fn(|q| {
                let sums = i32x4_load_extend_i16x4(weights.add(32 + (quad + q) * 8).cast());
                i32x4_mul(sums, i32x4_splat(OFFSET_14))
            });
            for t in 0..T {
                for q in 0..Q {
                    let sum = i32x4_add(i32x4_shl(high[t][q], 7), low[t][q]);
                    low[t][q] = i32x4_sub(sum, offset[q]);
                }
            }
            let block_scales = vector::scales::<Q>(weights, quad);
            vector::accumulate(&mut rows, low, block_scales, scales);
            weights = weights.add(Q8_BLOCK_BYTES - 8 * STEP);
            scales = scales.add(T);
        }
    }
    // SAFETY: `out` points at `4 * Q` floats for every token.
    unsafe { vector::store(rows, out) };
}

/// See [`super::scalar::weigh`]. Lengths were checked by [`super::checks`].
pub(super) fn weigh<const T: usize>(task: Task<'_>, out: &mut Out<'_>) {
    for (index, panel) in task.weights.chunks_exact(task.blocks * VALUE_BLOCK_BYTES).enumerate() {
        for quad in (0..4).step_by(if T == 1 { 4 } else { 2 }) {
            // SAFETY: the panel, the tile and `out` are as long as `checks` found them.
            unsafe {
                let out = vector::place::<T>(out, index, quad);
                match T {
                    1 => weigh_rows::<T, 4>(panel, task, quad, out, black_box(STEP)),
                    _ => weigh_rows::<T, 2>(panel, task, quad, out, black_box(STEP)),
                }
            }
        }
    }
}

#[inline(never)]
unsafe fn weigh_rows<const T: usize, const Q: usize>(
    panel: &[u8],
    task: Task<'_>,
    quad: usize,
    out: [*mut f32; T],
    step: usize,
) {
    let mut values = panel.as_ptr();
    let mut x = task.x.bytes.as_ptr().cast::<u8>();
    let mut scales = task.x.scales.as_ptr();
    let mut rows: Sums<T, Q> = [[f32x4_splat(0.0); Q]; T];
    for _ in 0..task.blocks {
        // SAFETY: the caller's panel holds `blocks` blocks, and the tile as many.
        unsafe {
            let mut sums: Sums<T, Q> = [[i32x4_splat(0); Q]; T];
            let end = values.add(8 * STEP);
            while values < end {
                let value: [v128; Q] =
                    std::array::from_fn(|q| v128_load(values.add((quad + q) * 16).cast()));
                for t in 0..T {
                    let probability = v128_load32_splat(x.add(t * 4).cast());
                    for q in 0..Q {
                        let sum = sums[t][q];
                        sums[t][q] = i32x4_relaxed_dot_i8x16_i7x16_add(value[q], probability, sum);
                    }
                }
                values = values.add(step);
                x = x.add(step / 16 * T);
            }
            vector::accumulate_unscaled(&mut rows, sums, scales);
            scales = scales.add(T);
        }
    }
    // SAFETY: `out` points at `4 * Q` floats for every token.
    unsafe { vector::store(rows, out) };
}
