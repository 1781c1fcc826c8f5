//! The definition of every kernel, in plain Rust. On x86-64 the compiler vectorizes it for AVX2.
//!
//! `x` is the form of [`super::Kernel::Dot8`]: (step, token, 4) bytes.

use super::{
    Out, PANEL_ROWS, Q4_BLOCK_BYTES, Q8_BLOCK_BYTES, Task, UNPACKED_BLOCK_BYTES, VALUE_BLOCK_BYTES,
};
use crate::{activation::OFFSET_14, numeric::f32_from_bf16};

/// One token's results for one panel.
type Rows = [f32; PANEL_ROWS];

#[inline(always)]
pub(super) fn q4<const T: usize>(task: Task<'_>, out: &mut Out<'_>) {
    let x = task.x;
    for (panel, blocks) in task.weights.chunks_exact(task.blocks * Q4_BLOCK_BYTES).enumerate() {
        let mut rows = [[0.0; PANEL_ROWS]; T];
        for (index, block) in blocks.chunks_exact(Q4_BLOCK_BYTES).enumerate() {
            let (words, _) = block[..256].as_chunks::<4>();
            for (token, rows) in rows.iter_mut().enumerate() {
                let mut sums = [x.offsets[index * T + token]; PANEL_ROWS];
                for group in 0..4 {
                    let at = (index * 8 + group * 2) * T + token;
                    let [low, high] = [signed(x.bytes[at]), signed(x.bytes[at + T])];
                    let words = &words[group * PANEL_ROWS..][..PANEL_ROWS];
                    for (sum, word) in sums.iter_mut().zip(words) {
                        let word = u32::from_le_bytes(*word);
                        for j in 0..4 {
                            *sum += ((word >> (8 * j)) & 15) as i32 * low[j];
                            *sum += ((word >> (8 * j + 4)) & 15) as i32 * high[j];
                        }
                    }
                }
                let scale = x.scales[index * T + token];
                accumulate(rows, &sums, &scales(&block[256..]), scale);
            }
        }
        store(&rows, panel, out);
    }
}

#[inline(always)]
pub(super) fn unpacked<const T: usize>(task: Task<'_>, out: &mut Out<'_>) {
    let x = task.x;
    for (panel, blocks) in task.weights.chunks_exact(task.blocks * UNPACKED_BLOCK_BYTES).enumerate()
    {
        let mut rows = [[0.0; PANEL_ROWS]; T];
        for (index, block) in blocks.chunks_exact(UNPACKED_BLOCK_BYTES).enumerate() {
            let (words, _) = block[..512].as_chunks::<4>();
            for (token, rows) in rows.iter_mut().enumerate() {
                let mut sums = [x.offsets[index * T + token]; PANEL_ROWS];
                for step in 0..8 {
                    let x = signed(x.bytes[(index * 8 + step) * T + token]);
                    let words = &words[step * PANEL_ROWS..][..PANEL_ROWS];
                    for (sum, word) in sums.iter_mut().zip(words) {
                        for input in 0..4 {
                            *sum += i32::from(word[input]) * x[input];
                        }
                    }
                }
                let scale = x.scales[index * T + token];
                accumulate(rows, &sums, &scales(&block[512..]), scale);
            }
        }
        store(&rows, panel, out);
    }
}

#[inline(always)]
pub(super) fn q8<const T: usize>(task: Task<'_>, out: &mut Out<'_>) {
    let x = task.x;
    for (panel, blocks) in task.weights.chunks_exact(task.blocks * Q8_BLOCK_BYTES).enumerate() {
        let mut rows = [[0.0; PANEL_ROWS]; T];
        for (index, block) in blocks.chunks_exact(Q8_BLOCK_BYTES).enumerate() {
            let (words, _) = block[..512].as_chunks::<4>();
            for (token, rows) in rows.iter_mut().enumerate() {
                let mut sums = [0i32; PANEL_ROWS];
                for step in 0..8 {
                    let at = ((index * 8 + step) * T + token) * 2;
                    let (high, low) = (x.bytes[at], x.bytes[at + 1]);
                    let x: [i32; 4] = std::array::from_fn(|input| {
                        i32::from(high[input]) * 128 + i32::from(low[input]) - OFFSET_14
                    });
                    let words = &words[step * PANEL_ROWS..][..PANEL_ROWS];
                    for (sum, word) in sums.iter_mut().zip(words) {
                        for input in 0..4 {
                            *sum += i32::from(word[input] as i8) * x[input];
                        }
                    }
                }
                let scale = x.scales[index * T + token];
                accumulate(rows, &sums, &scales(&block[512..544]), scale);
            }
        }
        store(&rows, panel, out);
    }
}

