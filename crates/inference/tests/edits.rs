//! A recorded session of 2,000 edits: how much of each prompt the KV cache holds already, and that
//! what comes out of a warm cache is what comes out of a cold one.

#![allow(clippy::expect_used, reason = "a fixture that is missing fails the test")]

use flint_inference::{Backend, Completion, CpuBackend, Engine, Error, Host, Tokenizer};
use flint_protocol::{CompletionRequest, Limits, RequestId};
use serde::Deserialize;
use std::path::Path;

/// The window of the bundled model.
const CONTEXT: usize = 512;
/// Every so many edits are completed by the real model, from a warm cache and from a cold one.
const COMPARED: usize = 250;

#[derive(Deserialize)]
struct Beginning {
    path: String,
    language: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Step {
    Edit(usize, usize, String),
    Move([usize; 1]),
}

/// `bench/typist.mjs` says what the lines mean.
struct Trace {
    beginning: Beginning,
    steps: Vec<Step>,
}

impl Trace {
    fn read() -> Self {
        let text = String::from_utf8(read("bench/fixtures/edits.jsonl")).expect("UTF-8");
        let mut lines = text.lines();
        let beginning = serde_json::from_str(lines.next().expect("a beginning")).expect("JSON");
        Self {
            beginning,
            steps: lines.map(|line| serde_json::from_str(line).expect(line)).collect(),
        }
    }

    /// Calls `each` with whether the step was an edit and the request after it.
    fn play(&self, mut each: impl FnMut(bool, &CompletionRequest)) {
        let mut text = self.beginning.text.clone();
        for step in &self.steps {
            let cursor = match step {
                Step::Move([at]) => *at,
                Step::Edit(at, removed, inserted) => {
                    text.replace_range(at..&(at + removed), inserted);
                    at + inserted.len()
                }
            };
            each(matches!(step, Step::Edit(..)), &self.request(&text, cursor));
        }
    }

    fn request(&self, text: &str, cursor: usize) -> CompletionRequest {
        CompletionRequest {
            id: RequestId(1),
            language: self.beginning.language.clone(),
            path: self.beginning.path.clone(),
            prefix: text[..cursor].to_owned(),
            suffix: text[cursor..].to_owned(),
            limits: Limits { max_tokens: 16, max_lines: 1, min_likelihood: 0.0 },
            alternative: 0,
        }
    }
}

fn read(path: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read(root.join(path)).expect(path)
}

fn tokenizer() -> Vec<u8> {
    read("static/models/flint-nano/tokenizer.json")
}

/// A window as large as the real one, and no model behind it.
struct Blank {
    logits: Vec<f32>,
}

impl Backend for Blank {
    fn capacity(&self) -> usize {
        CONTEXT
    }

    fn vocab(&self) -> usize {
        self.logits.len()
    }

    fn prefill_chunk(&self) -> usize {
        32
    }

    fn truncate(&mut self, _: usize) {}

    async fn batched_cost(&mut self, _: impl Fn() -> f64) -> Result<f32, Error> {
        Ok(1.0)
    }

    async fn read(&mut self, _: &[u32], _: usize) -> Result<(), Error> {
        Ok(())
    }

    fn logits(&self, _: usize) -> &[f32] {
        &self.logits
    }
}

struct Silent;

impl Host for Silent {
    fn now_ms(&self) -> f64 {
        0.0
    }

    async fn proceed(&mut self) -> bool {
        true
    }

    fn text(&mut self, _: &str) {}
}

fn complete<B: Backend>(engine: &mut Engine<B>, request: &CompletionRequest) -> Completion {
    pollster::block_on(engine.complete(request, &mut Silent)).expect("a completion")
}

#[test]
fn an_edit_reads_few_tokens_again() {
    let tokenizer = Tokenizer::from_json(&tokenizer()).expect("a tokenizer");
    let logits = vec![0.0; 4096];
    let mut engine =
        Engine::new(Blank { logits }, tokenizer, Default::default()).expect("an engine");
    let (mut read, mut reused, mut asked) = (Vec::new(), 0, 0);
    Trace::read().play(|edit, request| {
        let mut request = request.clone();
        // Nothing but the prompt is of interest here.
        request.limits.max_tokens = 1;
        let timings = complete(&mut engine, &request).timings;
        if edit {
            read.push(timings.prompt_tokens - timings.reused_tokens);
            reused += timings.reused_tokens;
            asked += timings.prompt_tokens;
        }
    });
    assert_eq!(read.len(), 2_000);
    read.sort_unstable();
    let p95 = read[read.len() * 95 / 100];
    let share = f64::from(reused) / f64::from(asked);
    println!("p95 {p95} of {} tokens, {share:.3} reused, most {:?}", asked / 2_000, read.last());
    assert!(p95 <= 32, "{p95} tokens read again");
    assert!(share >= 0.9, "{share} of the prompts reused");
}

#[test]
fn the_text_after_an_edit_is_that_of_a_cold_cache() {
    let weights = read("static/models/flint-nano/model.gguf");
    let engine = || {
        let backend = CpuBackend::from_gguf(&weights).expect("a model");
        Engine::around(backend, &tokenizer(), None).expect("a model and its tokenizer")
    };
    let mut warm = engine();
    let (mut number, mut compared) = (0, 0);
    Trace::read().play(|_, request| {
        number += 1;
        // The edit before each of them fills the cache.
        if number % COMPARED >= COMPARED - 1 || number % COMPARED == 0 {
            let from_warm = complete(&mut warm, request);
            if number % COMPARED == 0 {
                let from_cold = complete(&mut engine(), request);
                assert_eq!(from_warm.text, from_cold.text, "after step {number}");
                compared += 1;
            }
        }
    });
    assert!(compared >= 8, "{compared} compared");
}
