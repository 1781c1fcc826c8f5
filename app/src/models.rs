//! Models that are kept in this browser, behind `app/js/models.js`.

use flint_protocol::KnownFile;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "flint-models")]
extern "C" {
    #[wasm_bindgen(js_name = sizes)]
    async fn js_sizes() -> JsValue;
    #[wasm_bindgen(js_name = remove)]
    async fn js_remove(id: &str);
    #[wasm_bindgen(js_name = chooseModel)]
    fn js_choose(read: &JsValue);
}

/// Each model's id and its bytes.
pub(crate) async fn sizes() -> Vec<(String, u64)> {
    serde_json::from_str(&js_sizes().await.as_string().unwrap_or_default()).unwrap_or_default()
}

/// Takes a model's files away.
pub(crate) async fn remove(id: &str) {
    js_remove(id).await;
}

/// Lets the user choose a model's files.
pub(crate) fn choose(mut read: impl FnMut(Vec<KnownFile>) + 'static) {
    let read = move |json: String| read(serde_json::from_str(&json).unwrap_or_default());
    js_choose(&Closure::<dyn FnMut(String)>::new(read).into_js_value());
}
