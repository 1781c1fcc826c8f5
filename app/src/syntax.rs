//! What the languages' parsers say, as it crosses from JavaScript: of the cursor's place, and of a change.

use flint_assist::{Bracket, Syntax, Within};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(raw_module = "flint-errors")]
extern "C" {
    #[wasm_bindgen(js_name = addedError)]
    fn js_added_error(before: &str, after: &str, language: &str) -> js_sys::Promise;
}

/// The line near which `after` has a syntax error more than `before`; None where it has none, or where
/// no parser says.
pub(crate) fn added_error(
    before: &str,
    after: &str,
    language: &str,
) -> impl Future<Output = Option<f64>> + use<> {
    let asked = JsFuture::from(js_added_error(before, after, language));
    async move { asked.await.ok()?.as_f64() }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct JsSyntax {
    #[serde(with = "JsWithin")]
    within: Within,
    begins_body: bool,
    /// What closes each, and whether it stands there.
    brackets: Vec<(char, bool)>,
}

/// [`Within`] as the editor spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Within")]
pub(crate) enum JsWithin {
    Unknown,
    Code,
    String,
    Comment,
    Pattern,
}

impl From<JsSyntax> for Syntax {
    fn from(JsSyntax { within, begins_body, brackets }: JsSyntax) -> Self {
        let bracket = |(closer, closed)| Bracket { closer, closed };
        Self { within, begins_body, brackets: brackets.into_iter().map(bracket).collect() }
    }
}
