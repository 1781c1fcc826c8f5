//! What a device can do, measured before any model is fetched for it.

use serde::{Deserialize, Serialize};

/// A worker of this name measures, answers with `FromWorker::Probed`, and can be ended.
pub const PROBE_WORKER: &str = "probe";

/// What a worker found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// Weights of four bits that the CPU multiplies in a millisecond.
    pub weights_per_ms: f64,
    pub gpu: Option<GpuProbe>,
    pub took_ms: f64,
}

/// What the GPU can do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GpuProbe {
    /// Bytes of weights that it reads in a millisecond.
    pub bytes_per_ms: f64,
    /// What one of the programs costs that a model's step is made of, whatever it does.
    pub start_ms: f64,
    /// Whether it computes with 16-bit floats.
    pub half: bool,
    /// Bytes of the largest tensor that it can read.
    pub buffer_bytes: f64,
}
