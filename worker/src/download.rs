//! Fetches a model's files, with progress, and proves that they are the right ones. A file waits outside
//! the WebAssembly memory, which never shrinks, until it is read.

use crate::{
    body::{next_part, reason},
    digest,
    port::Port,
};
use flint_protocol::{ErrorKind, FromWorker, ModelFile, ModelSource, WorkerError};
use js_sys::{Promise, Uint8Array};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, ReadableStreamDefaultReader, Response};

/// Progress is told at most once for this many bytes.
const PROGRESS_BYTES: u64 = 128 * 1024;
/// A tab's memory ends here; a manifest that says more is wrong.
const MAX_BYTES: u64 = 3 << 30;

/// How much of a model has arrived, as the page hears it.
pub(crate) struct Progress<'a> {
    port: &'a Port,
    total: u64,
    loaded: Cell<u64>,
    told: Cell<u64>,
}

impl<'a> Progress<'a> {
    /// # Errors
    /// When no tab can hold what the manifest promises.
    pub(crate) fn of(model: &ModelSource, port: &'a Port) -> Result<Self, WorkerError> {
        let total = model.bytes();
        if total > MAX_BYTES {
            return Err(bad_model(format!(
                "The model {} is larger than a tab can hold.",
                model.id
            )));
        }
        Ok(Self { port, total, loaded: Cell::default(), told: Cell::default() })
    }

    fn add(&self, bytes: u64) {
        let loaded = self.loaded.get() + bytes;
        self.loaded.set(loaded);
        if loaded >= self.told.get() + PROGRESS_BYTES || loaded == self.total {
            self.told.set(loaded);
            let total_bytes = self.total;
            self.port.send(&FromWorker::Loading { loaded_bytes: loaded, total_bytes });
        }
    }
}

/// A file on its way.
pub(crate) struct Download<'a> {
    file: &'a ModelFile,
    answer: Promise,
}

impl<'a> Download<'a> {
    /// Asks for the file; the browser fetches it whatever this thread does.
    pub(crate) fn begin(file: &'a ModelFile) -> Self {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        Self { file, answer: scope.fetch_with_str(&file.url) }
    }

    /// The whole file, its length and SHA-256 checked, outside the WebAssembly memory.
    ///
    /// # Errors
    /// When it does not arrive, or is not what was published.
    pub(crate) async fn finish(self, progress: &Progress<'_>) -> Result<Uint8Array, WorkerError> {
        let ModelFile { url, bytes: total, sha256 } = self.file;
        let reader = open(url, self.answer).await?;
        let bytes = Uint8Array::new_with_length(*total as u32);
        let mut arrived = 0;
        let cut_off = |error| {
            download(format!("The model's download from {url} broke off ({}).", reason(&error)))
        };
        while let Some(part) = next_part(&reader).await.map_err(cut_off)? {
            if arrived + part.length() > bytes.length() {
                return Err(bad_model(format!(
                    "The file {url} is larger than published; it is not the model."
                )));
            }
            bytes.set(&part, arrived);
            arrived += part.length();
            progress.add(part.length().into());
        }
        if arrived == bytes.length() && digest::sha256(&bytes).await == *sha256 {
            return Ok(bytes);
        }
        Err(bad_model(format!(
            "The model file {url} is damaged: {arrived} of {total} bytes arrived and their checksum is wrong. \
             Try again; if it stays, the file on the server is not the published one.",
        )))
    }
}

async fn open(url: &str, answer: Promise) -> Result<ReadableStreamDefaultReader, WorkerError> {
    let response = JsFuture::from(answer).await.map_err(|_| {
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

fn download(message: String) -> WorkerError {
    WorkerError { kind: ErrorKind::Download, message }
}

fn bad_model(message: String) -> WorkerError {
    WorkerError { kind: ErrorKind::BadModel, message }
}
