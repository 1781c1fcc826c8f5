//! Dragging tabs, behind `app/js/reorder.js`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "flint-reorder")]
extern "C" {
    fn reorder(row: &web_sys::Element, moved: &JsValue);
}

/// Lets the tabs in `row` be dragged, as long as the row is there; `moved` gets two places.
pub(crate) fn watch(row: &web_sys::Element, moved: impl FnMut(usize, usize) + 'static) {
    reorder(row, &Closure::<dyn FnMut(usize, usize)>::new(moved).into_js_value());
}
