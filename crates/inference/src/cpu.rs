//! The CPU tier: our own decoder.

use crate::{Backend, Error};
use flint_decoder::Decoder;

/// Reading this many tokens takes a few milliseconds with the bundled model.
const PREFILL_CHUNK: usize = 32;

/// A GGUF model on this thread.
#[derive(Debug)]
pub struct CpuBackend {
    decoder: Decoder,
}

impl CpuBackend {
    /// Loads a GGUF file with room for the context it was trained for, at most `max_context`.
    ///
    /// # Errors
    /// When the bytes are not a model that the decoder runs.
    pub fn from_gguf(bytes: &[u8], max_context: usize) -> Result<Self, Error> {
        let mut decoder = Decoder::from_gguf(bytes, 0)?;
        decoder.reserve(decoder.config().context_tokens.min(max_context));
        Ok(Self { decoder })
    }

    pub fn parameters(&self) -> u64 {
        self.decoder.parameters()
    }
}

impl Backend for CpuBackend {
    fn capacity(&self) -> usize {
        self.decoder.capacity()
    }

    fn vocab(&self) -> usize {
        self.decoder.config().vocab
    }

    fn prefill_chunk(&self) -> usize {
        PREFILL_CHUNK
    }

    fn truncate(&mut self, length: usize) {
        self.decoder.truncate(length);
    }

    async fn read(&mut self, tokens: &[u32]) -> Result<(), Error> {
        self.decoder.forward(tokens)?;
        Ok(())
    }

    fn logits(&self) -> &[f32] {
        self.decoder.logits()
    }
}
