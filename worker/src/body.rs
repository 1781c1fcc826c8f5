//! The bytes of an answer as they arrive.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

/// The next bytes; none at the end.
///
/// # Errors
/// The browser's error when the connection broke.
pub(crate) async fn next_part(
    reader: &ReadableStreamDefaultReader,
) -> Result<Option<Uint8Array>, JsValue> {
    let part = JsFuture::from(reader.read()).await?;
    let field = |name: &str| Reflect::get(&part, &JsValue::from_str(name));
    match field("done")?.is_truthy() {
        true => Ok(None),
        false => Ok(Some(field("value")?.unchecked_into())),
    }
}

/// What a browser's error says.
pub(crate) fn reason(error: &JsValue) -> String {
    error.unchecked_ref::<js_sys::Error>().message().into()
}
