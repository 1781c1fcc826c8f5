//! One request to a hub, and what goes wrong with files in words.

use super::hub::Missing;
use crate::body::reason;
use flint_protocol::{ErrorKind, WorkerError};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DedicatedWorkerGlobalScope, Headers, RequestCache, RequestCredentials, RequestInit, Response,
};

pub(super) async fn request(url: &str, from: u64, to: Option<u64>) -> Result<Response, Missing> {
    let options = RequestInit::new();
    options.set_credentials(RequestCredentials::Omit);
    options.set_cache(RequestCache::NoStore);
    options.set_referrer_policy(web_sys::ReferrerPolicy::NoReferrer);
    if from > 0 || to.is_some() {
        let headers = Headers::new().map_err(|error| download(url, &reason(&error)))?;
        // Of this form alone does no browser ask the server for leave first.
        let to = to.map(|to| to.to_string()).unwrap_or_default();
        let range = headers.set("range", &format!("bytes={from}-{to}"));
        range.map_err(|error| download(url, &reason(&error)))?;
        options.set_headers(&headers);
    }
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let response = JsFuture::from(scope.fetch_with_str_and_init(url, &options)).await;
    let response = response.map_err(|_| download(url, "no connection, or it was refused"))?;
    Ok(response.unchecked_into())
}

/// The whole size, of `bytes 5-9/10`.
pub(super) fn size_of(content_range: &str) -> Option<u64> {
    content_range.rsplit('/').next()?.parse().ok()
}

pub(super) fn wrong(url: &str) -> Missing {
    Missing::Failed(WorkerError {
        kind: ErrorKind::BadModel,
        message: format!(
            "The file {url} is not the published one: its checksum is wrong. It was thrown away; try again, or take the \
             model from another place."
        ),
    })
}

pub(super) fn download(url: &str, reason: &str) -> Missing {
    Missing::Failed(WorkerError {
        kind: ErrorKind::Download,
        message: format!(
            "The download of {url} broke off: {reason}. What has arrived is kept; it goes on from there."
        ),
    })
}

pub(super) fn disk(error: &JsValue) -> Missing {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    let message = match name.as_deref() {
        Some("QuotaExceededError") => {
            "There is no room for the model in this browser. Delete other models or free space on the disk.".to_owned()
        }
        Some("NoModificationAllowedError") => {
            "Another tab is at work on this model. Close it, or wait until it is done.".to_owned()
        }
        _ => format!("The model could not be kept in this browser ({}).", reason(error)),
    };
    Missing::Failed(WorkerError { kind: ErrorKind::OutOfMemory, message })
}
