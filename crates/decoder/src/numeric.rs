//! Float arithmetic with one fixed order, so that every build agrees to the bit.

use crate::four::Four;
use std::hint::black_box;

/// Lanes of every reduction. Four is what a 128-bit register holds.
const LANES: usize = 4;

/// Added to a float of a smaller magnitude, 1.5 * 2^23 leaves the nearest integer in the low mantissa
/// bits.
pub(crate) const ROUND: f32 = 12_582_912.0;

/// Sum of squares, four lanes wide.
pub(crate) fn sum_of_squares(values: &[f32]) -> f32 {
    reduce(values, (0.0, 0.0), |sum, four| sum + four * four).sum()
}

/// Sum, four lanes wide.
fn sum(values: &[f32]) -> f32 {
    reduce(values, (0.0, 0.0), |sum, four| sum + four).sum()
}

/// The largest; minus infinity of none.
pub(crate) fn maximum(values: &[f32]) -> f32 {
    let least = f32::NEG_INFINITY;
    let lanes: [f32; LANES] = reduce(values, (least, least), Four::larger).into();
    lanes.into_iter().fold(least, |a, b| if a < b { b } else { a })
}

/// Folds the values by fours, from `start` on, the last of them filled up with what changes nothing.
#[inline(always)]
fn reduce(values: &[f32], (start, neutral): (f32, f32), add: impl Fn(Four, Four) -> Four) -> Four {
    let (whole, rest) = values.as_chunks::<LANES>();
    let folded = whole.iter().fold(Four::splat(start), |sum, four| add(sum, (*four).into()));
    match rest {
        [] => folded,
        rest => add(folded, filled(rest, neutral).into()),
    }
}

/// Fewer than four values and what fills them up.
fn filled(rest: &[f32], neutral: f32) -> [f32; LANES] {
    let mut four = [neutral; LANES];
    four[..rest.len()].copy_from_slice(rest);
    four
}

/// Dot product of equally long slices, four lanes wide.
pub(crate) fn dot(left: &[f32], right: &[f32]) -> f32 {
    let (left_whole, left_rest) = left.as_chunks::<LANES>();
    let (right_whole, right_rest) = right.as_chunks::<LANES>();
    let mut sum = Four::splat(0.0);
    for (a, b) in left_whole.iter().zip(right_whole) {
        sum = sum + Four::from(*a) * Four::from(*b);
    }
    let rest = Four::from(filled(left_rest, 0.0)) * Four::from(filled(right_rest, 0.0));
    (sum + rest).sum()
}

/// `x * weight / rms(x)`. Source: Zhang and Sennrich, "Root Mean Square Layer Normalization".
pub(crate) fn rms_norm(x: &[f32], weight: &[f32], epsilon: f32, out: &mut [f32]) {
    let mean = sum_of_squares(x) / x.len() as f32;
    let scale = 1.0 / (mean + epsilon).sqrt();
    for ((out, x), weight) in out.iter_mut().zip(x).zip(weight) {
        *out = x * scale * weight;
    }
}

/// `silu(gate) * up`, into `gate`. Source: Shazeer, "GLU Variants Improve Transformer".
pub(crate) fn swiglu(gate: &mut [f32], up: &[f32]) {
    let (exp, one, zero) = (Exp::new(), Four::splat(black_box(1.0)), Four::splat(0.0));
    each(gate, up, |gate, up| gate / (one + exp.of(zero - gate)) * up);
}

/// Turns scores into probabilities, in place.
pub fn softmax(scores: &mut [f32]) {
    let (exp, max) = (Exp::new(), Four::splat(maximum(scores)));
    let (whole, rest) = scores.as_chunks_mut::<LANES>();
    for four in whole {
        *four = exp.of(Four::from(*four) - max).into();
    }
    for score in rest {
        *score = exp.of(Four::splat(*score) - max).first();
    }
    let scale = 1.0 / sum(scores);
    for score in scores {
        *score *= scale;
    }
}

