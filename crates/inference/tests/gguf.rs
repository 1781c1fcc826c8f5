//! A GGUF file alone is a model: its own tokenizer gives the tokens of the `tokenizer.json` beside it.

#![allow(clippy::expect_used, reason = "a fixture that is missing fails the test")]

use flint_decoder::gguf::Gguf;
use flint_inference::{CpuBackend, Engine, Tokenizer};

fn file(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/models/flint-nano");
    std::fs::read(format!("{folder}/{name}")).expect("a file of the bundled model")
}

#[test]
fn the_files_own_tokenizer_is_the_published_one() {
    let bytes = file("model.gguf");
    let carried =
        Tokenizer::from_gguf(&Gguf::parse(&bytes).expect("a model")).expect("a tokenizer");
    let published = Tokenizer::from_json(&file("tokenizer.json")).expect("a tokenizer");
    assert_eq!(carried.vocab(), published.vocab());
    let texts = [
        include_str!("gguf.rs"),
        include_str!("../src/fim.rs"),
        "größe = '日本' // 12345\r\n\t\u{3000}",
    ];
    for text in texts {
        assert_eq!(carried.encode(text), published.encode(text));
    }
    for token in 0..published.vocab() as u32 {
        assert_eq!(carried.is_marker(token), published.is_marker(token), "{token}");
    }
}

#[test]
fn a_file_alone_makes_an_engine() {
    let engine = Engine::<CpuBackend>::from_gguf(&file("model.gguf")).expect("an engine");
    assert!(engine.parameters() > 1_000_000);
    assert!(Engine::<CpuBackend>::from_gguf(b"GGUF").is_err());
}
