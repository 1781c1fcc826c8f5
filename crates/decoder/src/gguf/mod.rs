//! The GGUF container: metadata and tensor records of a file held in memory.
//!
//! Source: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>, versions 2 and 3, little
//! endian. The file is hostile until proved otherwise: every length is checked against the bytes
//! that are left before anything is allocated, so a parse costs at most a few times the file.

mod blocks;
mod cursor;
mod error;
mod tensor;
mod value;

#[cfg(test)]
mod tests;

pub(crate) use blocks::unpack;
pub use error::GgufError;
pub use tensor::{Tensor, TensorKind};
pub use value::Value;

use cursor::Cursor;
use std::collections::BTreeMap;

const MAGIC: u32 = u32::from_le_bytes(*b"GGUF");
const DEFAULT_ALIGNMENT: u64 = 32;

/// A parsed file; tensor data borrows from the bytes.
#[derive(Debug)]
pub struct Gguf<'a> {
    metadata: BTreeMap<String, Value>,
    tensors: BTreeMap<String, Tensor<'a>>,
}

impl<'a> Gguf<'a> {
    /// Reads the header, the metadata and the tensor records.
    ///
    /// # Errors
    /// [`GgufError`] for anything that is not a whole, well-formed file.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, GgufError> {
        let mut cursor = Cursor::new(bytes);
        if cursor.u32("magic")? != MAGIC {
            return Err(GgufError::NotGguf);
        }
        let version = cursor.u32("version")?;
        if !(2..=3).contains(&version) {
            return Err(GgufError::Version { version });
        }
        let tensor_count = cursor.u64("tensor count")?;
        let metadata_count = cursor.u64("metadata count")?;
        let metadata = read_metadata(&mut cursor, metadata_count)?;
        let records = tensor::read_records(&mut cursor, tensor_count)?;
        let alignment = alignment(&metadata)?;
        let data_start = cursor.position().next_multiple_of(alignment);
        let tensors = tensor::resolve(bytes, data_start, alignment, records)?;
        Ok(Self { metadata, tensors })
    }

    /// A metadata value by its full key, `llama.block_count`.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.metadata.get(key)
    }

    /// A tensor by its full name, `blk.0.attn_q.weight`.
    pub fn tensor(&self, name: &str) -> Option<&Tensor<'a>> {
        self.tensors.get(name)
    }

    /// Weights in all tensors together.
    pub fn parameter_count(&self) -> u64 {
        self.tensors.values().map(Tensor::element_count).sum()
    }
}

fn read_metadata(
    cursor: &mut Cursor<'_>,
    count: u64,
) -> Result<BTreeMap<String, Value>, GgufError> {
    let mut metadata = BTreeMap::new();
    for _ in 0..count {
        let key = cursor.string("metadata key")?;
        let value = Value::read(cursor, &key)?;
        metadata.insert(key, value);
    }
    Ok(metadata)
}

fn alignment(metadata: &BTreeMap<String, Value>) -> Result<u64, GgufError> {
    let Some(value) = metadata.get("general.alignment") else {
        return Ok(DEFAULT_ALIGNMENT);
    };
    match value.as_u64() {
        Some(alignment) if alignment.is_power_of_two() && alignment <= 1 << 20 => Ok(alignment),
        _ => Err(GgufError::Alignment),
    }
}
