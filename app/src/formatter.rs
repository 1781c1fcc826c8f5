//! Formatters, behind `app/js/formatter.js`, which fetches the one that a language needs.

use crate::words::notices as words;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(raw_module = "flint-formatter")]
extern "C" {
    #[wasm_bindgen(js_name = format)]
    fn js_format(language: &str, text: &str) -> js_sys::Promise;
}

/// What became of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Formatted {
    pub(crate) before: String,
    pub(crate) after: Result<String, Unformatted>,
}

/// Why a text stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Unformatted {
    /// What is wrong, in the formatter's words.
    pub(crate) reason: String,
    /// From 1; 0 when the formatter does not say.
    pub(crate) line: u32,
    pub(crate) column: u32,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Text { text: String },
    Failed(Unformatted),
}

pub(crate) async fn format(language: &str, before: String) -> Formatted {
    let answer = JsFuture::from(js_format(language, &before)).await.ok();
    let answer = answer.and_then(|json| serde_json::from_str(&json.as_string()?).ok());
    let after = match answer {
        Some(Answer::Text { text }) => Ok(text),
        Some(Answer::Failed(unformatted)) => Err(unformatted),
        None => Err(Unformatted { reason: words::FORMATTER_SILENT.into(), line: 0, column: 0 }),
    };
    Formatted { before, after }
}
