//! Where the time of one completion went.

use serde::{Deserialize, Serialize};

/// Stages in the order they happen, in milliseconds; counts in tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timings {
    /// From the message's arrival to the start of work on it.
    pub queue_ms: f64,
    /// Prompt text to tokens.
    pub tokenize_ms: f64,
    /// Prompt tokens through the model, those not already in the KV cache.
    pub prefill_ms: f64,
    /// All decode steps, sampling included.
    pub decode_ms: f64,
    /// From the message's arrival to the first text on its way back; to the end where none came.
    #[serde(default)]
    pub first_text_ms: f64,
    /// When the message arrived, in milliseconds since 1970 by the clock of page and worker.
    #[serde(default)]
    pub arrived_ms: f64,
    /// Tokens in the prompt.
    pub prompt_tokens: u32,
    /// Of these, found in the KV cache and not computed again.
    pub reused_tokens: u32,
    /// Tokens decoded.
    pub completion_tokens: u32,
}

impl Timings {
    /// Tokens that `decode_ms` was spent on: the first comes out of the prefill.
    pub fn decode_steps(&self) -> f64 {
        f64::from(self.completion_tokens.saturating_sub(1))
    }

    /// Decode rate; 0 when no token was read back.
    pub fn decode_tok_s(&self) -> f64 {
        if self.decode_ms > 0.0 { self.decode_steps() * 1000.0 / self.decode_ms } else { 0.0 }
    }

    /// From the request's arrival in the worker to its first decoded token, within one step.
    pub fn first_token_ms(&self) -> f64 {
        let one_step = if self.completion_tokens > 0 {
            self.decode_ms / f64::from(self.completion_tokens)
        } else {
            0.0
        };
        self.queue_ms + self.tokenize_ms + self.prefill_ms + one_step
    }
}
