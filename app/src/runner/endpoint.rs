//! Rust by an endpoint that the user has named and allowed: one request, its answer, or its end when
//! the user stops. The page's policy lets it reach no other address.

use crate::words::running as words;
use crate::{network, page};
use flint_run::rust::RustRequest;
use js_sys::JSON;
use serde::Deserialize;
use serde_json::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCredentials, Response};

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Answer {
    pub(crate) success: Option<bool>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// `evaluate.json` gives one text and an error.
    result: Option<String>,
    error: Option<String>,
}

impl Answer {
    pub(crate) fn ok(&self) -> bool {
        self.success.unwrap_or(self.error.is_none())
    }
}

/// A request under way. Dropping it ends it.
pub(crate) struct Asking {
    abort: AbortController,
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// Sends the request; `report` gets the answer, or a sentence for the user.
///
/// # Errors
/// A sentence when the browser cannot even begin.
pub(crate) fn ask(
    url: &str,
    edition: &str,
    request: &RustRequest,
    report: impl FnOnce(Result<Answer, String>) + 'static,
) -> Result<Asking, String> {
    let begin = || -> Result<_, JsValue> {
        let abort = AbortController::new()?;
        let body = body(url, edition, request);
        let headers = [("content-type", "application/json".to_owned())];
        let (no_cookies, signal) = (RequestCredentials::Omit, abort.signal());
        let response = network::begin(("POST", url, &body), &headers, no_cookies, Some(&signal))?;
        Ok((Asking { abort }, response))
    };
    let (asking, response) = begin().map_err(|_| String::from(words::NOT_SENT))?;
    let host = url.to_owned();
    wasm_bindgen_futures::spawn_local(async move {
        report(answer(response).await.map_err(|reason| words::host_silent(&host, &reason)));
    });
    Ok(asking)
}

fn body(url: &str, edition: &str, RustRequest { code, crate_type, tests }: &RustRequest) -> String {
    if url.ends_with("evaluate.json") {
        let body =
            json!({ "version": "stable", "optimize": "0", "edition": edition, "code": code });
        return body.to_string();
    }
    json!({
        "channel": "stable", "mode": "debug", "edition": edition, "crateType": crate_type,
        "tests": tests, "code": code, "backtrace": false,
    })
    .to_string()
}

async fn answer(response: js_sys::Promise) -> Result<Answer, String> {
    let reason = |error: JsValue| page::reason(&error);
    let response: Response =
        JsFuture::from(response).await.map_err(reason)?.dyn_into().map_err(reason)?;
    if !response.ok() {
        return Err(words::host_says(response.status(), &response.status_text()));
    }
    let value = JsFuture::from(response.json().map_err(reason)?).await.map_err(reason)?;
    let text = JSON::stringify(&value).map_err(reason)?;
    let mut answer: Answer = serde_json::from_str(&String::from(text))
        .map_err(|_| String::from(words::NOT_A_RUST_ANSWER))?;
    if let Some(result) = answer.result.take() {
        answer.stdout = result;
    }
    if let Some(error) = answer.error.clone() {
        answer.stderr = error;
    }
    Ok(answer)
}
