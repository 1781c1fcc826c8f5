//! Failures as people read them.

use serde::{Deserialize, Serialize};

/// A message that this version cannot read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a message between the page and its model worker could not be read ({reason}); reload the page"
)]
pub struct DecodeError {
    pub(crate) reason: String,
}

/// A failure in the worker, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct WorkerError {
    pub kind: ErrorKind,
    /// What failed, where, and what to do next, in one or two sentences.
    pub message: String,
}

/// What kind of failure, for code that decides what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The browser lacks WebAssembly SIMD.
    Unsupported,
    /// The model's files could not be fetched.
    Download,
    /// The files arrived and are not a model this engine can run.
    BadModel,
    /// The engine under the model failed: the GPU is lost, or refuses what the model asks.
    Engine,
    /// Memory ran out.
    OutOfMemory,
    /// Page and worker are of different versions.
    Protocol,
    /// A fault in the engine itself.
    Internal,
}
