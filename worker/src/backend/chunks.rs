//! A kept file's parts and their hashes: what a disk has changed is found when the file is opened, and that part alone is
//! fetched again. Hashes are pinned when a file has arrived.

use super::store::Kept;
use crate::digest::sha256;

/// Bytes of a part.
pub(super) const CHUNK: f64 = (4 << 20) as f64;

/// The SHA-256 of every part, in order.
pub(super) async fn hashes(kept: &Kept) -> Vec<String> {
    let mut hashes = Vec::new();
    while CHUNK * (hashes.len() as f64) < kept.size() {
        hashes.push(hash(kept, hashes.len()).await);
    }
    hashes
}

/// The SHA-256 of one part as it is on the disk.
pub(super) async fn hash(kept: &Kept, index: usize) -> String {
    sha256(&kept.read(CHUNK * index as f64, CHUNK as usize)).await
}

/// First and last byte of a part of a file of this size.
pub(super) fn range(index: usize, size: f64) -> (f64, f64) {
    let from = CHUNK * index as f64;
    (from, (from + CHUNK).min(size) - 1.0)
}