/// A softmax of which only single probabilities are wanted; to the bit what [`softmax`] gives.
#[derive(Clone, Copy, Debug)]
pub struct Normalizer {
    max: f32,
    scale: f32,
}

impl Normalizer {
    /// Reads the scores once and changes none.
    pub fn of(scores: &[f32]) -> Self {
        let max = maximum(scores);
        let (exp, most) = (Exp::new(), Four::splat(max));
        // The power of what fills up is nothing beside the largest one's, which is 1.
        let add = |sum: Four, four: Four| sum + exp.of(four - most);
        Self { max, scale: 1.0 / reduce(scores, (0.0, f32::NEG_INFINITY), add).sum() }
    }

    /// The probability of one of the scores, 0..=1.
    pub fn probability(&self, score: f32) -> f32 {
        Exp::new().of(Four::splat(score) - Four::splat(self.max)).first() * self.scale
    }
}

/// Scores become `e^(score - max) * weight`; returns the sum of the powers. Over that sum they are
/// a softmax times the weights.
pub(crate) fn weighted_exp(scores: &mut [f32], weights: &[f32]) -> f32 {
    let (exp, max) = (Exp::new(), Four::splat(maximum(scores)));
    let mut sum = Four::splat(0.0);
    each(scores, weights, |score, weight| {
        let power = exp.of(score - max);
        sum = sum + power;
        power * weight
    });
    sum.sum()
}

/// `left = change(left, right)` by fours; beyond its end `left` counts as minus infinity, whose
/// power adds less to a sum than a float can tell.
#[inline(always)]
fn each(left: &mut [f32], right: &[f32], mut change: impl FnMut(Four, Four) -> Four) {
    let count = left.len();
    let (whole, rest) = left.as_chunks_mut::<LANES>();
    let (others, other_rest) = right[..count].as_chunks::<LANES>();
    for (left, right) in whole.iter_mut().zip(others) {
        *left = change((*left).into(), (*right).into()).into();
    }
    if !rest.is_empty() {
        let four = filled(rest, f32::NEG_INFINITY).into();
        let changed: [f32; LANES] = change(four, filled(other_rest, 0.0).into()).into();
        let count = rest.len();
        rest.copy_from_slice(&changed[..count]);
    }
}

/// `e^x` to within 2 ulp, without a branch, and the same everywhere (the standard library's
/// differs between a native and a wasm build).
///
/// Range reduction `x = n ln 2 + r`, then a degree-6 polynomial on |r| <= ln 2 / 2.
struct Exp {
    least: Four,
    most: Four,
    log2_e: Four,
    round: Four,
    ln2_high: Four,
    ln2_low: Four,
    polynomial: [Four; 7],
}

impl Exp {
    /// The numbers are hidden from the compiler: as constants the engine would build each of them
    /// anew, from two halves, wherever it is used.
    #[inline(always)]
    fn new() -> Self {
        let [least, most, log2_e, ln2_high, ln2_low] =
            black_box([-87.0, 88.0, std::f32::consts::LOG2_E, 0.693_359_4, -2.121_944_4e-4]);
        let polynomial =
            black_box([1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0]);
        Self {
            least: Four::splat(least),
            most: Four::splat(most),
            log2_e: Four::splat(log2_e),
            round: Four::splat(black_box(ROUND)),
            ln2_high: Four::splat(ln2_high),
            ln2_low: Four::splat(ln2_low),
            polynomial: polynomial.map(Four::splat),
        }
    }

    #[inline(always)]
    fn of(&self, x: Four) -> Four {
        let x = x.larger(self.least).smaller(self.most);
        let rounded = x * self.log2_e + self.round;
        let n = rounded - self.round;
        let r = (x - n * self.ln2_high) - n * self.ln2_low;
        let [mut p, rest @ ..] = self.polynomial;
        for coefficient in rest {
            p = p * r + coefficient;
        }
        p * rounded.power_of_low_bits()
    }
}

