//! A model's files, fetched once and kept: what broke off goes on where it stopped, what is damaged is thrown away.

use super::{
    chunks,
    request::{disk, download, request, size_of, wrong},
    store::{Kept, open_file},
};
use crate::{
    body::{next_part, reason},
    port::Port,
};
use flint_protocol::{Brought, ErrorKind, FromWorker, KnownFile, WorkerError};
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamDefaultReader, Response};

/// Progress is told at most once for this many bytes.
const PROGRESS_BYTES: u64 = 256 * 1024;
/// What is on the disk is read in pieces of this size.
const PIECE: usize = 4 << 20;
/// A connection that breaks is made again this often, as long as something came through it.
const ATTEMPTS: u32 = 3;

/// What is noted of a file; of a whole one, with the checksum that it came with.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Note {
    whole: bool,
    bytes: u64,
    sha256: String,
    /// Of each of its parts; see [`chunks`].
    chunks: Vec<String>,
}

/// Why there is no file.
pub(crate) enum Missing {
    /// The address has none; another of the layout's may be there.
    NotThere,
    Failed(WorkerError),
}

impl Missing {
    /// Why; `not_there` says what it means to a model of its kind that there is no such file.
    pub(crate) fn or(self, not_there: impl FnOnce() -> WorkerError) -> WorkerError {
        match self {
            Self::NotThere => not_there(),
            Self::Failed(error) => error,
        }
    }
}

/// One model's files, counted together.
pub(crate) struct Hub<'a> {
    port: &'a Port,
    pub(crate) source: &'a Brought,
    /// Bytes of the largest file that can be loaded here.
    most: u64,
    /// Bytes of the files that are whole, and of those that are known of.
    loaded: u64,
    total: u64,
    told: u64,
}

impl<'a> Hub<'a> {
    pub(crate) fn new(port: &'a Port, source: &'a Brought, most: u64) -> Self {
        Self { port, source, most, loaded: 0, total: 0, told: 0 }
    }

    /// A file of the layout as bytes; for small ones.
    pub(crate) async fn bytes(&mut self, path: &str) -> Result<Vec<u8>, Missing> {
        let blob = self.blob(path).await?;
        let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|error| disk(&error))?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    #[cfg(not(feature = "ort"))]
    /// A file whose bytes are wanted in this module's own memory: they are never there twice.
    pub(crate) async fn whole(&mut self, path: &str) -> Result<Vec<u8>, Missing> {
        let blob = self.blob(path).await?;
        let size = blob.size();
        let mut bytes = Vec::new();
        if size as u64 > self.most || bytes.try_reserve_exact(size as usize).is_err() {
            return Err(self.too_large(size as u64));
        }
        let mut at = 0.0;
        while at < size {
            let end = size.min(at + PIECE as f64);
            let piece = blob.slice_with_f64_and_f64(at, end).map_err(|error| disk(&error))?;
            let piece = JsFuture::from(piece.array_buffer()).await.map_err(|error| disk(&error))?;
            bytes.extend_from_slice(&Uint8Array::new(&piece).to_vec());
            at = end;
        }
        Ok(bytes)
    }

    fn too_large(&self, size: u64) -> Missing {
        Missing::Failed(WorkerError {
            kind: ErrorKind::BadModel,
            message: format!(
                "{} is of {}, and this tab can load files of up to {} of its kind. Choose a smaller one.",
                self.source.id,
                gigabytes(size),
                gigabytes(self.most)
            ),
        })
    }

    /// A file of the layout, fetched unless it is here.
    pub(crate) async fn blob(&mut self, path: &str) -> Result<Blob, Missing> {
        let kept = open_file(&self.source.id, path).await.map_err(|error| disk(&error))?;
        let note = kept.note().await.map_err(|error| disk(&error))?;
        let note: Note =
            serde_json::from_str(&note.as_string().unwrap_or_default()).unwrap_or_default();
        let size = kept.size() as u64;
        let whole = note.whole && note.bytes == size;
        if whole {
            self.total += size;
        }
        let here = match whole {
            true => self.mend(path, &kept, note).await,
            false => self.fetch_all(path, &kept).await,
        };
        if here.is_err() {
            // What has come stays, and can be opened again.
            let _ = kept.close().await;
        }
        here?;
        self.loaded += kept.size() as u64;
        self.tell(0, true);
        kept.close().await.map_err(|error| disk(&error))
    }

