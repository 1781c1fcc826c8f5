//! The reader against whole, cut, damaged and hostile files.

use super::*;
use crate::{Decoder, Error};

/// A small model of two layers, as a real file.
fn tiny() -> Vec<u8> {
    crate::tiny::gguf()
}

#[test]
fn a_whole_file_loads_and_answers() {
    let mut decoder = Decoder::from_gguf(&tiny(), 32).expect("a whole file");
    let logits = decoder.forward(&[1, 2, 3]).expect("three tokens").to_vec();
    assert_eq!(logits.len(), decoder.config().vocab);
    assert!(logits.iter().all(|logit| logit.is_finite()));
}

#[test]
fn every_cut_gives_an_error() {
    let file = tiny();
    for length in 0..file.len() {
        assert!(Decoder::from_gguf(&file[..length], 8).is_err(), "cut at {length}");
    }
}

#[test]
fn errors_say_what_is_wrong() {
    assert_eq!(Gguf::parse(b"<!doctype html>").err(), Some(GgufError::NotGguf));
    let mut newer = tiny();
    newer[4] = 9;
    assert_eq!(Gguf::parse(&newer).err(), Some(GgufError::Version { version: 9 }));
    let error = Decoder::from_gguf(&tiny()[..2000], 8).expect_err("cut");
    assert!(error.to_string().contains("cut off"), "{error}");
}

#[test]
fn counts_of_a_liar_allocate_nothing() {
    let mut file = Vec::new();
    file.extend(b"GGUF");
    file.extend(3u32.to_le_bytes());
    file.extend(u64::MAX.to_le_bytes());
    file.extend(u64::MAX.to_le_bytes());
    assert!(matches!(Gguf::parse(&file), Err(GgufError::Truncated { .. })));
    file.truncate(16);
    file.extend(1u64.to_le_bytes());
    file.extend(1u64.to_le_bytes());
    file.push(b'k');
    file.extend(9u32.to_le_bytes());
    file.extend(10u32.to_le_bytes());
    file.extend((u64::MAX / 2).to_le_bytes());
    assert!(matches!(Gguf::parse(&file), Err(GgufError::Truncated { .. })));
}

#[test]
fn tokens_outside_the_model_are_refused_and_nothing_is_read() {
    let mut decoder = Decoder::from_gguf(&tiny(), 4).expect("a whole file");
    assert!(matches!(decoder.forward(&[1, 9999]), Err(Error::UnknownToken { token: 9999, .. })));
    assert!(matches!(decoder.forward(&[1; 5]), Err(Error::ContextFull { capacity: 4 })));
    assert_eq!(decoder.length(), 0);
}

#[cfg(not(target_arch = "wasm32"))]
mod fuzz {
    use super::*;
    use proptest::{
        prelude::*,
        test_runner::{TestCaseResult, TestRunner},
    };
    use std::time::{Duration, Instant};

    /// Cases between two looks at the clock.
    const CASES: u32 = 1_000;

    /// Half a minute for each of the two in `cargo xtask test`, ten times that with `--long`; once round without either.
    fn budget() -> Duration {
        let scale = std::env::var("FLINT_TEST_SCALE").ok();
        let scale = scale.and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
        Duration::from_secs(30) * scale
    }

    fn until_the_time_is_up<S: Strategy>(strategy: S, test: impl Fn(S::Value) -> TestCaseResult) {
        let started = Instant::now();
        let mut runner = TestRunner::new(ProptestConfig::with_cases(CASES));
        loop {
            if let Err(error) = runner.run(&strategy, &test) {
                panic!("{error}");
            }
            if started.elapsed() >= budget() {
                break;
            }
        }
    }

    #[test]
    fn damaged_files_never_panic() {
        let bytes = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12);
        let whole = tiny();
        until_the_time_is_up((bytes, any::<bool>()), |(damage, header_only)| {
            let mut file = whole.clone();
            let reach = if header_only { 1200.min(file.len()) } else { file.len() };
            for (at, byte) in damage {
                let at = at.index(reach);
                file[at] = byte;
            }
            if let Ok(mut decoder) = Decoder::from_gguf(&file, 8) {
                let _ = decoder.forward(&[0, 1, 2]);
            }
            Ok(())
        });
    }

    #[test]
    fn noise_never_panics() {
        until_the_time_is_up(proptest::collection::vec(any::<u8>(), 0..400), |mut noise| {
            let _ = Gguf::parse(&noise);
            let magic = b"GGUF\x03\0\0\0";
            let length = noise.len().min(magic.len());
            noise[..length].copy_from_slice(&magic[..length]);
            let _ = Gguf::parse(&noise);
            Ok(())
        });
    }
}
