//! The definition of every kernel, in plain Rust. On x86-64 the compiler vectorizes it for AVX2.

use super::{PANEL_ROWS, PanelOut, Q4_BLOCK_BYTES, Q8_BLOCK_BYTES};
use crate::{
    activation::{BLOCK, Row},
    numeric::f32_from_bf16,
};

#[inline(always)]
pub(super) fn q4_panel<const T: usize>(panel: &[u8], rows: [Row<'_>; T], out: &mut [PanelOut; T]) {
    *out = [[0.0; PANEL_ROWS]; T];
    let (blocks, _) = panel.as_chunks::<Q4_BLOCK_BYTES>();
    for (index, block) in blocks.iter().enumerate() {
        let (words, _) = block[..256].as_chunks::<4>();
        for (row, out) in rows.iter().zip(out.iter_mut()) {
            let (x, _) = row.bytes[index * BLOCK..].as_chunks::<8>();
            let mut sums = [row.offsets[index]; PANEL_ROWS];
            for (group, x) in x[..4].iter().enumerate() {
                let words = &words[group * PANEL_ROWS..][..PANEL_ROWS];
                for (sum, word) in sums.iter_mut().zip(words) {
                    let word = u32::from_le_bytes(*word);
                    for j in 0..4 {
                        let low = (word >> (8 * j)) & 15;
                        let high = (word >> (8 * j + 4)) & 15;
                        *sum += low as i32 * i32::from(x[j]);
                        *sum += high as i32 * i32::from(x[j + 4]);
                    }
                }
            }
            accumulate(out, &sums, &scales(&block[256..]), row.scales[index]);
        }
    }
}

#[inline(always)]
pub(super) fn q8_panel<const T: usize>(panel: &[u8], rows: [Row<'_>; T], out: &mut [PanelOut; T]) {
    *out = [[0.0; PANEL_ROWS]; T];
    let (blocks, _) = panel.as_chunks::<Q8_BLOCK_BYTES>();
    for (index, block) in blocks.iter().enumerate() {
        let (weights, _) = block[..512].as_chunks::<2>();
        for (row, out) in rows.iter().zip(out.iter_mut()) {
            let (x, _) = row.pairs[index * BLOCK..].as_chunks::<2>();
            let mut sums = [0i32; PANEL_ROWS];
            for (pair, x) in x[..BLOCK / 2].iter().enumerate() {
                let weights = &weights[pair * PANEL_ROWS..][..PANEL_ROWS];
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i32::from(weight[0] as i8) * i32::from(x[0]);
                    *sum += i32::from(weight[1] as i8) * i32::from(x[1]);
                }
            }
            accumulate(out, &sums, &scales(&block[512..]), row.scales[index]);
        }
    }
}

#[inline(always)]
fn accumulate(out: &mut PanelOut, sums: &[i32; 16], weight_scales: &[f32; 16], scale: f32) {
    for row in 0..PANEL_ROWS {
        out[row] += sums[row] as f32 * (weight_scales[row] * scale);
    }
}

/// Sixteen scales from their 32 interleaved bytes.
#[inline(always)]
pub(crate) fn scales(bytes: &[u8]) -> [f32; PANEL_ROWS] {
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
macro_rules! fastest {
    ($name:ident, $wide:ident, $twin:ident) => {
        #[cfg_attr(target_arch = "wasm32", allow(dead_code))]
        pub(super) fn $name<const T: usize>(
            panel: &[u8],
            rows: [Row<'_>; T],
            out: &mut [PanelOut; T],
        ) {
            #[cfg(target_arch = "x86_64")]
            if std::arch::is_x86_feature_detected!("avx2") {
                // SAFETY: the feature was just detected.
                return unsafe { $wide(panel, rows, out) };
            }
            $twin(panel, rows, out);
        }

        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2")]
        fn $wide<const T: usize>(panel: &[u8], rows: [Row<'_>; T], out: &mut [PanelOut; T]) {
            $twin(panel, rows, out);
        }
    };
}

fastest!(q4_panel_fastest, q4_panel_avx2, q4_panel);
fastest!(q8_panel_fastest, q8_panel_avx2, q8_panel);
