//! What other files of the project say, with the bundled model: names and lines of theirs are known, and
//! the file that is open counts as before when they are gone.

#![allow(clippy::expect_used, reason = "a fixture that is missing fails the test")]

use flint_inference::{CpuBackend, Engine, Host};
use flint_protocol::{CompletionRequest, Limits, Neighbour, RequestId};
use std::path::Path;

struct Alone;

impl Host for Alone {
    fn now_ms(&self) -> f64 {
        0.0
    }

    async fn proceed(&mut self) -> bool {
        true
    }

    fn text(&mut self, _: &str) {}
}

fn engine() -> Engine<CpuBackend> {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/models/flint-nano");
    let read = |name: &str| std::fs::read(model.join(name)).expect("the bundled model");
    let (weights, tokenizer) = (read("model.gguf"), read("tokenizer.json"));
    Engine::from_files(&weights, &tokenizer, Some(read("counts.bin")))
        .expect("files that belong together")
}

fn complete(engine: &mut Engine<CpuBackend>, language: &str, prefix: &str) -> String {
    let request = CompletionRequest {
        id: RequestId(1),
        language: language.into(),
        path: "open".into(),
        prefix: prefix.into(),
        suffix: String::new(),
        limits: Limits { max_tokens: 24, max_lines: 1, min_likelihood: 0.0 },
        alternative: 0,
    };
    pollster::block_on(engine.complete(&request, &mut Alone)).expect("an answer").text
}

const HELPERS: &str = "def measure_humidity(station):\n    return station.read()\n\n\ndef report():\n    humidity = measure_humidity(station)\n    print(humidity)\n";

#[test]
fn names_and_lines_of_other_files_are_known() {
    let mut engine = engine();
    let neighbour = |language: &str| {
        vec![Neighbour { language: language.into(), text: HELPERS.into(), ..Neighbour::default() }]
    };
    let python = "from helpers import *\n\nhumidity = mea";
    let alone = complete(&mut engine, "python", python);
    engine.know(neighbour("python"));
    assert_eq!(complete(&mut engine, "python", python), "sure_humidity(station)");
    engine.know(neighbour("css"));
    assert_eq!(complete(&mut engine, "python", python), alone, "another language says nothing");
    engine.know(Vec::new());
    assert_eq!(complete(&mut engine, "python", python), alone);
    assert!(!alone.starts_with("sure_humidity"), "{alone}");
}
