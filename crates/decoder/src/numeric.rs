//! Float arithmetic with one fixed order, so that every build agrees to the bit.

/// Lanes of every reduction. Four is what a 128-bit register holds.
const LANES: usize = 4;

/// Sum of squares, four lanes wide.
pub(crate) fn sum_of_squares(values: &[f32]) -> f32 {
    let mut sums = [0.0f32; LANES];
    let (whole, rest) = values.as_chunks::<LANES>();
    for chunk in whole {
        for lane in 0..LANES {
            sums[lane] += chunk[lane] * chunk[lane];
        }
    }
    for (lane, value) in rest.iter().enumerate() {
        sums[lane] += value * value;
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

/// Sum, four lanes wide.
fn sum(values: &[f32]) -> f32 {
    let mut sums = [0.0f32; LANES];
    let (whole, rest) = values.as_chunks::<LANES>();
    for chunk in whole {
        for lane in 0..LANES {
            sums[lane] += chunk[lane];
        }
    }
    for (lane, value) in rest.iter().enumerate() {
        sums[lane] += value;
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

/// Dot product of equally long slices, four lanes wide.
pub(crate) fn dot(left: &[f32], right: &[f32]) -> f32 {
    let mut sums = [0.0f32; LANES];
    let (left_whole, left_rest) = left.as_chunks::<LANES>();
    let (right_whole, right_rest) = right.as_chunks::<LANES>();
    for (a, b) in left_whole.iter().zip(right_whole) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    for (lane, (a, b)) in left_rest.iter().zip(right_rest).enumerate() {
        sums[lane] += a * b;
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
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
    for (gate, up) in gate.iter_mut().zip(up) {
        *gate = *gate / (1.0 + exp(-*gate)) * up;
    }
}

/// Turns scores into probabilities, in place.
pub fn softmax(scores: &mut [f32]) {
    let max = maximum(scores);
    for score in scores.iter_mut() {
        *score = exp(*score - max);
    }
    let scale = 1.0 / sum(scores);
    for score in scores {
        *score *= scale;
    }
}

/// The largest; minus infinity of none. A comparison and a choice vectorize, `f32::max` does not.
fn maximum(values: &[f32]) -> f32 {
    let larger = |a: f32, b: f32| if a < b { b } else { a };
    let mut lanes = [f32::NEG_INFINITY; LANES];
    let (whole, rest) = values.as_chunks::<LANES>();
    for chunk in whole {
        for lane in 0..LANES {
            lanes[lane] = larger(lanes[lane], chunk[lane]);
        }
    }
    lanes.into_iter().chain(rest.iter().copied()).fold(f32::NEG_INFINITY, larger)
}

/// `e^x` to within 2 ulp, without a branch, so that it vectorizes and is the same everywhere
/// (the standard library's differs between a native and a wasm build).
///
/// Range reduction `x = n ln 2 + r`, then a degree-6 polynomial on |r| <= ln 2 / 2.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Adding 1.5 * 2^23 leaves the nearest integer in the low bits; subtracting it again gives it.
    const ROUND: f32 = 12_582_912.0;
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let x = x.clamp(-87.0, 88.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let n = rounded - ROUND;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    let mut p = 1.0 / 720.0;
    for coefficient in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        p = p * r + coefficient;
    }
    p * f32::from_bits(rounded.to_bits().wrapping_add(127) << 23)
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
    fn softmax_sums_to_one() {
        let mut scores = [1000.0, 999.0, -1000.0, 0.0, 998.5];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(scores[0] > scores[1] && scores[1] > scores[4]);
    }
}
