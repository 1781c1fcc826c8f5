//! The page's own files, fetched, and how a request to a server that the user has named begins.

use crate::page;
use crate::words::running as words;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCredentials, RequestInit, Response};

/// Begins a request to a host that the user has named; an empty body is none.
///
/// # Errors
/// What the browser does not take.
pub(crate) fn begin(
    (method, url, body): (&str, &str, &str),
    headers: &[(&str, String)],
    credentials: RequestCredentials,
    signal: Option<&AbortSignal>,
) -> Result<Promise, JsValue> {
    let options = RequestInit::new();
    options.set_method(method);
    options.set_signal(signal);
    options.set_credentials(credentials);
    if !body.is_empty() {
        options.set_body(&body.into());
    }
    let named = Headers::new()?;
    for (name, value) in headers {
        named.set(name, value)?;
    }
    options.set_headers(&named);
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    Ok(window.fetch_with_str_and_init(url, &options))
}

/// # Errors
/// Why there is no answer, for the end of a sentence.
pub(crate) async fn text(path: &str) -> Result<String, String> {
    let text = response(path).await?.text().map_err(reason)?;
    let text = JsFuture::from(text).await.map_err(reason)?;
    text.as_string().ok_or_else(|| words::NOT_TEXT.into())
}

async fn response(path: &str) -> Result<Response, String> {
    let window = web_sys::window().ok_or(words::NO_PAGE)?;
    let response = JsFuture::from(window.fetch_with_str(&page::absolute(path))).await;
    let response: Response = response.map_err(reason)?.dyn_into().map_err(reason)?;
    if response.ok() { Ok(response) } else { Err(words::server_answered(response.status())) }
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn reason(error: JsValue) -> String {
    page::reason(&error)
}
