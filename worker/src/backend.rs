//! Who computes in this build of the worker, and how its models are loaded.

mod chunks;
#[cfg(not(feature = "ort"))]
mod cpu;
#[cfg(not(feature = "ort"))]
mod gguf;
mod hub;
#[cfg(feature = "ort")]
mod layout;
#[cfg(feature = "ort")]
mod ort;
#[cfg(not(feature = "ort"))]
mod probe;
mod request;
#[cfg(feature = "ort")]
mod runtime;
#[cfg(feature = "ort")]
mod slices;
mod store;
mod writer;

#[cfg(not(feature = "ort"))]
pub(crate) use cpu::{BUILD, Inference, load};
#[cfg(not(feature = "ort"))]
pub(crate) use gguf::load_own;
#[cfg(feature = "ort")]
pub(crate) use layout::{BUILD, Inference, load, load_own};

use flint_inference::Engine;
use flint_protocol::EngineInfo;

/// A loaded model and what the page shows of it.
pub(crate) struct Model {
    pub(crate) engine: Engine<Inference>,
    pub(crate) info: EngineInfo,
}
