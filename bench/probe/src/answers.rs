//! The product's decode loop, with and without guessing ahead, and an answer that may be dictated: a model of
//! random weights has nothing to say, and a small one edits nothing, yet what they cost is the same.

use crate::now;
use flint_inference::{Backend, CpuBackend, Engine, Error, Host};
use flint_protocol::CompletionRequest;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::prelude::*;

/// An engine whose answers are known beforehand, if they are to be.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Answers {
    engine: Engine<Dictated>,
    dictation: Rc<RefCell<Dictation>>,
}

#[wasm_bindgen]
impl Answers {
    /// `counts` may be empty; dictation needs a model without them.
    ///
    /// # Errors
    /// When the files do not belong together.
    #[wasm_bindgen(constructor)]
    pub fn new(gguf: &[u8], tokenizer: &[u8], counts: Vec<u8>) -> Result<Answers, JsError> {
        let mut cpu = CpuBackend::from_gguf(gguf)?;
        cpu.warm_up(now)?;
        let dictation = Rc::<RefCell<Dictation>>::default();
        let backend = Dictated { cpu, dictation: Rc::clone(&dictation), rows: Vec::new() };
        let counts = (!counts.is_empty()).then_some(counts);
        Ok(Self { engine: Engine::around(backend, tokenizer, counts)?, dictation })
    }

    /// What reading a guessed token costs here, as a share of a step; the engine goes by it.
    ///
    /// # Errors
    /// When the model cannot read a few tokens.
    pub async fn measure_cost(&mut self) -> Result<f32, JsError> {
        Ok(self.engine.measure_cost(now).await?)
    }

    /// Completes `request` (JSON), or writes `answer` where it is not empty. The milliseconds of decoding and the text.
    ///
    /// # Errors
    /// When the request cannot be read or the model fails.
    pub async fn complete(
        &mut self,
        request: &str,
        answer: &str,
        guesses: bool,
    ) -> Result<Vec<JsValue>, JsError> {
        let request: CompletionRequest = serde_json::from_str(request)?;
        self.engine.guess_ahead(guesses);
        let prompt = self.engine.prompt(&request)?.len();
        *self.dictation.borrow_mut() =
            Dictation { prompt, tokens: self.engine.tokenizer().encode(answer), length: 0 };
        let completion = self.engine.complete(&request, &mut Silent).await?;
        Ok(vec![completion.timings.decode_ms.into(), completion.text.into()])
    }
}

/// What is to be written, and how far the model has read.
#[derive(Debug, Default)]
struct Dictation {
    prompt: usize,
    tokens: Vec<u32>,
    length: usize,
}

/// The real decoder at its real cost; what it thinks is not heard.
#[derive(Debug)]
struct Dictated {
    cpu: CpuBackend,
    dictation: Rc<RefCell<Dictation>>,
    rows: Vec<f32>, // (kept, vocab)
}

impl Dictated {
    fn dictate(&mut self, kept: usize) {
        let vocab = self.cpu.vocab();
        let dictation = self.dictation.borrow();
        self.rows.clear();
        self.rows.resize(kept * vocab, 0.0);
        for (row, logits) in self.rows.chunks_exact_mut(vocab).enumerate() {
            // Logits after the token at this place say the one behind it; after the last, the loop has reached its limit.
            let place = dictation.length - kept + row + 1;
            let token = place.checked_sub(dictation.prompt).and_then(|at| dictation.tokens.get(at));
            logits[token.map_or(0, |token| *token as usize)] = 99.0;
        }
    }
}

impl Backend for Dictated {
    fn capacity(&self) -> usize {
        self.cpu.capacity()
    }

    fn vocab(&self) -> usize {
        self.cpu.vocab()
    }

    fn prefill_chunk(&self) -> usize {
        self.cpu.prefill_chunk()
    }

    fn truncate(&mut self, length: usize) {
        self.cpu.truncate(length);
        self.dictation.borrow_mut().length = length;
    }

    async fn batched_cost(&mut self, now_ms: impl Fn() -> f64) -> Result<f32, Error> {
        self.cpu.batched_cost(now_ms).await
    }

    async fn read(&mut self, tokens: &[u32], kept: usize) -> Result<(), Error> {
        self.cpu.read(tokens, kept).await?;
        self.dictation.borrow_mut().length += tokens.len();
        if !self.dictation.borrow().tokens.is_empty() {
            self.dictate(kept);
        }
        Ok(())
    }

    fn logits(&self, row: usize) -> &[f32] {
        let vocab = self.cpu.vocab();
        match self.dictation.borrow().tokens.is_empty() {
            true => self.cpu.logits(row),
            false => self.rows.get(row * vocab..(row + 1) * vocab).unwrap_or_default(),
        }
    }
}

struct Silent;

impl Host for Silent {
    fn now_ms(&self) -> f64 {
        now()
    }

    async fn proceed(&mut self) -> bool {
        true
    }

    fn text(&mut self, _: &str) {}
}
