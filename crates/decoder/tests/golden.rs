//! The bundled model's logits against an independent float implementation (`model/reference.py`).

#![allow(clippy::expect_used, reason = "a fixture that is missing fails the test")]

use flint_decoder::{Decoder, argmax};
use serde::Deserialize;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Golden {
    model_sha256: String,
    prompts: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    ids: Vec<u32>,
    /// The reference's likeliest token after each of `ids`.
    top_1: Vec<u32>,
    /// How far it is ahead of the second.
    lead: Vec<f32>,
    positions: Vec<Ranked>,
}

/// The reference's likeliest tokens after one position.
#[derive(Deserialize)]
struct Ranked {
    position: usize,
    ids: Vec<u32>,
    logits: Vec<f32>,
}

/// Root mean square of the difference between our logits and the reference's, over the reference's
/// top tokens: int8 activations and bf16 scales cost this much.
const TOLERANCE: f64 = 0.15;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn golden() -> Golden {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/logits.json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("the fixture")).expect("JSON")
}

fn model() -> Decoder {
    let path = root().join("static/models/flint-nano/model.gguf");
    Decoder::from_gguf(&std::fs::read(path).expect("the bundled model"), 512).expect("a model")
}

fn logits(decoder: &mut Decoder, ids: &[u32]) -> Vec<Vec<f32>> {
    decoder.truncate(0);
    let vocab = decoder.config().vocab;
    let logits = decoder.forward_last(ids, ids.len()).expect("ids of this model");
    logits.chunks_exact(vocab).map(<[f32]>::to_vec).collect()
}

#[test]
fn the_fixture_belongs_to_the_bundled_model() {
    let manifest = std::fs::read_to_string(root().join("static/models.json")).expect("models.json");
    assert!(manifest.contains(&golden().model_sha256), "run model/golden.py after model/export.py");
}

#[test]
fn top_1_equals_the_float_reference() {
    let mut decoder = model();
    let (mut positions, mut equal, mut clear, mut clear_equal) = (0u32, 0u32, 0u32, 0u32);
    let (mut squares, mut compared) = (0.0f64, 0u32);
    for case in golden().prompts {
        let rows = logits(&mut decoder, &case.ids);
        for ((row, top), lead) in rows.iter().zip(&case.top_1).zip(&case.lead) {
            let same = u32::from(argmax(row) == *top);
            positions += 1;
            equal += same;
            if *lead > 0.1 {
                clear += 1;
                clear_equal += same;
            }
        }
        for ranked in case.positions {
            for (id, expected) in ranked.ids.iter().zip(ranked.logits) {
                let difference = rows[ranked.position][*id as usize] - expected;
                squares += f64::from(difference * difference);
                compared += 1;
            }
        }
    }
    let rms = (squares / f64::from(compared)).sqrt();
    report(positions, equal, clear, clear_equal, rms);
    assert!(positions >= 500, "{positions} positions");
    assert!(rms <= TOLERANCE, "logits differ by {rms} rms");
    // A lead under 0.1 is a tie that any rounding may turn.
    assert!(clear_equal * 100 >= clear * 99, "{clear_equal} of {clear} clear positions agree");
    assert!(equal * 100 >= positions * 97, "{equal} of {positions} positions agree");
}

#[test]
fn cutting_a_text_differently_changes_nothing() {
    let mut decoder = model();
    let ids = &golden().prompts[0].ids;
    let whole = logits(&mut decoder, ids);
    decoder.truncate(0);
    let mut last = Vec::new();
    for part in ids.chunks(7) {
        last = decoder.forward(part).expect("ids of this model").to_vec();
    }
    assert_eq!(whole.last(), Some(&last), "in sevens");
    decoder.truncate(ids.len() / 2);
    for id in &ids[ids.len() / 2..] {
        last = decoder.forward(&[*id]).expect("ids of this model").to_vec();
    }
    assert_eq!(whole.last(), Some(&last), "rolled back, then one by one");
}

fn report(positions: u32, equal: u32, clear: u32, clear_equal: u32, rms: f64) {
    let folder = std::env::var("FLINT_REPORTS").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|_| root().join("target/report"));
    std::fs::create_dir_all(&folder).expect("the report folder");
    let figures = serde_json::json!({
        "positions": positions,
        "top_1_equal": equal,
        "clear_positions": clear,
        "clear_top_1_equal": clear_equal,
        "logit_difference_rms": rms,
    });
    std::fs::write(folder.join("logits.json"), format!("{figures:#}\n")).expect("the report");
}
