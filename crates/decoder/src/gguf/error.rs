//! Why bytes are not a GGUF file.

/// A damaged, truncated or foreign file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GgufError {
    #[error("the file is not a GGUF model")]
    NotGguf,
    #[error("the file is GGUF version {version}; versions 2 and 3 are read")]
    Version { version: u32 },
    #[error("the file ends inside its {what}: it was cut off or damaged")]
    Truncated { what: String },
    #[error("{what} in the file is not UTF-8 text: the file is damaged")]
    NotText { what: String },
    #[error("{key} has the unknown type {kind}: the file is damaged or from a newer tool")]
    ValueType { key: String, kind: u32 },
    #[error("{key} nests arrays too deeply")]
    TooDeep { key: String },
    #[error("general.alignment is not a power of two")]
    Alignment,
    #[error("the tensor {name} is listed twice")]
    DuplicateTensor { name: String },
    #[error("the tensor {name} has an impossible shape")]
    TensorShape { name: String },
    #[error("the data of tensor {name} lies outside the file: it was cut off or damaged")]
    TensorData { name: String },
}
