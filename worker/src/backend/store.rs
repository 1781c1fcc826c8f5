//! Files of models that stay in this browser: `js/model_store.js`.

use wasm_bindgen::prelude::*;
use web_sys::Blob;

#[wasm_bindgen(module = "/js/model_store.js")]
extern "C" {
    /// A file that is being written.
    pub(crate) type Kept;

    #[wasm_bindgen(catch, js_name = openFile)]
    pub(crate) async fn open_file(model: &str, path: &str) -> Result<Kept, JsValue>;

    /// Bytes so far.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn size(this: &Kept) -> f64;

    #[wasm_bindgen(catch, method)]
    pub(crate) fn append(this: &Kept, bytes: &js_sys::Uint8Array) -> Result<(), JsValue>;

    /// Bytes from here on, at most so many.
    #[wasm_bindgen(method)]
    pub(crate) fn read(this: &Kept, from: f64, length: usize) -> js_sys::Uint8Array;

    /// Puts bytes in the place of those that are there.
    #[wasm_bindgen(catch, method)]
    pub(crate) fn replace(
        this: &Kept,
        from: f64,
        bytes: &js_sys::Uint8Array,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method)]
    pub(crate) fn clear(this: &Kept);

    /// What was noted of the file before; empty when nothing was.
    #[wasm_bindgen(catch, method)]
    pub(crate) async fn note(this: &Kept) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, method, js_name = setNote)]
    pub(crate) async fn set_note(this: &Kept, text: &str) -> Result<(), JsValue>;

    /// The file as it is; nothing can be appended any more.
    #[wasm_bindgen(catch, method)]
    pub(crate) async fn close(this: &Kept) -> Result<Blob, JsValue>;
}
