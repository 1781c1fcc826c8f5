//! SHA-256 of bytes outside the WebAssembly memory: by the browser, off this thread, or where a page
//! without encryption has none, here.

use js_sys::Uint8Array;
use sha2::{Digest, Sha256};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::DedicatedWorkerGlobalScope;

/// Bytes hashed here at a time.
const PART: u32 = 1 << 20;

/// Lower-case hex.
pub(crate) async fn sha256(bytes: &Uint8Array) -> String {
    let digest = match by_the_browser(bytes).await {
        Some(digest) => digest.to_vec(),
        None => by_ourselves(bytes),
    };
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn by_the_browser(bytes: &Uint8Array) -> Option<Uint8Array> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let subtle = scope.crypto().ok()?.subtle();
    if subtle.is_undefined() {
        return None;
    }
    let digest = subtle.digest_with_str_and_js_u8_array("SHA-256", bytes).ok()?;
    let digest = JsFuture::from(digest).await.ok()?;
    Some(Uint8Array::new(&digest))
}

fn by_ourselves(bytes: &Uint8Array) -> Vec<u8> {
    let mut hasher = Sha256::new();
    let mut start = 0;
    while start < bytes.length() {
        let end = bytes.length().min(start + PART);
        hasher.update(bytes.subarray(start, end).to_vec());
        start = end;
    }
    hasher.finalize().to_vec()
}