    #[cfg(feature = "ort")]
    /// What was noted for this device, so that what is here is found without asking anyone.
    pub(crate) async fn noted(&self, name: &str) -> String {
        let Ok(kept) = open_file(&self.source.id, name).await else { return String::new() };
        let note = kept.note().await.ok().and_then(|note| note.as_string());
        let _ = kept.close().await;
        note.unwrap_or_default()
    }

    #[cfg(feature = "ort")]
    /// Notes something for the next time; where nothing is kept there is no next time.
    pub(crate) async fn note(&self, name: &str, text: &str) {
        if let Ok(kept) = open_file(&self.source.id, name).await {
            let _ = kept.set_note(text).await;
            let _ = kept.close().await;
        }
    }

    /// Fetches again what the disk has changed of a file that was whole.
    async fn mend(&mut self, path: &str, kept: &Kept, note: Note) -> Result<(), Missing> {
        if note.chunks.is_empty() {
            // Kept before parts had hashes: from now on they have.
            let chunks = chunks::hashes(kept).await;
            return self.pin(kept, Note { chunks, ..note }).await;
        }
        for (index, wanted) in note.chunks.iter().enumerate() {
            if chunks::hash(kept, index).await == *wanted {
                continue;
            }
            let (url, _) = self.address(path)?;
            self.allowed(
                "A part of {} has changed in this browser. Choose it again to fetch that part.",
            )?;
            let (from, to) = chunks::range(index, kept.size());
            let response = request(&url, from as u64, Some(to as u64)).await?;
            if response.status() == 206 {
                let buffer =
                    response.array_buffer().map_err(|error| download(&url, &reason(&error)))?;
                let buffer = JsFuture::from(buffer)
                    .await
                    .map_err(|error| download(&url, &reason(&error)))?;
                kept.replace(from, &Uint8Array::new(&buffer)).map_err(|error| disk(&error))?;
            }
            if chunks::hash(kept, index).await != *wanted {
                kept.clear();
                return Err(wrong(&url));
            }
        }
        Ok(())
    }

    async fn pin(&self, kept: &Kept, note: Note) -> Result<(), Missing> {
        let note = serde_json::to_string(&note).unwrap_or_default();
        kept.set_note(&note).await.map_err(|error| disk(&error))
    }

    /// Where a file is, and what is known of it.
    fn address(&self, path: &str) -> Result<(String, Option<KnownFile>), Missing> {
        let known = self.source.files.iter().find(|file| file.path == path).cloned();
        let url = known.as_ref().and_then(|file| file.url.clone());
        let under = || self.source.base_url.as_ref().map(|base| format!("{base}{path}"));
        let url = url.or_else(under).ok_or(Missing::NotThere)?;
        Ok((url, known))
    }

    /// # Errors
    /// `sentence`, with the model's name in it, unless the user has said that files may be fetched.
    fn allowed(&self, sentence: &str) -> Result<(), Missing> {
        if self.source.may_fetch {
            return Ok(());
        }
        let message = sentence.replace("{}", &self.source.id);
        Err(Missing::Failed(WorkerError { kind: ErrorKind::Download, message }))
    }

