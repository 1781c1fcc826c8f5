//! The innermost loops: a panel of 16 weight rows times a few tokens' activations.
//!
//! A **panel** holds 16 rows of a matrix, interleaved so that one 128-bit register carries the
//! same inputs of four rows and no horizontal sum is ever needed:
//!
//! ```text
//! Q4_0, one block of 32 inputs (288 bytes = 16 x 18, the size it has in the file)
//!   for g in 0..4        eight inputs 8g..8g+8
//!     for quad in 0..4   four rows 4*quad..4*quad+4
//!       16 bytes: byte 4*r + j = low nibble input 8g + j, high nibble input 8g + 4 + j, of row r
//!   32 bytes: bf16 scales, u32 lane r = quad 0 row r | quad 1 row r << 16, then quads 2 and 3
//!
//! Q8_0, one block of 32 inputs (544 bytes = 16 x 34)
//!   for g in 0..4        eight inputs
//!     for pair in 0..4   inputs (0, 2), (4, 6), (1, 3), (5, 7) of the eight
//!       for half in 0..2 eight rows
//!         16 bytes: byte 2*r + i = input i of the pair, of row r
//!   32 bytes: scales as above
//! ```
//!
//! Every implementation adds the block products of a row in the same order, `sum += int * (weight
//! scale * activation scale)`, so all of them, for any number of tokens, agree to the bit. The
//! scalar twins in [`scalar`] are the definition; the tests hold the others to them.

#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
mod relaxed;
mod scalar;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128;

#[cfg(test)]
mod tests;

use crate::activation::Row;

/// Rows in a panel.
pub(crate) const PANEL_ROWS: usize = 16;
/// Bytes of one block of a Q4_0 panel.
pub(crate) const Q4_BLOCK_BYTES: usize = 288;
/// Bytes of one block of a Q8_0 panel.
pub(crate) const Q8_BLOCK_BYTES: usize = 544;
/// Most tokens a kernel takes at once.
pub(crate) const TILE: usize = 4;

/// What the kernels of this build are written in.
pub const BUILD: &str = if cfg!(target_feature = "relaxed-simd") {
    "relaxed-simd"
} else if cfg!(target_feature = "simd128") {
    "simd128"
} else {
    "scalar"
};

/// One token's results for one panel.
pub(crate) type PanelOut = [f32; PANEL_ROWS];

/// Multiplies a Q4_0 panel by `T` tokens.
#[inline]
pub(crate) fn q4_panel<const T: usize>(panel: &[u8], rows: [Row<'_>; T], out: &mut [PanelOut; T]) {
    check(panel, Q4_BLOCK_BYTES, &rows);
    #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
    relaxed::q4_panel(panel, rows, out);
    #[cfg(all(
        target_arch = "wasm32",
        target_feature = "simd128",
        not(target_feature = "relaxed-simd")
    ))]
    simd128::q4_panel(panel, rows, out);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    scalar::q4_panel_fastest(panel, rows, out);
}

/// Multiplies a Q8_0 panel by `T` tokens.
#[inline]
pub(crate) fn q8_panel<const T: usize>(panel: &[u8], rows: [Row<'_>; T], out: &mut [PanelOut; T]) {
    check(panel, Q8_BLOCK_BYTES, &rows);
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    simd128::q8_panel(panel, rows, out);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    scalar::q8_panel_fastest(panel, rows, out);
}

/// The kernels read through raw pointers; this is what makes that sound.
fn check<const T: usize>(panel: &[u8], block_bytes: usize, rows: &[Row<'_>; T]) {
    let blocks = panel.len() / block_bytes;
    assert_eq!(panel.len(), blocks * block_bytes);
    for row in rows {
        assert_eq!(row.bytes.len(), blocks * crate::activation::BLOCK);
        assert_eq!(row.pairs.len(), row.bytes.len());
        assert_eq!(row.scales.len(), blocks);
        assert_eq!(row.offsets.len(), blocks);
    }
}
