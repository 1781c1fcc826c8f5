//! Tensor records and where their bytes lie.

use super::{GgufError, cursor::Cursor};
use std::collections::BTreeMap;

/// How elements are stored. Blocks run along the first dimension, the inputs of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TensorKind {
    F32,
    F16,
    /// 32 weights in 18 bytes: an f16 scale, then 16 bytes of nibbles, weight = scale * (q - 8).
    Q4_0,
    /// 32 weights in 34 bytes: an f16 scale, then 32 signed bytes.
    Q8_0,
    Bf16,
    /// Blocks of 32 with a scale and a least value, or of five bits.
    Q4_1,
    Q5_0,
    Q5_1,
    /// Blocks of 256 whose scales are written in few bits too.
    Q4K,
    Q5K,
    Q6K,
    /// A kind that this engine does not compute with.
    Other(u32),
}

impl TensorKind {
    pub(super) fn from_code(code: u32) -> Self {
        match code {
            0 => Self::F32,
            1 => Self::F16,
            2 => Self::Q4_0,
            3 => Self::Q4_1,
            6 => Self::Q5_0,
            7 => Self::Q5_1,
            8 => Self::Q8_0,
            12 => Self::Q4K,
            13 => Self::Q5K,
            14 => Self::Q6K,
            30 => Self::Bf16,
            other => Self::Other(other),
        }
    }

    /// (elements, bytes) of one block; `None` for kinds that are not read.
    pub(crate) fn block(self) -> Option<(u64, u64)> {
        match self {
            Self::F32 => Some((1, 4)),
            Self::F16 | Self::Bf16 => Some((1, 2)),
            Self::Q4_0 => Some((32, 18)),
            Self::Q8_0 => Some((32, 34)),
            Self::Q4_1 => Some((32, 20)),
            Self::Q5_0 => Some((32, 22)),
            Self::Q5_1 => Some((32, 24)),
            Self::Q4K => Some((256, 144)),
            Self::Q5K => Some((256, 176)),
            Self::Q6K => Some((256, 210)),
            Self::Other(_) => None,
        }
    }
}

/// One tensor of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor<'a> {
    pub kind: TensorKind,
    /// Fastest first, as ggml has it: a matrix is (inputs, outputs).
    pub shape: Vec<u64>,
    /// Empty for [`TensorKind::Other`].
    pub data: &'a [u8],
}

impl Tensor<'_> {
    pub fn element_count(&self) -> u64 {
        self.shape.iter().product()
    }
}

pub(super) struct Record {
    name: String,
    shape: Vec<u64>,
    kind: TensorKind,
    offset: u64,
}

pub(super) fn read_records(cursor: &mut Cursor<'_>, count: u64) -> Result<Vec<Record>, GgufError> {
    let mut records = Vec::new();
    for _ in 0..count {
        let name = cursor.string("tensor name")?;
        let dimensions = cursor.u32(&name)?;
        if !(1..=4).contains(&dimensions) {
            return Err(GgufError::TensorShape { name });
        }
        let mut shape = Vec::new();
        for _ in 0..dimensions {
            shape.push(cursor.u64(&name)?);
        }
        let kind = TensorKind::from_code(cursor.u32(&name)?);
        let offset = cursor.u64(&name)?;
        records.push(Record { name, shape, kind, offset });
    }
    Ok(records)
}

/// Finds each record's bytes in the file.
pub(super) fn resolve(
    bytes: &[u8],
    data_start: u64,
    alignment: u64,
    records: Vec<Record>,
) -> Result<BTreeMap<String, Tensor<'_>>, GgufError> {
    let mut tensors = BTreeMap::new();
    for Record { name, shape, kind, offset } in records {
        let Some(length) = byte_length(&shape, kind) else {
            return Err(GgufError::TensorShape { name });
        };
        let data = (offset % alignment == 0)
            .then(|| data_start.checked_add(offset))
            .flatten()
            .and_then(|start| {
                let start = usize::try_from(start).ok()?;
                let end = start.checked_add(usize::try_from(length).ok()?)?;
                bytes.get(start..end)
            });
        let Some(data) = data else {
            return Err(GgufError::TensorData { name });
        };
        if tensors.contains_key(&name) {
            return Err(GgufError::DuplicateTensor { name });
        }
        tensors.insert(name, Tensor { kind, shape, data });
    }
    Ok(tensors)
}

/// Bytes of a tensor, 0 for kinds that are not read; `None` when the shape cannot be.
fn byte_length(shape: &[u64], kind: TensorKind) -> Option<u64> {
    let mut elements: u64 = 1;
    for &dimension in shape {
        elements = elements.checked_mul(dimension)?;
    }
    let Some((block_elements, block_bytes)) = kind.block() else {
        return Some(0);
    };
    if shape.first()? % block_elements != 0 || elements == 0 {
        return None;
    }
    (elements / block_elements).checked_mul(block_bytes)
}
