//! Why a model cannot be loaded or run.

use crate::gguf::GgufError;

/// A model that cannot be loaded, or tokens that cannot be decoded.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Gguf(#[from] GgufError),
    /// A llama-family file needs this key.
    #[error("the model file does not say its {key}; it is not a complete llama-family GGUF")]
    MissingKey { key: String },
    #[error("the model file gives {key} as {value}, which no llama-family model has")]
    BadValue { key: String, value: String },
    #[error("the model's architecture is {name}; this engine runs llama and qwen2")]
    UnsupportedArchitecture { name: String },
    #[error("the model file lacks the tensor {name}")]
    MissingTensor { name: String },
    #[error("the tensor {name} is {found:?} where the model's shape needs {expected:?}")]
    WrongShape { name: String, expected: Vec<u64>, found: Vec<u64> },
    #[error(
        "the tensor {name} is stored as {kind}; this engine reads Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K, Q6_K, BF16, F16 and F32"
    )]
    UnsupportedTensor { name: String, kind: String },
    #[error("token {token} is not in the model's vocabulary of {vocab}")]
    UnknownToken { token: u32, vocab: usize },
    #[error("the context of {capacity} tokens is full")]
    ContextFull { capacity: usize },
}
