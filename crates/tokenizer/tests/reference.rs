//! The same tokens as the `tokenizers` crate, which every file was made with: every character of Unicode,
//! every kind of split, texts that a pattern could trip over.

#![allow(clippy::expect_used, reason = "a fixture that is missing fails the test")]

use flint_tokenizer::Tokenizer;
use proptest::prelude::*;
use std::sync::LazyLock;

struct Both {
    ours: Tokenizer,
    reference: tokenizers::Tokenizer,
}

impl Both {
    fn of(json: &str) -> Self {
        let ours = Tokenizer::from_json(json.as_bytes()).expect("a tokenizer");
        let mut reference = tokenizers::Tokenizer::from_bytes(json).expect("a tokenizer");
        reference.set_encode_special_tokens(true);
        Self { ours, reference }
    }

    fn expected(&self, text: &str) -> Vec<u32> {
        self.reference.encode_fast(text, false).expect("tokens").get_ids().to_vec()
    }

    fn decoded(&self, tokens: &[u32]) -> String {
        let mut stream = self.ours.stream();
        tokens.iter().map(|token| stream.step(*token)).collect()
    }
}

const BUNDLED: &str = include_str!("../../../static/models/flint-nano/tokenizer.json");

const GPT2: &str =
    r#"{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}"#;

/// The bundled vocabulary behind each split that is read.
static KINDS: LazyLock<Vec<Both>> = LazyLock::new(|| {
    let bundled = BUNDLED.find("\"pre_tokenizer\":").expect("a pre-tokenizer");
    let end = BUNDLED.find("\"post_processor\"").expect("what follows it");
    let with =
        |step: &str| format!("{}\"pre_tokenizer\":{step},{}", &BUNDLED[..bundled], &BUNDLED[end..]);
    let cl100k = BUNDLED[bundled..end].replace(r"|\\p{N}|", r"|\\p{N}{1,3}|");
    let cl100k = format!("{}{cl100k}{}", &BUNDLED[..bundled], &BUNDLED[end..]);
    let starcoder = format!(
        r#"{{"type":"Sequence","pretokenizers":[{{"type":"Digits","individual_digits":true}},{GPT2}]}}"#
    );
    [BUNDLED.to_owned(), cl100k, with(GPT2), with(&starcoder)]
        .iter()
        .map(|json| Both::of(json))
        .collect()
});

fn same(text: &str) {
    same_of(&KINDS, text);
}

fn same_of(kinds: &[Both], text: &str) {
    for (kind, both) in kinds.iter().enumerate() {
        let tokens = both.ours.encode(text);
        assert_eq!(tokens, both.expected(text), "kind {kind}: {text:?}");
        assert_eq!(both.decoded(&tokens), text);
    }
}

#[test]
fn every_character_of_unicode() {
    // Beyond the third plane nothing is assigned that a pattern tells apart.
    let characters: Vec<char> = (0..0x4_0000).filter_map(char::from_u32).collect();
    for some in characters.chunks(512) {
        same_of(&KINDS[..1], &some.iter().flat_map(|c| ['a', *c, ' ', *c]).collect::<String>());
    }
}

#[test]
fn markers_are_only_text_when_a_file_says_them() {
    same("a <|endoftext|> <|fim_prefix|>b");
    let both = &KINDS[0];
    for token in 0..both.ours.vocab() as u32 {
        assert_eq!(both.ours.spelled(token).map(str::to_owned), both.reference.id_to_token(token));
    }
    assert_eq!(both.ours.vocab(), both.reference.get_vocab_size(true));
    assert!(both.ours.is_marker(both.ours.id("<|endoftext|>").expect("a marker")));
}

#[test]
fn a_file_of_one_long_word_is_read_at_once() {
    let word = "ab".repeat(500_000);
    let tokens = KINDS[0].ours.encode(&word);
    assert_eq!(KINDS[0].decoded(&tokens), word);
}

#[test]
fn other_kinds_are_refused_by_name() {
    let metaspace = BUNDLED.replace("\"Sequence\"", "\"Metaspace\"");
    let error = Tokenizer::from_json(metaspace.as_bytes()).expect_err("another kind");
    assert_eq!(error.to_string(), "its pre-tokenizer is of a kind that is not read: Metaspace");
    let pattern = BUNDLED.replace(r"\\p{N}|", r"\\p{N}+|");
    assert!(Tokenizer::from_json(pattern.as_bytes()).is_err());
    for length in (0..BUNDLED.len()).step_by(997) {
        assert!(Tokenizer::from_json(&BUNDLED.as_bytes()[..length]).is_err());
    }
}

proptest! {
    #[test]
    fn any_text(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("\n".to_owned()), Just("\r\n".to_owned()), Just("    ".to_owned()), Just("\t".to_owned()),
                Just("\u{3000}".to_owned()), Just("\u{85}".to_owned()), Just("'".to_owned()),
                "'[sStTmMdDrRvVlLeEſ]{1,2}", "[a-zA-Z]{1,8}", "[0-9]{1,5}", " [a-z]{1,4}",
                "[(){};:=,.]{1,3}", "\\PC{1,4}", "\\s{1,4}",
            ],
            0..40,
        ),
    ) {
        same(&parts.concat());
    }

    #[test]
    fn noise_never_panics(noise in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Tokenizer::from_json(&noise);
    }
}
