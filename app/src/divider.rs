//! The line between code and panel, behind `app/js/divider.js`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "flint-divider")]
extern "C" {
    fn divide(line: &web_sys::Element, beside: u8, above: u8, chosen: &JsValue);
}

/// Lets `line` be moved as long as it is there. Shares are percent of the room that are the code's, where the
/// panel is beside or below it; 0 is as it is at first. `chosen` gets whether the code is above, and its share.
pub(crate) fn watch(
    line: &web_sys::Element,
    (beside, above): (u8, u8),
    chosen: impl FnMut(bool, u8) + 'static,
) {
    divide(line, beside, above, &Closure::<dyn FnMut(bool, u8)>::new(chosen).into_js_value());
}
