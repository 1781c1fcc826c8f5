//! The decoder alone. A step is a whole token: embedding, every layer, attention, head and the choice of the next.
//! Knows nothing of tokenizers, prompts or suggestions.

use crate::now;
use flint_decoder::{Decoder, argmax};
use wasm_bindgen::prelude::*;

/// Steps between two looks at the clock, which a page without isolation headers sees rounded to
/// a tenth of a millisecond.
const GROUP: usize = 16;

/// A loaded model.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Probe {
    decoder: Decoder,
}

#[wasm_bindgen]
impl Probe {
    /// Loads a GGUF file with room for `capacity` tokens.
    ///
    /// # Errors
    /// When the decoder does not run the file.
    #[wasm_bindgen(constructor)]
    pub fn new(gguf: &[u8], capacity: usize) -> Result<Probe, JsError> {
        let mut decoder = Decoder::from_gguf(gguf, capacity)?;
        decoder.warm_up(now)?;
        Ok(Self { decoder })
    }

    /// Chooses the kernels; `dot8`, or `dot8, prefill dot16`.
    ///
    /// # Errors
    /// When the model cannot read a few tokens.
    pub fn choose_kernels(&mut self) -> Result<String, JsError> {
        Ok(self.decoder.choose_kernels(now)?.to_string())
    }

    /// Milliseconds to read `count` tokens after `context` others, the last one's logits included.
    ///
    /// # Errors
    /// When the context is full.
    pub fn prefill(&mut self, context: usize, count: usize) -> Result<f64, JsError> {
        self.read(context)?;
        let tokens = self.text(context, count);
        let started = now();
        self.decoder.forward(&tokens)?;
        Ok(now() - started)
    }

    /// Milliseconds a token for each of `groups` groups of steps, the text growing from `context`.
    ///
    /// # Errors
    /// When the context is full.
    pub fn decode(&mut self, context: usize, groups: usize) -> Result<Vec<f64>, JsError> {
        self.read(context)?;
        let mut times = Vec::with_capacity(groups);
        for _ in 0..groups {
            let started = now();
            for _ in 0..GROUP {
                let next = argmax(self.decoder.logits());
                self.decoder.forward(&[next])?;
            }
            times.push((now() - started) / GROUP as f64);
        }
        Ok(times)
    }

    /// The text is `context` tokens long.
    fn read(&mut self, context: usize) -> Result<(), JsError> {
        self.decoder.truncate(context);
        let missing = self.text(self.decoder.length(), context - self.decoder.length());
        self.decoder.forward(&missing)?;
        Ok(())
    }

    /// Tokens of no meaning that spread over the vocabulary.
    fn text(&self, from: usize, count: usize) -> Vec<u32> {
        let vocab = self.decoder.config().vocab;
        (from..from + count).map(|at| (at * 7919 % vocab) as u32).collect()
    }
}
