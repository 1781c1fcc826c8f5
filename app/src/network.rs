//! The page's own files, fetched.

use crate::page;
use js_sys::ArrayBuffer;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// # Errors
/// Why there is no answer, for the end of a sentence.
pub(crate) async fn text(path: &str) -> Result<String, String> {
    let text = response(path).await?.text().map_err(reason)?;
    let text = JsFuture::from(text).await.map_err(reason)?;
    text.as_string().ok_or_else(|| "the answer is not text".into())
}

/// # Errors
/// Why there is no answer, for the end of a sentence.
pub(crate) async fn bytes(path: &str) -> Result<ArrayBuffer, String> {
    let bytes = response(path).await?.array_buffer().map_err(reason)?;
    JsFuture::from(bytes).await.map_err(reason)?.dyn_into().map_err(reason)
}

async fn response(path: &str) -> Result<Response, String> {
    let window = web_sys::window().ok_or("there is no page")?;
    let response = JsFuture::from(window.fetch_with_str(&page::absolute(path))).await;
    let response: Response = response.map_err(reason)?.dyn_into().map_err(reason)?;
    if response.ok() {
        Ok(response)
    } else {
        Err(format!("the server answered {}", response.status()))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn reason(error: JsValue) -> String {
    page::reason(&error)
}