    async fn fetch_all(&mut self, path: &str, kept: &Kept) -> Result<(), Missing> {
        let (url, known) = self.address(path)?;
        self.allowed("Not all files of {} are in this browser. Choose it again to fetch them.")?;
        let mut digest = digest_of(kept);
        let mut failures = 0;
        let total = loop {
            let before = kept.size();
            match self.fetch_rest(&url, kept, &mut digest).await {
                Ok(total) => break total,
                Err(Missing::Failed(error)) if error.kind == ErrorKind::Download => {
                    failures = if kept.size() > before { 0 } else { failures + 1 };
                    if failures >= ATTEMPTS {
                        return Err(Missing::Failed(error));
                    }
                }
                Err(other) => return Err(other),
            }
        };
        let sha256: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let is_other = known.is_some_and(|known| {
            known.sha256.is_some_and(|wanted| wanted != sha256)
                || known.bytes.is_some_and(|bytes| bytes != total)
        });
        if is_other {
            kept.clear();
            return Err(wrong(&url));
        }
        let chunks = chunks::hashes(kept).await;
        self.pin(kept, Note { whole: true, bytes: total, sha256, chunks }).await
    }

    /// Fetches what is not here yet; the file's size.
    async fn fetch_rest(
        &mut self,
        url: &str,
        kept: &Kept,
        digest: &mut Sha256,
    ) -> Result<u64, Missing> {
        let here = kept.size() as u64;
        let response = request(url, here, None).await?;
        let status = response.status();
        if status == 404 || status == 403 && here == 0 {
            return Err(Missing::NotThere);
        }
        let header = |name: &str| response.headers().get(name).ok().flatten();
        let length = header("content-length").and_then(|length| length.parse::<u64>().ok());
        let (from, total) = match status {
            206 => (
                here,
                header("content-range")
                    .and_then(|range| size_of(&range))
                    .or(length.map(|l| here + l)),
            ),
            200 => (0, length),
            // There is no more: what is here is all, or of another file.
            416 => {
                kept.clear();
                *digest = Sha256::new();
                return Err(download(url, "it has changed meanwhile"));
            }
            _ => {
                return Err(download(
                    url,
                    &format!("it answered {status} {}", response.status_text()),
                ));
            }
        };
        if total.is_some_and(|total| total > self.most) {
            return Err(self.too_large(total.unwrap_or_default()));
        }
        if from == 0 && here > 0 {
            kept.clear();
            *digest = Sha256::new();
        }
        let counted = self.total;
        self.total += total.unwrap_or_default();
        let arrived = self.receive(url, &response, kept, digest).await;
        let size = kept.size() as u64;
        if arrived.is_err() {
            self.total = counted;
        }
        arrived?;
        match total {
            Some(total) if total != size => {
                self.total = counted;
                Err(download(url, &format!("{size} of {total} bytes arrived")))
            }
            _ => {
                self.total = counted + size;
                Ok(size)
            }
        }
    }

    async fn receive(
        &mut self,
        url: &str,
        response: &Response,
        kept: &Kept,
        digest: &mut Sha256,
    ) -> Result<(), Missing> {
        let body = response.body().ok_or_else(|| download(url, "the answer is empty"))?;
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        let broken = |error| download(url, &reason(&error));
        while let Some(part) = next_part(&reader).await.map_err(broken)? {
            kept.append(&part).map_err(|error| disk(&error))?;
            digest.update(part.to_vec());
            self.tell(kept.size() as u64, false);
        }
        Ok(())
    }

    fn tell(&mut self, part: u64, always: bool) {
        let loaded = self.loaded + part;
        if always || loaded >= self.told + PROGRESS_BYTES {
            self.told = loaded;
            let total = self.total.max(loaded);
            self.port.send(&FromWorker::Loading { loaded_bytes: loaded, total_bytes: total });
        }
    }
}

impl From<WorkerError> for Missing {
    fn from(error: WorkerError) -> Self {
        Self::Failed(error)
    }
}

/// The checksum of what is here so far.
fn digest_of(kept: &Kept) -> Sha256 {
    let mut digest = Sha256::new();
    let size = kept.size();
    let mut at = 0.0;
    while at < size {
        let piece = kept.read(at, PIECE).to_vec();
        at += piece.len() as f64;
        digest.update(piece);
    }
    digest
}

fn gigabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000_000;
    format!("{}.{} GB", tenths / 10, tenths % 10)
}
