//! The file that carries counted code: the gate's weights, then the table.
//!
//! ```text
//! "FLNG"  version u32  buckets u32  weights u32  acceptance u32
//! f32 per weight of the gate, f32 per weight of the acceptance
//! the table's slots
//! ```

use crate::{BUCKETS, Gate, Table};

const MAGIC: [u8; 4] = *b"FLNG";
const VERSION: u32 = 2;
const HEADER_BYTES: usize = 20;
const MAX_BUCKETS: u32 = 1 << 24;
const MAX_ACCEPTANCE: u32 = 1 << 10;

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountsError {
    #[error("the file does not hold counted code; it is damaged or something else")]
    NotCounts,
    #[error("the counted code is of version {version}; version 2 is read")]
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
    /// Weights of the probability of being accepted; what they weigh is the caller's to know.
    pub acceptance: Vec<f32>,
    pub table: Table,
}

impl Default for Counts {
    /// Nothing counted, nothing trusted.
    fn default() -> Self {
        Self { gate: Gate::closed(), acceptance: Vec::new(), table: Table::empty(1) }
    }
}

impl Counts {
    /// Whether nothing was ever counted into it.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// # Errors
    /// When the bytes are not a whole file of this version.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, CountsError> {
        let (header, body) = bytes.split_at_checked(HEADER_BYTES).ok_or(CountsError::NotCounts)?;
        let (words, _) = header.as_chunks::<4>();
        if words[0] != MAGIC {
            return Err(CountsError::NotCounts);
        }
        let numbers = [words[1], words[2], words[3], words[4]].map(u32::from_le_bytes);
        let [version, buckets, weights, acceptance] = numbers;
        if version != VERSION {
            return Err(CountsError::Version { version });
        }
        let fine = (1..=MAX_BUCKETS).contains(&buckets) && acceptance <= MAX_ACCEPTANCE;
        if !fine || weights as usize != BUCKETS {
            return Err(CountsError::NotCounts);
        }
        let acceptance_bytes = acceptance as usize * 4;
        let table_bytes = Table::byte_length(buckets as usize);
        let expected = BUCKETS * 4 + acceptance_bytes + table_bytes;
        if body.len() != expected {
            return Err(CountsError::Length { expected, found: body.len() });
        }
        let (weights, rest) = body.split_at(BUCKETS * 4);
        let acceptance = &rest[..acceptance_bytes];
        let gate = Gate::new(floats(weights)).ok_or(CountsError::Weights)?;
        let acceptance = floats(acceptance);
        if !acceptance.iter().all(|weight| weight.is_finite()) {
            return Err(CountsError::Weights);
        }
        let slots = bytes.len() - table_bytes;
        Ok(Self { gate, acceptance, table: Table::from_bytes(bytes, slots) })
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((self.table.buckets() as u32).to_le_bytes());
        bytes.extend((BUCKETS as u32).to_le_bytes());
        bytes.extend((self.acceptance.len() as u32).to_le_bytes());
        let weights = self.gate.weights().iter().chain(&self.acceptance);
        bytes.extend(weights.flat_map(|weight| weight.to_le_bytes()));
        bytes.extend(self.table.as_bytes());
        bytes
    }
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    let (words, _) = bytes.as_chunks::<4>();
    words.iter().map(|word| f32::from_le_bytes(*word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cut_file_is_refused() {
        let bytes = Counts { acceptance: vec![0.5; 3], ..Counts::default() }.to_bytes();
        assert!(Counts::from_bytes(bytes.clone()).is_ok());
        for length in 0..bytes.len() {
            assert!(Counts::from_bytes(bytes[..length].to_vec()).is_err());
        }
    }

    proptest! {
        #[test]
        fn noise_never_panics(mut noise in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Counts::from_bytes(noise.clone());
            if noise.len() >= 12 {
                noise[..8].copy_from_slice(b"FLNG\x02\0\0\0");
                let _ = Counts::from_bytes(noise);
            }
        }
    }
}
