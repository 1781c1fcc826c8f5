//! Fetches a model's files, with progress, and proves that they are the right ones.

use crate::port::Port;
use flint_protocol::{ErrorKind, FromWorker, ModelSource, WorkerError};
use js_sys::{Reflect, Uint8Array};
use sha2::{Digest, Sha256};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, ReadableStreamDefaultReader, Response};

/// Progress is told at most once for this many bytes.
const PROGRESS_BYTES: u64 = 128 * 1024;
/// A tab's memory ends here; a manifest that says more is wrong.
const MAX_BYTES: u64 = 3 << 30;

/// The weights, their length and SHA-256 checked against the manifest.
pub(crate) async fn fetch_weights(
    port: &Port,
    model: &ModelSource,
) -> Result<Vec<u8>, WorkerError> {
    let total = model.weights_bytes;
    if total > MAX_BYTES {
        return Err(bad_model(format!("The model {} is larger than a tab can hold.", model.id)));
    }
    let mut told = 0;
    let bytes = fetch(&model.weights_url, total, |loaded| {
        if loaded >= told + PROGRESS_BYTES || loaded == total {
            told = loaded;
            port.send(&FromWorker::Loading { loaded_bytes: loaded, total_bytes: total });
        }
    })
    .await?;
    let digest = Sha256::digest(&bytes);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    if hex != model.weights_sha256 {
        return Err(bad_model(format!(
            "The model file {} is damaged: {} of {total} bytes arrived and their checksum is wrong. \
             Try again; if it stays, the file on the server is not the published one.",
            model.weights_url,
            bytes.len(),
        )));
    }
    Ok(bytes)
}

/// A small file, without progress.
pub(crate) async fn fetch_small(url: &str) -> Result<Vec<u8>, WorkerError> {
    fetch(url, 64 << 20, |_| {}).await
}

/// Fetches at most `limit` bytes.
async fn fetch(
    url: &str,
    limit: u64,
    mut progress: impl FnMut(u64),
) -> Result<Vec<u8>, WorkerError> {
    let reader = open(url).await?;
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(|error| cut_off(url, &error))?;
        let field = |name: &str| Reflect::get(&chunk, &JsValue::from_str(name));
        if field("done").map_err(|error| cut_off(url, &error))?.is_truthy() {
            return Ok(bytes);
        }
        let value = field("value").map_err(|error| cut_off(url, &error))?;
        let part: Uint8Array = value.unchecked_into();
        let length = part.length() as usize;
        if (bytes.len() + length) as u64 > limit {
            return Err(bad_model(format!(
                "The file {url} is larger than published; it is not the model."
            )));
        }
        let start = bytes.len();
        bytes.resize(start + length, 0);
        part.copy_to(&mut bytes[start..]);
        progress(bytes.len() as u64);
    }
}

async fn open(url: &str) -> Result<ReadableStreamDefaultReader, WorkerError> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let response = JsFuture::from(scope.fetch_with_str(url)).await.map_err(|_| {
        download(format!(
            "The model could not be fetched from {url}: no connection, or it was refused."
        ))
    })?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(download(format!(
            "The model could not be fetched: {url} answered {} {}.",
            response.status(),
            response.status_text(),
        )));
    }
    let Some(body) = response.body() else {
        return Err(download(format!("The model could not be fetched: {url} is empty.")));
    };
    Ok(body.get_reader().unchecked_into())
}

fn cut_off(url: &str, error: &JsValue) -> WorkerError {
    let reason: String = error.unchecked_ref::<js_sys::Error>().message().into();
    download(format!("The model's download from {url} broke off ({reason})."))
}

fn download(message: String) -> WorkerError {
    WorkerError { kind: ErrorKind::Download, message }
}

fn bad_model(message: String) -> WorkerError {
    WorkerError { kind: ErrorKind::BadModel, message }
}
