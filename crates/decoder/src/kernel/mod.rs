//! The innermost loops: weights times a tile of at most four tokens.
//!
//! A **panel** holds 16 rows of a matrix, interleaved so that one 128-bit register carries the
//! same inputs of four rows and no horizontal sum is ever needed. Four rows are a **quad**.
//!
//! ```text
//! Q4_0, one block of 32 inputs (288 bytes = 16 x 18, the size it has in the file)
//!   for g in 0..4        eight inputs 8g..8g+8
//!     for quad in 0..4   four rows 4*quad..4*quad+4
//!       16 bytes: byte 4*r + j = low nibble input 8g + j, high nibble input 8g + 4 + j, of row r
//!   32 bytes: bf16 scales, u32 lane r = quad 0 row r | quad 1 row r << 16, then quads 2 and 3
//!
//! Q4_0 unpacked, for several tiles: the same block with a byte for each weight (544 bytes)
//!   for s in 0..8        four inputs 4s..4s+4
//!     for quad in 0..4   four rows
//!       16 bytes: byte 4*r + j = input 4s + j, of row r, 0..=15
//!   32 bytes: scales as above
//!
//! The same for 16-bit products: two bytes for each weight (1056 bytes)
//!   for p in 0..16       a pair of inputs, eights in PAIR_ORDER
//!     for quad in 0..4   four rows
//!       16 bytes: 16-bit lane 2*r + j = input j of the pair, of row r
//!   32 bytes: scales as above
//!
//! Q8_0, one block of 32 inputs (576 bytes)
//!   weights and scales as unpacked, -128..=127
//!   32 bytes: i16 sums of the block's 32 weights, row by row
//!
//! Values, one block of 32 positions (512 bytes for 16 elements of a head)
//!   as Q8_0 without scales and sums: an element is a row, a position is an input
//! ```
//!
//! There are two ways to multiply. [`Kernel::Dot8`] has an instruction for 16 products of bytes,
//! [`Kernel::Dot16`] one for 8 products of 16-bit numbers. Which is faster depends on the
//! processor and on the number of tokens, so a build that has both is timed when a model loads.
//!
//! Every implementation adds the block products of a row in the same order, `sum += int * (weight
//! scale * activation scale)`, so all of them, for any number of tokens, agree to the bit. The
//! scalar twins in [`scalar`] are the definition; the tests hold the others to them.

pub(crate) mod quantize;
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
mod relaxed;
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
mod scalar;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vector;

#[cfg(test)]
mod tests;

use crate::activation::{BLOCK, Tile};

/// Rows in a panel.
pub(crate) const PANEL_ROWS: usize = 16;
/// Bytes of one block of a Q4_0 panel.
pub(crate) const Q4_BLOCK_BYTES: usize = 288;
/// Bytes of one block of a Q4_0 panel unpacked to bytes.
const UNPACKED_BLOCK_BYTES: usize = 544;
/// Bytes of one block of a Q4_0 panel unpacked to 16-bit numbers.
const UNPACKED_PAIRS_BLOCK_BYTES: usize = 1056;
/// Bytes of one block of a Q8_0 panel.
pub(crate) const Q8_BLOCK_BYTES: usize = 576;
/// Bytes of 32 positions of 16 elements.
pub(crate) const VALUE_BLOCK_BYTES: usize = 512;

/// What this build is compiled for.
pub const BUILD: &str = if cfg!(target_feature = "relaxed-simd") {
    "relaxed-simd"
} else if cfg!(target_feature = "simd128") {
    "simd128"
} else {
    "native"
};

/// A way to multiply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Products of bytes, four added up at once: relaxed SIMD, and natively.
    Dot8,
    /// Products of 16-bit numbers, two added up at once: every WebAssembly with SIMD.
    Dot16,
}

impl Kernel {
    /// Those that this build has, the usually faster first.
    pub const ALL: &'static [Self] = if cfg!(not(target_feature = "simd128")) {
        &[Self::Dot8]
    } else if cfg!(target_feature = "relaxed-simd") {
        &[Self::Dot8, Self::Dot16]
    } else {
        &[Self::Dot16]
    };

    /// For the status bar.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dot8 => "dot8",
            Self::Dot16 => "dot16",
        }
    }
}

/// Which kernel multiplies one token, as in decoding, and which several, as in prefill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kernels {
    pub decode: Kernel,
    pub prefill: Kernel,
}

impl Default for Kernels {
    fn default() -> Self {
        Self { decode: Kernel::ALL[0], prefill: Kernel::ALL[0] }
    }
}

impl std::fmt::Display for Kernels {
    /// `dot8`, or `dot8, prefill dot16`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.decode.name())?;
        if self.prefill != self.decode {
            write!(formatter, ", prefill {}", self.prefill.name())?;
        }
        Ok(())
    }
}

impl Kernels {
    pub(crate) fn of(self, tokens: usize) -> Kernel {
        if tokens == 1 { self.decode } else { self.prefill }
    }
}

/// Where results go: row `r` of token `t` is element `t * stride + r`.
#[derive(Debug)]
pub(crate) struct Out<'a> {
    pub(crate) values: &'a mut [f32],
    pub(crate) stride: usize,
}

