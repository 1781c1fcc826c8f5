//! The CPU tier: our own decoder.

use crate::{Backend, Engine, Error, Tokenizer};
use flint_decoder::{Decoder, gguf::Gguf};
use flint_ngram::Counts;

/// Reading this many tokens takes a few milliseconds with the bundled model.
const PREFILL_CHUNK: usize = 32;
/// More context than this costs memory that a playground's files never use.
const MAX_CONTEXT: usize = 2048;
/// From so many weights on a token takes so long that a key may not have to wait for many of them.
const LARGE: u64 = 60_000_000;
const LARGE_PREFILL_CHUNK: usize = 8;
const LARGE_CONTEXT: usize = 512;
/// A question may be longer, as far as there is room for its keys and values.
const CHAT_CONTEXT: usize = 4096;
const CHAT_CACHE_BYTES: usize = 96 << 20;

/// A GGUF model on this thread.
#[derive(Debug)]
pub struct CpuBackend {
    decoder: Decoder,
    window: usize,
}

impl CpuBackend {
    /// Loads a GGUF file with room for the context it was trained for, at most 2,048 tokens, or 512 where a token takes long.
    ///
    /// # Errors
    /// When the bytes are not a model that the decoder runs.
    pub fn from_gguf(bytes: &[u8]) -> Result<Self, Error> {
        let mut decoder = Decoder::from_gguf(bytes, 0)?;
        let most = if decoder.parameters() < LARGE { MAX_CONTEXT } else { LARGE_CONTEXT };
        let window = decoder.config().context_tokens.min(most);
        decoder.reserve(window);
        Ok(Self { decoder, window })
    }

    /// Runs every kernel until a browser has reason to translate it for speed, which it does in
    /// the background: well before [`Engine::choose_kernels`].
    ///
    /// # Errors
    /// When the model cannot read a few tokens.
    pub fn warm_up(&mut self, now_ms: impl Fn() -> f64) -> Result<(), Error> {
        Ok(self.decoder.warm_up(now_ms)?)
    }
}

impl Engine<CpuBackend> {
    /// As [`CpuBackend::warm_up`].
    ///
    /// # Errors
    /// When the model cannot read a few tokens.
    pub fn warm_up(&mut self, now_ms: impl Fn() -> f64) -> Result<(), Error> {
        self.context.backend.warm_up(now_ms)
    }

    /// Times the kernels of this build on the loaded model, keeps the fastest and says which:
    /// `dot8`, or `dot8, prefill dot16`. Learns too whether reading ahead on a guess pays here.
    ///
    /// # Errors
    /// When the model cannot read a few tokens.
    pub async fn choose_kernels(&mut self, now_ms: impl Fn() -> f64) -> Result<String, Error> {
        let kernels = self.context.backend.decoder.choose_kernels(&now_ms)?;
        self.measure_cost(&now_ms).await?;
        Ok(kernels.to_string())
    }

    /// Puts a model's files together: `model.gguf`, `tokenizer.json` and, if it has one,
    /// `counts.bin`.
    ///
    /// # Errors
    /// When a file is damaged, or they do not belong together.
    pub fn from_files(
        weights: &[u8],
        tokenizer: &[u8],
        counts: Option<Vec<u8>>,
    ) -> Result<Self, Error> {
        Self::around(CpuBackend::from_gguf(weights)?, tokenizer, counts)
    }

    /// A GGUF file with all that a model needs: weights, and the tokenizer among its metadata.
    ///
    /// # Errors
    /// When the file is damaged, or not of a kind that is run.
    pub fn from_gguf(bytes: &[u8]) -> Result<Self, Error> {
        let gguf = Gguf::parse(bytes).map_err(flint_decoder::Error::from)?;
        let tokenizer = Tokenizer::from_gguf(&gguf)?;
        Self::new(CpuBackend::from_gguf(bytes)?, tokenizer, Counts::default())
    }

    /// Weights of the model, those of a tied head counted once.
    pub fn parameters(&self) -> u64 {
        self.context.backend.decoder.parameters()
    }
}

impl Backend for CpuBackend {
    fn capacity(&self) -> usize {
        self.decoder.capacity()
    }

    fn window(&self) -> usize {
        self.window
    }

    fn make_room(&mut self) {
        let config = self.decoder.config();
        let fits = CHAT_CACHE_BYTES / config.cache_bytes_per_token().max(1);
        let most = config.context_tokens.min(CHAT_CONTEXT).min(fits);
        self.decoder.reserve(most.max(self.window));
    }

    fn vocab(&self) -> usize {
        self.decoder.config().vocab
    }

    fn prefill_chunk(&self) -> usize {
        if self.decoder.parameters() < LARGE { PREFILL_CHUNK } else { LARGE_PREFILL_CHUNK }
    }

    fn truncate(&mut self, length: usize) {
        self.decoder.truncate(length);
    }

    async fn batched_cost(&mut self, now_ms: impl Fn() -> f64) -> Result<f32, Error> {
        Ok(self.decoder.batched_cost(now_ms)?)
    }

    async fn read(&mut self, tokens: &[u32], kept: usize) -> Result<(), Error> {
        self.decoder.forward_last(tokens, kept)?;
        Ok(())
    }

    fn logits(&self, row: usize) -> &[f32] {
        let vocab = self.vocab();
        self.decoder.logits().get(row * vocab..(row + 1) * vocab).unwrap_or_default()
    }
}
