//! The worker's JavaScript that `ort` runs over: `js/ort_runtime.js`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "flint-ort-runtime")]
extern "C" {
    /// What computes here; see the getters.
    pub(crate) type Computer;

    #[wasm_bindgen(catch, js_name = chooseDevice)]
    pub(crate) async fn choose_device(wanted: &str) -> Result<Computer, JsValue>;

    /// `webgpu` or `wasm`.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn device(this: &Computer) -> String;
    /// Whether the GPU computes with 16-bit floats.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn half(this: &Computer) -> bool;
    /// What the browser tells of the GPU.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn name(this: &Computer) -> String;
    /// The runtime's script, relative to [`runtime_base`].
    #[wasm_bindgen(method, getter)]
    pub(crate) fn script(this: &Computer) -> String;

    #[wasm_bindgen(js_name = runtimeBase)]
    pub(crate) fn runtime_base() -> String;

    /// The parts of the next session: the graph, and a list of `{ path, data }` of the files that it names, each a Blob.
    #[wasm_bindgen(js_name = prepare)]
    pub(crate) fn prepare(graph: Vec<u8>, external: &js_sys::Array, device: &str);

    /// How many of the next run's last tokens keep their logits.
    #[wasm_bindgen(js_name = keepRows)]
    pub(crate) fn keep_rows(count: usize);

    #[wasm_bindgen(js_name = truncate)]
    pub(crate) fn truncate(length: usize);

    /// Those that the last run kept, (rows, vocab).
    pub(crate) fn logits() -> js_sys::Float32Array;

    #[wasm_bindgen(js_name = heldTokens)]
    pub(crate) fn held_tokens() -> usize;
}
