//! What the bench runs in a tab, on models of any shape, timed by the tab's clock: the decoder alone,
//! and the decode loop around it.

mod answers;
mod decoder;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
unsafe extern "C" {
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}
