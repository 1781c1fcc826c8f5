//! A block of 32 activations becomes integers, in the order that its kernel reads.
//!
//! The largest magnitude of a block becomes 127 or 8191. Plain Rust defines the result; the build
//! with 128-bit registers does the same faster, because these few lines see every activation and
//! every probability of the attention.

use crate::activation::{BLOCK, LARGEST_14, OFFSET_14, PAIR_ORDER};

/// What one integer of a block is worth, and the sum of all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quantized {
    pub(crate) scale: f32,
    pub(crate) sum: i32,
}

/// Four inputs of one step of a tile; the next step's are `stride` further on.
type Fours<'a> = &'a mut [[u8; 4]];

/// Eight bits with a sign: step `s` goes to `to[s * stride]`.
#[inline]
pub(crate) fn eight(values: &[f32; BLOCK], to: Fours<'_>, stride: usize) -> Quantized {
    let to = &mut to[..7 * stride + 1];
    fast::eight(values, to, stride)
}

/// Fourteen bits, [`OFFSET_14`] added: the high seven of step `s` go to `to[s * stride]`, the low
/// seven behind them. Returns the scale.
#[inline]
pub(crate) fn fourteen(values: &[f32; BLOCK], to: Fours<'_>, stride: usize) -> f32 {
    let to = &mut to[..7 * stride + 2];
    fast::fourteen(values, to, stride)
}

