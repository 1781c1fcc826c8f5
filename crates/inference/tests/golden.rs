//! Whole completions of the bundled model against `model/reference.py`: the prompt token for token,
//! the text as far as the reference was sure of it.

#![allow(clippy::expect_used, reason = "a fixture that is missing fails the test")]

use flint_inference::{CpuBackend, Engine, Host, Tokenizer};
use flint_protocol::{CompletionRequest, FinishReason, Limits, RequestId};
use serde::Deserialize;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Golden {
    prompts: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    language: String,
    path: String,
    prefix: String,
    suffix: String,
    prompt_ids: Vec<u32>,
    greedy_ids: Vec<u32>,
    greedy_lead: Vec<f32>,
    greedy_text: String,
}

/// A reference step with less of a lead than this may go either way.
const CLEAR_LEAD: f32 = 0.3;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> Vec<u8> {
    std::fs::read(root().join(path)).expect(path)
}

fn golden() -> Vec<Case> {
    let golden: Golden =
        serde_json::from_slice(&read("crates/decoder/tests/golden/golden.json")).expect("JSON");
    golden.prompts
}

fn engine() -> Engine<CpuBackend> {
    let weights = read("static/models/flint-nano/model.gguf");
    let tokenizer = read("static/models/flint-nano/tokenizer.json");
    Engine::from_files(&weights, &tokenizer, None).expect("a model and its tokenizer")
}

fn request(case: &Case, max_tokens: u32, max_lines: u32) -> CompletionRequest {
    CompletionRequest {
        id: RequestId(1),
        language: case.language.clone(),
        path: case.path.clone(),
        prefix: case.prefix.clone(),
        suffix: case.suffix.clone(),
        limits: Limits { max_tokens, max_lines, min_likelihood: 0.0 },
        alternative: 0,
    }
}

/// Collects text; lets `allowed` steps pass before it cancels.
struct TestHost {
    text: String,
    allowed: u32,
}

impl Host for TestHost {
    fn now_ms(&self) -> f64 {
        0.0
    }

    async fn proceed(&mut self) -> bool {
        self.allowed = self.allowed.saturating_sub(1);
        self.allowed > 0
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }
}

fn complete(
    engine: &mut Engine<CpuBackend>,
    request: &CompletionRequest,
    allowed: u32,
) -> (flint_inference::Completion, String) {
    let mut host = TestHost { text: String::new(), allowed };
    let completion = pollster::block_on(engine.complete(request, &mut host)).expect("a completion");
    (completion, host.text)
}

#[test]
fn prompts_and_greedy_text_equal_the_reference() {
    let mut engine = engine();
    for case in golden() {
        let request = request(&case, 24, 99);
        assert_eq!(engine.prompt(&request).expect("a prompt"), case.prompt_ids, "{}", case.path);
        let (completion, streamed) = complete(&mut engine, &request, u32::MAX);
        assert_eq!(completion.text, streamed, "what streams is what is returned");
        let sure = case.greedy_lead.iter().all(|lead| *lead > CLEAR_LEAD);
        let looped = completion.finish_reason == FinishReason::Repetition;
        if sure && !looped && case.greedy_ids.len() < 24 {
            assert_eq!(completion.text, case.greedy_text, "{}", case.path);
        }
    }
}

#[test]
fn a_warm_cache_gives_the_text_of_a_cold_one() {
    let mut warm = engine();
    for case in golden() {
        for cut in [case.prefix.len() / 3, case.prefix.len() / 2, case.prefix.len()] {
            let cut = (0..=cut).rev().find(|&at| case.prefix.is_char_boundary(at)).unwrap_or(0);
            let mut request = request(&case, 16, 1);
            request.prefix.truncate(cut);
            let (with_cache, _) = complete(&mut warm, &request, u32::MAX);
            let (without, _) = complete(&mut engine(), &request, u32::MAX);
            assert_eq!(with_cache.text, without.text);
            assert_eq!(without.timings.reused_tokens, 0);
        }
    }
}

#[test]
fn guessing_ahead_changes_no_text() {
    let mut guessing = engine();
    let mut plain = engine();
    plain.guess_ahead(false);
    for case in golden() {
        // What stands twice is what guesses are made of.
        let mut request = request(&case, 48, 99);
        request.prefix = format!("{0}{0}", case.prefix);
        let (guessed, _) = complete(&mut guessing, &request, u32::MAX);
        let (decoded, _) = complete(&mut plain, &request, u32::MAX);
        assert_eq!(guessed.text, decoded.text, "{}", case.path);
        assert_eq!(guessed.timings.completion_tokens, decoded.timings.completion_tokens);
    }
}

#[test]
fn typing_one_more_character_reads_few_tokens_again() {
    let mut engine = engine();
    let case = &golden()[0];
    let mut request = request(case, 8, 1);
    complete(&mut engine, &request, u32::MAX);
    request.prefix.push('x');
    let (completion, _) = complete(&mut engine, &request, u32::MAX);
    let read = completion.timings.prompt_tokens - completion.timings.reused_tokens;
    assert!(read <= 8, "{read} of {} tokens", completion.timings.prompt_tokens);
}

#[test]
fn the_window_stands_still_where_a_block_may_follow() {
    let engine = engine();
    let mut request = request(&golden()[0], 48, 1);
    request.prefix = "let total = compute(first, second);\n".repeat(100);
    let line = engine.prompt(&request).expect("a prompt");
    request.limits.max_tokens = 96;
    assert_eq!(engine.prompt(&request).expect("a prompt"), line);
}

#[test]
fn a_bracket_that_closes_by_itself_changes_nothing_of_what_is_read_already() {
    let mut engine = engine();
    let mut request = request(&golden()[0], 8, 1);
    request.prefix.push_str("print");
    request.suffix = "\nlast_line()\n".into();
    complete(&mut engine, &request, u32::MAX);
    for (typed, rest) in [("(", ")"), ("[", "])"), ("1])", "")] {
        request.prefix.push_str(typed);
        request.suffix = format!("{rest}\nlast_line()\n");
        let (completion, _) = complete(&mut engine, &request, u32::MAX);
        let read = completion.timings.prompt_tokens - completion.timings.reused_tokens;
        assert!(read <= 8, "{rest:?}: {read} tokens");
    }
    let closed = engine.prompt(&request).expect("a prompt");
    request.suffix = " + more\nlast_line()\n".into();
    assert_ne!(engine.prompt(&request).expect("a prompt"), closed, "more than closers is read");
}

#[test]
fn cancel_is_seen_between_steps() {
    let case = &golden()[0];
    let (completion, _) = complete(&mut engine(), &request(case, 64, 99), 1);
    assert_eq!(completion.finish_reason, FinishReason::Cancelled);
}

#[test]
fn a_file_that_spells_markers_cannot_forge_them() {
    let tokenizer =
        Tokenizer::from_json(&read("static/models/flint-nano/tokenizer.json")).expect("one");
    for text in ["<|endoftext|>", "a <|fim_middle|> b", "<|lang:rust|>"] {
        for id in tokenizer.encode(text) {
            assert!(!tokenizer.is_marker(id), "{text} became a marker");
        }
    }
}

#[test]
fn a_huge_file_is_cut_to_the_window() {
    let mut engine = engine();
    let mut request = request(&golden()[0], 8, 1);
    request.prefix = "let total = compute(first, second);\n".repeat(20_000);
    request.suffix = "x".repeat(300_000);
    let (completion, _) = complete(&mut engine, &request, u32::MAX);
    assert!((completion.timings.prompt_tokens as usize) < engine.context_tokens());
}
