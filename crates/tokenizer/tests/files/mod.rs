//! Files of tokenizers, as models have them.

#![allow(dead_code, reason = "not every test needs every file")]

/// The bundled model's.
pub(crate) const BUNDLED: &str =
    include_str!("../../../../static/models/flint-nano/tokenizer.json");

/// A vocabulary of SentencePiece as CodeLlama's file and Gemma's have it: pairs of ASCII, two words, bytes.
pub(crate) fn sentencepiece(around: &str) -> String {
    let mut tokens: Vec<String> = ["<unk>", "<s>", "</s>"].map(str::to_owned).to_vec();
    tokens.extend((0..=255).map(|byte| format!("<0x{byte:02X}>")));
    let letters = "▁abcdefghij(){};=.0123é".chars().map(String::from);
    tokens.extend(letters);
    let merges = [
        "▁ ▁",
        "a b",
        "▁ a",
        "▁a b",
        "c d",
        "ab cd",
        "▁▁ ▁▁",
        "( )",
        "() ;",
        "e é",
        "▁ =",
        "▁= ▁",
        "0 0",
        "h i",
        "j ▁",
    ];
    let merged = merges.iter().map(|pair| pair.replace(' ', ""));
    tokens.extend(merged);
    let vocab: Vec<String> = tokens
        .iter()
        .enumerate()
        .map(|(id, token)| format!("{}:{id}", serde_json::to_string(token).expect("a text")))
        .collect();
    format!(
        r#"{{"version":"1.0","truncation":null,"padding":null,
        "added_tokens":[{{"id":1,"content":"<s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}}],
        {around},"post_processor":null,
        "decoder":{{"type":"Sequence","decoders":[{{"type":"Replace","pattern":{{"String":"▁"}},"content":" "}},{{"type":"ByteFallback"}},{{"type":"Fuse"}}]}},
        "model":{{"type":"BPE","dropout":null,"unk_token":"<unk>","continuing_subword_prefix":null,"end_of_word_suffix":null,
        "fuse_unk":true,"byte_fallback":true,"ignore_merges":false,"vocab":{{{}}},"merges":{}}}}}"#,
        vocab.join(","),
        serde_json::to_string(&merges).expect("texts"),
    )
}

/// The normalizer that spells spaces.
pub(crate) const REPLACE: &str = r#"{"type":"Replace","pattern":{"String":" "},"content":"▁"}"#;