#[inline(always)]
pub(super) fn weigh<const T: usize>(task: Task<'_>, out: &mut Out<'_>) {
    let x = task.x;
    for (panel, blocks) in task.weights.chunks_exact(task.blocks * VALUE_BLOCK_BYTES).enumerate() {
        let mut rows = [[0.0; PANEL_ROWS]; T];
        for (index, block) in blocks.chunks_exact(VALUE_BLOCK_BYTES).enumerate() {
            let (words, _) = block.as_chunks::<4>();
            for (token, rows) in rows.iter_mut().enumerate() {
                let mut sums = [0i32; PANEL_ROWS];
                for step in 0..8 {
                    let x = x.bytes[(index * 8 + step) * T + token].map(i32::from);
                    let words = &words[step * PANEL_ROWS..][..PANEL_ROWS];
                    for (sum, word) in sums.iter_mut().zip(words) {
                        for position in 0..4 {
                            *sum += i32::from(word[position] as i8) * x[position];
                        }
                    }
                }
                for (row, sum) in rows.iter_mut().zip(sums) {
                    *row += sum as f32 * x.scales[index * T + token];
                }
            }
        }
        store(&rows, panel, out);
    }
}

/// To bytes: the form of [`super::Kernel::Dot8`].
pub(super) fn unpack(blocks: &[[u8; Q4_BLOCK_BYTES]], unpacked: &mut [u8]) {
    let (targets, _) = unpacked.as_chunks_mut::<UNPACKED_BLOCK_BYTES>();
    for (block, target) in blocks.iter().zip(targets) {
        let (groups, scales) = block.as_chunks::<64>();
        let (steps, rest) = target.as_chunks_mut::<64>();
        for (index, group) in groups.iter().enumerate() {
            steps[index * 2] = group.map(|byte| byte & 15);
            steps[index * 2 + 1] = group.map(|byte| byte >> 4);
        }
        rest.copy_from_slice(scales);
    }
}

#[inline(always)]
fn signed(bytes: [u8; 4]) -> [i32; 4] {
    bytes.map(|byte| i32::from(byte as i8))
}

#[inline(always)]
fn accumulate(rows: &mut Rows, sums: &[i32; 16], weight_scales: &[f32; 16], scale: f32) {
    for row in 0..PANEL_ROWS {
        rows[row] += sums[row] as f32 * (weight_scales[row] * scale);
    }
}

#[inline(always)]
fn store<const T: usize>(rows: &[Rows; T], panel: usize, out: &mut Out<'_>) {
    for (token, rows) in rows.iter().enumerate() {
        let at = token * out.stride + panel * PANEL_ROWS;
        out.values[at..at + PANEL_ROWS].copy_from_slice(rows);
    }
}

/// Sixteen scales from their 32 interleaved bytes.
#[inline(always)]
fn scales(bytes: &[u8]) -> [f32; PANEL_ROWS] {
    let mut scales = [0.0; PANEL_ROWS];
    for half in 0..2 {
        for lane in 0..4 {
            let at = half * 16 + lane * 4;
            let even = u16::from_le_bytes([bytes[at], bytes[at + 1]]);
            let odd = u16::from_le_bytes([bytes[at + 2], bytes[at + 3]]);
            scales[half * 8 + lane] = f32_from_bf16(even);
            scales[half * 8 + 4 + lane] = f32_from_bf16(odd);
        }
    }
    scales
}

/// The same code, compiled for the widest registers that this machine has.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(super) mod fastest {
    use super::{Out, Task};

    macro_rules! fastest {
        ($name:ident, $tokens:ident) => {
            pub(crate) fn $name<const $tokens: usize>(task: Task<'_>, out: &mut Out<'_>) {
                #[cfg(target_arch = "x86_64")]
                {
                    #[target_feature(enable = "avx2")]
                    fn wide<const $tokens: usize>(task: Task<'_>, out: &mut Out<'_>) {
                        super::$name::<$tokens>(task, out);
                    }
                    if std::arch::is_x86_feature_detected!("avx2") {
                        // SAFETY: the feature was just detected.
                        return unsafe { wide::<$tokens>(task, out) };
                    }
                }
                super::$name::<$tokens>(task, out);
            }
        };
    }

    fastest!(q4, T);
    fastest!(unpacked, T);
    fastest!(q8, T);
    fastest!(weigh, T);
}
