//! The CPU tier: our own decoder.

use crate::{Backend, Counts, Engine, Error, Tokenizer};
use flint_decoder::{Decoder, Kernel, Kernels};

/// Reading this many tokens takes a few milliseconds with the bundled model.
const PREFILL_CHUNK: usize = 32;
/// More context than this costs memory that a playground's files never use.
const MAX_CONTEXT: usize = 2048;

/// Rounds in which kernels compete; the best of each counts, so that a hiccup does not decide.
const TRIAL_ROUNDS: usize = 3;
/// Tokens of a prefill's trial.
const TRIAL_TOKENS: usize = 8;

/// A GGUF model on this thread.
#[derive(Debug)]
pub struct CpuBackend {
    decoder: Decoder,
}

impl CpuBackend {
    /// Loads a GGUF file with room for the context it was trained for, at most 2,048 tokens.
    ///
    /// # Errors
    /// When the bytes are not a model that the decoder runs.
    pub fn from_gguf(bytes: &[u8]) -> Result<Self, Error> {
        let mut decoder = Decoder::from_gguf(bytes, 0)?;
        decoder.reserve(decoder.config().context_tokens.min(MAX_CONTEXT));
        Ok(Self { decoder })
    }
}

impl CpuBackend {
    /// Times the kernels of this build on the model itself and keeps the faster ones, one for
    /// decoding and one for prefill. They give the same results to the bit. Forgets what was read.
    ///
    /// # Errors
    /// When the model cannot read a few tokens.
    fn choose_kernels(&mut self, now_ms: impl Fn() -> f64) -> Result<Kernels, Error> {
        let tokens = TRIAL_TOKENS.min(self.decoder.capacity());
        let mut best = [f64::INFINITY; 2];
        let mut kernels = Kernels::default();
        if Kernel::ALL.len() > 1 {
            for round in 0..=TRIAL_ROUNDS {
                for kernel in Kernel::ALL {
                    self.decoder.set_kernels(Kernels { decode: *kernel, prefill: *kernel });
                    for (index, count) in [1, tokens].into_iter().enumerate() {
                        self.decoder.truncate(0);
                        let started = now_ms();
                        self.decoder.forward(&vec![0; count])?;
                        let took = now_ms() - started;
                        // The first round compiles.
                        if round > 0 && took < best[index] {
                            best[index] = took;
                            match index {
                                0 => kernels.decode = *kernel,
                                _ => kernels.prefill = *kernel,
                            }
                        }
                    }
                }
            }
        }
        self.decoder.truncate(0);
        self.decoder.set_kernels(kernels);
        Ok(kernels)
    }
}

impl Engine<CpuBackend> {
    /// Times the kernels of this build on the loaded model, keeps the fastest and says which:
    /// `dot8`, or `dot8, prefill dot16`.
    ///
    /// # Errors
    /// When the model cannot read a few tokens.
    pub fn choose_kernels(&mut self, now_ms: impl Fn() -> f64) -> Result<String, Error> {
        let Kernels { decode, prefill } = self.context.backend.choose_kernels(now_ms)?;
        Ok(match decode == prefill {
            true => decode.name().to_owned(),
            false => format!("{}, prefill {}", decode.name(), prefill.name()),
        })
    }

    /// Puts a model's files together: `model.gguf`, `tokenizer.json` and, if it has one,
    /// `counts.bin`.
    ///
    /// # Errors
    /// When a file is damaged, or they do not belong together.
    pub fn from_files(
        weights: &[u8],
        tokenizer: &[u8],
        counts: Option<&[u8]>,
    ) -> Result<Self, Error> {
        let tokenizer = Tokenizer::from_json(tokenizer)?;
        let counts = counts.map(Counts::from_bytes).transpose()?.unwrap_or_default();
        Self::new(CpuBackend::from_gguf(weights)?, tokenizer, counts)
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