/// What a kernel multiplies. Lengths are checked before it runs.
#[derive(Clone, Copy, Debug)]
struct Task<'a> {
    weights: &'a [u8],
    /// Blocks of 32 inputs in each row.
    blocks: usize,
    x: Tile<'a>,
}

/// Runs the implementation of a kernel that this build has, or the one that was chosen of two.
macro_rules! run {
    ($name:ident::<$tokens:ident>, $kernel:ident, $task:ident, $out:ident) => {{
        let _ = $kernel;
        #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
        if $kernel == Kernel::Dot8 {
            return relaxed::$name::<$tokens>($task, $out);
        }
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
        simd128::$name::<$tokens>($task, $out);
        #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
        scalar::fastest::$name::<$tokens>($task, $out);
    }};
}

/// Unpacks panels of Q4_0 for a kernel, so that several tiles share the work.
pub(crate) fn unpack(kernel: Kernel, panels: &[u8], unpacked: &mut Vec<u8>) {
    let blocks = panels.len() / Q4_BLOCK_BYTES;
    unpacked.resize(blocks * unpacked_block_bytes(kernel), 0);
    let (blocks, _) = panels.as_chunks::<Q4_BLOCK_BYTES>();
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    match kernel {
        Kernel::Dot8 => vector::unpack_bytes(blocks, unpacked),
        Kernel::Dot16 => vector::unpack_pairs(blocks, unpacked),
    }
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    scalar::unpack(blocks, unpacked);
}

/// Bytes of one block of a Q4_0 panel as [`unpack`] makes it.
fn unpacked_block_bytes(kernel: Kernel) -> usize {
    match kernel {
        Kernel::Dot8 => UNPACKED_BLOCK_BYTES,
        Kernel::Dot16 => UNPACKED_PAIRS_BLOCK_BYTES,
    }
}

/// Defines a kernel for any tile.
macro_rules! kernel {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        pub(crate) fn $name(
            kernel: Kernel,
            weights: &[u8],
            blocks: usize,
            x: Tile<'_>,
            out: &mut Out<'_>,
        ) {
            fn run<const T: usize>(kernel: Kernel, task: Task<'_>, out: &mut Out<'_>) {
                checks::$name::<T>(kernel, task, out);
                run!($name::<T>, kernel, task, out);
            }
            let task = Task { weights, blocks, x };
            match x.tokens {
                1 => run::<1>(kernel, task, out),
                2 => run::<2>(kernel, task, out),
                3 => run::<3>(kernel, task, out),
                _ => run::<4>(kernel, task, out),
            }
        }
    };
}

kernel!(q4, "Panels of Q4_0 times a tile of 8-bit activations; sets the rows of `out`.");
kernel!(
    unpacked,
    "Unpacked panels of Q4_0 times a tile of 8-bit activations; sets the rows of `out`."
);
kernel!(q8, "Panels of Q8_0 times a tile of 14-bit activations; sets the rows of `out`.");
kernel!(weigh, "Values times a tile of 8-bit probabilities, 0..=127; sets the elements of `out`.");

/// The kernels read and write through raw pointers; this is what makes that sound.
mod checks {
    use super::*;

    pub(super) fn q4<const T: usize>(kernel: Kernel, task: Task<'_>, out: &Out<'_>) {
        check::<T>(kernel, task, 1);
        panels::<T>(task, Q4_BLOCK_BYTES, out);
        assert_eq!(task.x.offsets.len(), task.blocks * T);
    }

    pub(super) fn unpacked<const T: usize>(kernel: Kernel, task: Task<'_>, out: &Out<'_>) {
        check::<T>(kernel, task, 1);
        panels::<T>(task, unpacked_block_bytes(kernel), out);
        assert_eq!(task.x.offsets.len(), task.blocks * T);
    }

    pub(super) fn q8<const T: usize>(kernel: Kernel, task: Task<'_>, out: &Out<'_>) {
        check::<T>(kernel, task, 2);
        panels::<T>(task, Q8_BLOCK_BYTES, out);
    }

    pub(super) fn weigh<const T: usize>(kernel: Kernel, task: Task<'_>, out: &Out<'_>) {
        check::<T>(kernel, task, 1);
        panels::<T>(task, VALUE_BLOCK_BYTES, out);
    }

    /// The tile holds the form that the kernel reads.
    fn check<const T: usize>(kernel: Kernel, task: Task<'_>, bytes: usize) {
        let inputs = task.blocks * BLOCK * T;
        match kernel {
            Kernel::Dot8 => assert_eq!(task.x.bytes.len(), inputs / 4 * bytes),
            Kernel::Dot16 => assert_eq!(task.x.pairs.len(), inputs / 2),
        }
        assert_eq!(task.x.scales.len(), task.blocks * T);
        assert!(Kernel::ALL.contains(&kernel));
    }

    /// The weights are whole panels and every row has its place.
    fn panels<const T: usize>(task: Task<'_>, block_bytes: usize, out: &Out<'_>) {
        let panel_bytes = task.blocks * block_bytes;
        let rows = task.weights.len() / panel_bytes.max(1) * PANEL_ROWS;
        assert_eq!(task.weights.len() % panel_bytes.max(1), 0);
        assert!(rows <= out.stride && (T - 1) * out.stride + rows <= out.values.len());
    }
}
