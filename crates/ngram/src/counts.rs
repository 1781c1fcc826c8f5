//! The file that carries counted code: the gate's weights, then the table.
//!
//! ```text
//! "FLNG"  version u32  bits u32  weights u32         bucket count = 2^bits
//! f32 per weight
//! the table's slots
//! ```

use crate::{BUCKETS, Gate, Table};

const MAGIC: [u8; 4] = *b"FLNG";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 16;
const MAX_BITS: u32 = 24;

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountsError {
    #[error("the file does not hold counted code; it is damaged or something else")]
    NotCounts,
    #[error("the counted code is of version {version}; version 1 is read")]
    Version { version: u32 },
    #[error("the counted code is {found} bytes where its header says {expected}: it was cut off")]
    Length { expected: usize, found: usize },
    #[error("the counted code has weights that no gate has; the file is damaged")]
    Weights,
}

/// What many independent packages have in common, and how far to trust it.
#[derive(Debug)]
pub struct Counts {
    pub gate: Gate,
    pub table: Table,
}

impl Default for Counts {
    /// Nothing counted, nothing trusted.
    fn default() -> Self {
        Self { gate: Gate::closed(), table: Table::empty(0) }
    }
}

impl Counts {
    /// # Errors
    /// When the bytes are not a whole file of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CountsError> {
        let (header, body) = bytes.split_at_checked(HEADER_BYTES).ok_or(CountsError::NotCounts)?;
        let (words, _) = header.as_chunks::<4>();
        if words[0] != MAGIC {
            return Err(CountsError::NotCounts);
        }
        let [version, bits, weights] = [words[1], words[2], words[3]].map(u32::from_le_bytes);
        if version != VERSION {
            return Err(CountsError::Version { version });
        }
        if bits > MAX_BITS || weights as usize != BUCKETS {
            return Err(CountsError::NotCounts);
        }
        let expected = BUCKETS * 4 + Table::byte_length(bits);
        if body.len() != expected {
            return Err(CountsError::Length { expected, found: body.len() });
        }
        let (weights, slots) = body.split_at(BUCKETS * 4);
        let (weights, _) = weights.as_chunks::<4>();
        let weights = weights.iter().map(|word| f32::from_le_bytes(*word)).collect();
        let gate = Gate::new(weights).ok_or(CountsError::Weights)?;
        Ok(Self { gate, table: Table::from_bytes(slots, bits) })
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(self.table.bits().to_le_bytes());
        bytes.extend((BUCKETS as u32).to_le_bytes());
        bytes.extend(self.gate.weights().iter().flat_map(|weight| weight.to_le_bytes()));
        bytes.extend(self.table.to_bytes());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cut_file_is_refused() {
        let bytes = Counts { gate: Gate::closed(), table: Table::empty(3) }.to_bytes();
        assert!(Counts::from_bytes(&bytes).is_ok());
        for length in 0..bytes.len() {
            assert!(Counts::from_bytes(&bytes[..length]).is_err());
        }
    }

    proptest! {
        #[test]
        fn noise_never_panics(mut noise in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Counts::from_bytes(&noise);
            if noise.len() >= 12 {
                noise[..8].copy_from_slice(b"FLNG\x01\0\0\0");
                let _ = Counts::from_bytes(&noise);
            }
        }
    }
}