/// IEEE half to single, exact.
pub(crate) fn f32_from_f16(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let magnitude = u32::from(half & 0x7fff) << 13;
    if magnitude >= 0x0f80_0000 {
        // Infinity and NaN keep their mantissa under the wider exponent.
        return f32::from_bits(sign | 0x7f80_0000 | (magnitude & 0x007f_ffff));
    }
    // The exponent bias differs by 112; the multiplication also normalizes subnormal halves.
    let value = f32::from_bits(magnitude) * f32::from_bits((127 + 112) << 23);
    f32::from_bits(sign | value.to_bits())
}

/// The upper half of a single, rounded to nearest even. Not-a-number becomes zero: a scale that
/// is not a number comes from a damaged file and must not spread.
pub(crate) fn bf16_from_f32(value: f32) -> u16 {
    if !value.is_finite() {
        return 0;
    }
    let bits = value.to_bits();
    let rounding = 0x7fff + ((bits >> 16) & 1);
    (bits.wrapping_add(rounding) >> 16) as u16
}

/// The least scale that is not below `value`; zero for what is not finite.
pub(crate) fn bf16_at_least(value: f32) -> u16 {
    if !value.is_finite() {
        return 0;
    }
    (value.to_bits().wrapping_add(0xffff) >> 16) as u16
}

pub(crate) fn f32_from_bf16(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_agrees_with_f64() {
        let exp = |x: f32| Exp::new().of(Four::splat(x)).first();
        for step in -8700..8800 {
            let x = step as f32 / 100.0;
            let exact = f64::from(x).exp();
            let relative = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(relative < 3e-7, "exp({x}) is off by {relative}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn every_finite_half_converts() {
        assert_eq!(f32_from_f16(0x3c00), 1.0);
        assert_eq!(f32_from_f16(0xc000), -2.0);
        assert_eq!(f32_from_f16(0x0001), 2.0f32.powi(-24));
        assert_eq!(f32_from_f16(0x7bff), 65504.0);
        assert_eq!(f32_from_f16(0x7c00), f32::INFINITY);
        assert!(f32_from_f16(0x7e00).is_nan());
        assert_eq!(f32_from_f16(0x8000).to_bits(), 0x8000_0000);
    }

    #[test]
    fn bf16_rounds_to_nearest() {
        for bits in (0x0080_0000..0x7f7f_0000u32).step_by(0x1_2345) {
            let value = f32::from_bits(bits);
            let error = (f32_from_bf16(bf16_from_f32(value)) - value).abs();
            assert!(error <= value * 2.0f32.powi(-8), "{value}");
        }
    }

    #[test]
    fn weighted_powers_over_their_sum_are_a_softmax() {
        for count in [1, 3, 4, 5, 63, 64] {
            let scores: Vec<f32> = (0..count).map(|at| (at * 37 % 11) as f32 - 4.0).collect();
            let weights: Vec<f32> = (0..count + 7).map(|at| at as f32 * 0.25).collect();
            let (mut powers, mut softmaxed) = (scores.clone(), scores);
            let sum = weighted_exp(&mut powers, &weights);
            softmax(&mut softmaxed);
            for ((power, probability), weight) in powers.iter().zip(&softmaxed).zip(&weights) {
                assert!((power / sum - probability * weight).abs() < 1e-5);
            }
        }
    }

    #[test]
    fn single_probabilities_are_those_of_all() {
        let scores: Vec<f32> = (0..1003).map(|n| ((n * 7919) % 997) as f32 / 37.0 - 9.0).collect();
        for count in [1, 4, 5, 7, 1000, 1003] {
            let (scores, mut all) = (&scores[..count], scores[..count].to_vec());
            softmax(&mut all);
            let normalizer = Normalizer::of(scores);
            let single: Vec<f32> =
                scores.iter().map(|score| normalizer.probability(*score)).collect();
            assert_eq!(single, all, "{count}");
        }
    }

    #[test]
    fn softmax_sums_to_one() {
        let mut scores = [1000.0, 999.0, -1000.0, 0.0, 998.5];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(scores[0] > scores[1] && scores[1] > scores[4]);
    }
}
