//! Texts whose markers are meant: the same tokens as the `tokenizers` crate, which is what transformers asks.

#![allow(clippy::expect_used, reason = "a fixture that is missing fails the test")]

mod files;

use files::{BUNDLED, REPLACE, sentencepiece};
use flint_tokenizer::Tokenizer;
use proptest::prelude::*;
use std::sync::LazyLock;

/// A character of no text.
const VEIL: char = '\u{fdd0}';

struct Both {
    ours: Tokenizer,
    reference: tokenizers::Tokenizer,
}

impl Both {
    fn of(json: &str) -> Self {
        let ours = Tokenizer::from_json(json.as_bytes()).expect("a tokenizer");
        let reference = tokenizers::Tokenizer::from_bytes(json).expect("a tokenizer");
        Self { ours, reference }
    }

    fn expected(&self, text: &str) -> Vec<u32> {
        self.reference.encode_fast(text, false).expect("tokens").get_ids().to_vec()
    }
}

/// The bundled one, with markers that take in the blanks beside them; and SentencePiece's, each way that a text begins.
static KINDS: LazyLock<Vec<Both>> = LazyLock::new(|| {
    let eats = |side: &str, spare: u32, name: &str, json: &str| {
        let from = json.find(&format!("<|spare_{spare}|>")).expect("a marker");
        let (before, rest) = json.split_at(from);
        let side_now = format!("\"{side}\": false");
        let side_then = format!("\"{side}\": true");
        let compact = (side_now.replace(' ', ""), side_then.replace(' ', ""));
        let rest = rest.replacen(&compact.0, &compact.1, 1).replacen(&side_now, &side_then, 1);
        format!("{before}{rest}").replace(&format!("<|spare_{spare}|>"), name)
    };
    let bundled = eats("rstrip", 0, "<|user|>", BUNDLED);
    let bundled = eats("lstrip", 1, "<|end|>", &bundled);
    let bundled = bundled.replace("<|spare_2|>", "<|end|>ed");
    let prepended = format!(
        r#""normalizer":{{"type":"Sequence","normalizers":[{{"type":"Prepend","prepend":"▁"}},{REPLACE}]}},"pre_tokenizer":null"#
    );
    let metaspace = |scheme: &str| {
        format!(
            r#""normalizer":null,"pre_tokenizer":{{"type":"Metaspace","replacement":"▁","prepend_scheme":"{scheme}","split":false}}"#
        )
    };
    let bare = format!(r#""normalizer":{REPLACE},"pre_tokenizer":null"#);
    let pieces = [prepended, metaspace("always"), metaspace("first"), metaspace("never"), bare];
    let mut kinds = vec![Both::of(&bundled)];
    kinds.extend(pieces.iter().map(|around| Both::of(&sentencepiece(around))));
    kinds
});

fn same(text: &str) {
    for (kind, both) in KINDS.iter().enumerate() {
        assert_eq!(
            both.ours.encode_marked(text, VEIL),
            both.expected(text),
            "kind {kind}: {text:?}"
        );
    }
}

#[test]
fn markers_are_found_where_they_are_meant() {
    for text in [
        "",
        "<s>",
        "<s>[INST] ab cd [/INST]",
        "<s> ab<s>ab<s> <s>",
        "ab <s> cd",
        "<|user|> \n  a <|end|> b  <|end|>",
        "<|user|>a<|end|>ed<|end|>",
        "<|user|><|user|>  <|endoftext|>",
        "x <|fim_prefix|> <|not|> é日",
    ] {
        same(text);
    }
}

#[test]
fn a_veiled_text_has_the_tokens_of_a_text() {
    for both in KINDS.iter() {
        let Both { ours, .. } = both;
        for text in ["<|user|>", "a<s>b <|end|>ed", "<<s><|fim_middle|>", "ab"] {
            let veiled = ours.veiled(text, VEIL, |_| true);
            let tokens = ours.encode_marked(&veiled, VEIL);
            assert!(tokens.iter().all(|token| !ours.is_marker(*token)), "{text}");
            let bytes: Vec<u8> = tokens.iter().flat_map(|token| ours.bytes(*token)).collect();
            assert_eq!(String::from_utf8_lossy(&bytes).trim_start(), text);
        }
    }
}

proptest! {
    #[test]
    fn any_text_has_the_same_tokens(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("<s>".to_owned()), Just("<|user|>".to_owned()), Just("<|end|>".to_owned()),
                Just("<|end|>ed".to_owned()), Just(" ".to_owned()), Just("\n".to_owned()),
                "[a-j ]{1,4}", "\\PC{1,2}", Just("<|".to_owned()),
            ],
            0..12,
        ),
    ) {
        same(&parts.concat());
    }
}