/// Sixteen bits with a sign, at most `largest`: pair `p` of [`PAIR_ORDER`] goes to
/// `to[p * stride]`.
#[inline]
pub(crate) fn pairs(
    values: &[f32; BLOCK],
    largest: f32,
    to: &mut [[i16; 2]],
    stride: usize,
) -> Quantized {
    let to = &mut to[..15 * stride + 1];
    fast::pairs(values, largest, to, stride)
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use scalar as fast;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use simd128 as fast;

#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
mod scalar {
    use super::*;
    use crate::activation::{max_magnitude, round};

    /// A block of integers and what one of them is worth.
    pub(super) struct Block {
        pub(super) values: [i16; BLOCK],
        pub(super) scale: f32,
        pub(super) sum: i32,
    }

    /// Symmetric: the largest magnitude becomes `largest`.
    #[inline(always)]
    pub(super) fn quantize(values: &[f32; BLOCK], largest: f32) -> Block {
        let max = max_magnitude(values);
        let inverse = if max > 0.0 { largest / max } else { 0.0 };
        let (values, sum) = round(values, inverse);
        Block { values, scale: max / largest, sum }
    }

    pub(super) fn eight(values: &[f32; BLOCK], to: Fours<'_>, stride: usize) -> Quantized {
        let Block { values, scale, sum } = quantize(values, 127.0);
        let (fours, _) = values.as_chunks::<4>();
        for (four, to) in fours.iter().zip(to.iter_mut().step_by(stride)) {
            *to = four.map(|value| value as u8);
        }
        Quantized { scale, sum }
    }

    pub(super) fn fourteen(values: &[f32; BLOCK], to: Fours<'_>, stride: usize) -> f32 {
        let block = quantize(values, LARGEST_14);
        let (fours, _) = block.values.as_chunks::<4>();
        for (step, four) in fours.iter().enumerate() {
            let unsigned = four.map(|value| (i32::from(value) + OFFSET_14) as u16);
            to[step * stride] = unsigned.map(|value| (value >> 7) as u8);
            to[step * stride + 1] = unsigned.map(|value| (value & 127) as u8);
        }
        block.scale
    }

    pub(super) fn pairs(
        values: &[f32; BLOCK],
        largest: f32,
        to: &mut [[i16; 2]],
        stride: usize,
    ) -> Quantized {
        let Block { values, scale, sum } = quantize(values, largest);
        let (eights, _) = values.as_chunks::<8>();
        for (index, eight) in eights.iter().enumerate() {
            let (order, _) = PAIR_ORDER.as_chunks::<2>();
            for (pair, [first, second]) in order.iter().enumerate() {
                to[(index * 4 + pair) * stride] = [eight[*first], eight[*second]];
            }
        }
        Quantized { scale, sum }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128 {
    use super::*;
    use crate::numeric::ROUND;
    use std::arch::wasm32::*;

    pub(super) fn eight(values: &[f32; BLOCK], to: Fours<'_>, stride: usize) -> Quantized {
        let (integers, result) = round(values, 127.0);
        let bytes =
            [[0, 1], [2, 3]].map(|[low, high]| i8x16_narrow_i16x8(integers[low], integers[high]));
        for (index, bytes) in bytes.into_iter().enumerate() {
            scatter(bytes, to, index * 4 * stride, stride);
        }
        result
    }

    pub(super) fn fourteen(values: &[f32; BLOCK], to: Fours<'_>, stride: usize) -> f32 {
        let (integers, result) = round(values, LARGEST_14);
        let unsigned = integers.map(|lanes| i16x8_add(lanes, i16x8_splat(OFFSET_14 as i16)));
        let high = unsigned.map(|lanes| u16x8_shr(lanes, 7));
        let low = unsigned.map(|lanes| v128_and(lanes, i16x8_splat(127)));
        for index in 0..2 {
            let at = index * 4 * stride;
            let [first, second] = [index * 2, index * 2 + 1];
            scatter(u8x16_narrow_i16x8(high[first], high[second]), to, at, stride);
            scatter(u8x16_narrow_i16x8(low[first], low[second]), to, at + 1, stride);
        }
        result.scale
    }

    pub(super) fn pairs(
        values: &[f32; BLOCK],
        largest: f32,
        to: &mut [[i16; 2]],
        stride: usize,
    ) -> Quantized {
        const O: [usize; 8] = PAIR_ORDER;
        let (integers, result) = round(values, largest);
        for (index, lanes) in integers.into_iter().enumerate() {
            let ordered = i16x8_shuffle::<
                { O[0] },
                { O[1] },
                { O[2] },
                { O[3] },
                { O[4] },
                { O[5] },
                { O[6] },
                { O[7] },
            >(lanes, lanes);
            scatter(ordered, to, index * 4 * stride, stride);
        }
        result
    }

    /// Integers in lanes of sixteen bits.
    #[inline(always)]
    fn round(values: &[f32; BLOCK], largest: f32) -> ([v128; 4], Quantized) {
        let (fours, _) = values.as_chunks::<4>();
        // SAFETY: four readable floats.
        let four = |index: usize| unsafe { v128_load(fours[index].as_ptr().cast()) };
        // Floats without a sign are ordered as their bits are.
        let magnitude = |index| v128_and(four(index), u32x4_splat(0x7fff_ffff));
        let mut max = magnitude(0);
        for index in 1..8 {
            max = i32x4_max(max, magnitude(index));
        }
        max = i32x4_max(max, i32x4_shuffle::<2, 3, 0, 1>(max, max));
        max = i32x4_max(max, i32x4_shuffle::<1, 0, 3, 2>(max, max));
        let max = f32x4_extract_lane::<0>(max);

        let inverse = f32x4_splat(if max > 0.0 { largest / max } else { 0.0 });
        let rounded = |index| {
            let sum = f32x4_add(f32x4_mul(four(index), inverse), f32x4_splat(ROUND));
            i32x4_sub(sum, f32x4_splat(ROUND))
        };
        let mut sum = i32x4_splat(0);
        let integers = std::array::from_fn(|index| {
            let lanes = i16x8_narrow_i32x4(rounded(index * 2), rounded(index * 2 + 1));
            sum = i32x4_add(sum, i32x4_extadd_pairwise_i16x8(lanes));
            lanes
        });
        sum = i32x4_add(sum, i32x4_shuffle::<2, 3, 0, 1>(sum, sum));
        sum = i32x4_add(sum, i32x4_shuffle::<1, 0, 3, 2>(sum, sum));
        (integers, Quantized { scale: max / largest, sum: i32x4_extract_lane::<0>(sum) })
    }

    /// Each 32-bit lane to its own step.
    #[inline(always)]
    fn scatter<T>(lanes: v128, to: &mut [T], first: usize, stride: usize) {
        const { assert!(size_of::<T>() == 4) };
        assert!(first + 3 * stride < to.len());
        let to = to.as_mut_ptr();
        // SAFETY: the last of the four places was just checked.
        unsafe {
            v128_store32_lane::<0>(lanes, to.add(first).cast());
            v128_store32_lane::<1>(lanes, to.add(first + stride).cast());
            v128_store32_lane::<2>(lanes, to.add(first + 2 * stride).cast());
            v128_store32_lane::<3>(lanes, to.add(first + 3 * stride).cast());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{scalar::quantize, *};
    use crate::kernel::tests::Random;

    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_order_equals_its_scalar_twin() {
        let mut random = Random(7);
        for (round, stride) in (0..400).zip([1, 2, 3, 4].into_iter().cycle()) {
            let values: [f32; BLOCK] = std::array::from_fn(|_| match round % 5 {
                0 => random.float() * 1e-20,
                1 => random.float().round() * 3.0,
                2 => 0.0,
                _ => random.float() * 10.0,
            });
            let fours = || vec![[0u8; 4]; 16 * stride];
            let (mut left, mut right) = (fours(), fours());
            let twin = scalar::eight(&values, &mut right, stride);
            assert_eq!((eight(&values, &mut left, stride), &left), (twin, &right));
            let stride14 = stride * 2;
            let twin = scalar::fourteen(&values, &mut right, stride14);
            assert_eq!((fourteen(&values, &mut left, stride14), &left), (twin, &right));
            let pair = || vec![[0i16; 2]; 16 * stride];
            let (mut left, mut right) = (pair(), pair());
            for largest in [127.0, LARGEST_14] {
                let twin = scalar::pairs(&values, largest, &mut right, stride);
                assert_eq!((pairs(&values, largest, &mut left, stride), &left), (twin, &right));
            }
        }
    }
    #[test]
    fn the_largest_value_is_exact_and_the_rest_within_half_a_step() {
        let values: [f32; BLOCK] =
            std::array::from_fn(|index| ((index * 37 % 101) as f32 - 50.0) * 0.37);
        for largest in [127.0, LARGEST_14] {
            let block = quantize(&values, largest);
            let extreme = block.values.iter().map(|value| value.abs()).max();
            assert_eq!(extreme, Some(largest as i16));
            for (integer, value) in block.values.iter().zip(&values) {
                let error = (f32::from(*integer) * block.scale - value).abs();
                assert!(error <= block.scale * 0.501, "{value}");
            }
        }
    }

    #[test]
    fn silence_stays_silent() {
        let block = quantize(&[0.0; BLOCK], 127.0);
        assert_eq!((block.values, block.scale, block.sum), ([0; BLOCK], 0.0, 0));
    }
}
