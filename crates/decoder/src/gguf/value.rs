//! Metadata values.

use super::{GgufError, cursor::Cursor};

/// Arrays of arrays are allowed by the format and used by nobody; this bounds the recursion.
const MAX_DEPTH: u32 = 4;

/// One metadata value. Integers of every width become one of two.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Bool(bool),
    Text(String),
    Array(Vec<Value>),
}

impl Value {
    pub(super) fn read(cursor: &mut Cursor<'_>, key: &str) -> Result<Self, GgufError> {
        let kind = cursor.u32(key)?;
        Self::read_kind(cursor, key, kind, 0)
    }

    fn read_kind(
        cursor: &mut Cursor<'_>,
        key: &str,
        kind: u32,
        depth: u32,
    ) -> Result<Self, GgufError> {
        Ok(match kind {
            0 => Self::Unsigned(u64::from(cursor.array::<1>(key)?[0])),
            1 => Self::Signed(i64::from(i8::from_le_bytes(cursor.array(key)?))),
            2 => Self::Unsigned(u64::from(u16::from_le_bytes(cursor.array(key)?))),
            3 => Self::Signed(i64::from(i16::from_le_bytes(cursor.array(key)?))),
            4 => Self::Unsigned(u64::from(cursor.u32(key)?)),
            5 => Self::Signed(i64::from(i32::from_le_bytes(cursor.array(key)?))),
            6 => Self::Float(f64::from(f32::from_le_bytes(cursor.array(key)?))),
            7 => Self::Bool(cursor.array::<1>(key)?[0] != 0),
            8 => Self::Text(cursor.string(key)?),
            9 => Self::read_array(cursor, key, depth)?,
            10 => Self::Unsigned(cursor.u64(key)?),
            11 => Self::Signed(i64::from_le_bytes(cursor.array(key)?)),
            12 => Self::Float(f64::from_le_bytes(cursor.array(key)?)),
            kind => return Err(GgufError::ValueType { key: key.to_owned(), kind }),
        })
    }

    fn read_array(cursor: &mut Cursor<'_>, key: &str, depth: u32) -> Result<Self, GgufError> {
        if depth == MAX_DEPTH {
            return Err(GgufError::TooDeep { key: key.to_owned() });
        }
        let kind = cursor.u32(key)?;
        let count = cursor.u64(key)?;
        // Every element takes at least a byte, so this also bounds the allocation below.
        if count > cursor.remaining() {
            return Err(GgufError::Truncated { what: key.to_owned() });
        }
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(Self::read_kind(cursor, key, kind, depth + 1)?);
        }
        Ok(Self::Array(items))
    }

    /// A whole number that is not negative.
    pub fn as_u64(&self) -> Option<u64> {
        match *self {
            Self::Unsigned(value) => Some(value),
            Self::Signed(value) => u64::try_from(value).ok(),
            _ => None,
        }
    }

    pub fn as_f64(&self) -> Option<f64> {
        match *self {
            Self::Float(value) => Some(value),
            Self::Unsigned(value) => Some(value as f64),
            Self::Signed(value) => Some(value as f64),
            _ => None,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }
}
