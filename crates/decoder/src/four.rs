//! Four floats at once, the same to the bit in every build.
//!
//! WebAssembly's vectors where there are any; elsewhere an array, which compilers turn into a
//! vector by themselves. Knows nothing of models.

use std::ops::{Add, Div, Mul, Sub};

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use array as lanes;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use vector as lanes;

/// Four lanes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Four(lanes::Lanes);

impl Four {
    #[inline(always)]
    pub(crate) fn splat(value: f32) -> Self {
        Self::from([value; 4])
    }

    /// The larger of each lane; the own one where the other is not a number.
    #[inline(always)]
    pub(crate) fn larger(self, other: Self) -> Self {
        Self(lanes::larger(self.0, other.0))
    }

    /// The smaller of each lane; the own one where the other is not a number.
    #[inline(always)]
    pub(crate) fn smaller(self, other: Self) -> Self {
        Self(lanes::smaller(self.0, other.0))
    }

    /// 2 to the power of the integer that each lane's low mantissa bits hold.
    #[inline(always)]
    pub(crate) fn power_of_low_bits(self) -> Self {
        Self(lanes::power_of_low_bits(self.0))
    }

    /// The first lane.
    #[inline(always)]
    pub(crate) fn first(self) -> f32 {
        let [first, _, _, _] = self.into();
        first
    }

    /// All four, added in pairs.
    #[inline(always)]
    pub(crate) fn sum(self) -> f32 {
        let [a, b, c, d] = self.into();
        (a + b) + (c + d)
    }
}

impl From<[f32; 4]> for Four {
    #[inline(always)]
    fn from(values: [f32; 4]) -> Self {
        Self(lanes::from_array(values))
    }
}

impl From<Four> for [f32; 4] {
    #[inline(always)]
    fn from(four: Four) -> Self {
        lanes::into_array(four.0)
    }
}

macro_rules! operator {
    ($trait:ident, $name:ident) => {
        impl $trait for Four {
            type Output = Self;

            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                Self(lanes::$name(self.0, other.0))
            }
        }
    };
}

operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);
operator!(Div, div);

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod array {
    pub(super) type Lanes = [f32; 4];

    macro_rules! each {
        ($name:ident, $a:ident, $b:ident, $result:expr) => {
            #[inline(always)]
            pub(super) fn $name(left: Lanes, right: Lanes) -> Lanes {
                std::array::from_fn(|lane| {
                    let ($a, $b) = (left[lane], right[lane]);
                    $result
                })
            }
        };
    }

    each!(add, a, b, a + b);
    each!(sub, a, b, a - b);
    each!(mul, a, b, a * b);
    each!(div, a, b, a / b);
    each!(larger, a, b, if a < b { b } else { a });
    each!(smaller, a, b, if b < a { b } else { a });

    #[inline(always)]
    pub(super) fn power_of_low_bits(lanes: Lanes) -> Lanes {
        lanes.map(|lane| f32::from_bits(lane.to_bits().wrapping_add(127) << 23))
    }

    #[inline(always)]
    pub(super) fn from_array(values: [f32; 4]) -> Lanes {
        values
    }

    #[inline(always)]
    pub(super) fn into_array(lanes: Lanes) -> [f32; 4] {
        lanes
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vector {
    use std::arch::wasm32::*;

    pub(super) type Lanes = v128;

    pub(super) use std::arch::wasm32::{
        f32x4_add as add, f32x4_div as div, f32x4_mul as mul, f32x4_pmax as larger,
        f32x4_pmin as smaller, f32x4_sub as sub,
    };

    #[inline(always)]
    pub(super) fn power_of_low_bits(lanes: Lanes) -> Lanes {
        i32x4_shl(i32x4_add(lanes, i32x4_splat(127)), 23)
    }

    // A transmutation becomes one load or store; building from lanes becomes four.

    #[inline(always)]
    pub(super) fn from_array(values: [f32; 4]) -> Lanes {
        // SAFETY: 16 bytes without padding, of which every value is valid, on both sides.
        unsafe { std::mem::transmute::<[f32; 4], v128>(values) }
    }

    #[inline(always)]
    pub(super) fn into_array(lanes: Lanes) -> [f32; 4] {
        // SAFETY: as above.
        unsafe { std::mem::transmute::<v128, [f32; 4]>(lanes) }
    }
}
