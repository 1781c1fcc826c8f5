//! The only types that cross `postMessage`: between the page and the model worker, and between the
//! page and the frame that runs untrusted code.
//!
//! Messages travel as JSON strings, so the crate knows nothing of the browser and a stale tab
//! that meets a newer worker gets a [`DecodeError`], never a panic. Strings and counts only:
//! weights are loaded by the worker itself and never cross.

mod brought;
mod chat;
mod error;
mod message;
mod probe;
mod sandbox;
mod timings;

pub use brought::{Brought, Device, KnownFile, Layout};
pub use chat::{Chat, ChatMessage, ChatRequest, Role};
pub use error::{DecodeError, ErrorKind, WorkerError};
pub use message::{
    CompletionRequest, EngineInfo, FinishReason, FromWorker, Limits, ModelFile, ModelSource,
    Neighbour, RequestId, ToWorker,
};
pub use probe::{GpuProbe, PROBE_WORKER, Probe};
pub use sandbox::{
    Entry, FromFrame, Kind, Level, Place, RunRequest, Scroll, Selection, SourceFile, ToFrame, Value,
};
pub use timings::Timings;

use serde::{Serialize, de::DeserializeOwned};

/// Raised by one whenever a message changes its meaning. Page and worker compare it in
/// [`FromWorker::Hello`]; unequal versions mean that one of them comes from an old cache.
pub const PROTOCOL_VERSION: u32 = 3;

/// Writes a message for `postMessage`.
pub fn encode<M: Serialize>(message: &M) -> String {
    // Every message type is strings, numbers and enums of them: serde_json cannot fail on those.
    serde_json::to_string(message).unwrap_or_default()
}

/// Reads a message from the other side.
///
/// # Errors
/// [`DecodeError`] when the text is not a message of this protocol version.
pub fn decode<M: DeserializeOwned>(text: &str) -> Result<M, DecodeError> {
    serde_json::from_str(text).map_err(|error| DecodeError { reason: error.to_string() })
}

#[cfg(test)]
mod tests;
