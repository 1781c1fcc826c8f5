//! Two texts as one with the changes marked, drawn by `app/js/diff.js`; and times as people say them.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "flint-diff")]
extern "C" {
    #[wasm_bindgen(js_name = showDiff)]
    fn show_diff(
        parent: &web_sys::Element,
        path: &str,
        before: &str,
        after: &str,
        language: &str,
    ) -> js_sys::Promise;
    /// A time in milliseconds since 1970, as the user's language and place write it.
    pub(crate) fn time(ms: f64) -> String;
}

/// Draws `after` with what changed since `before` into `parent`.
pub(crate) fn show(
    parent: &web_sys::Element,
    path: &str,
    before: &str,
    after: &str,
    language: &str,
) {
    // The promise only fails where plain text stands in for the drawing.
    let _ = show_diff(parent, path, before, after, language);
}
