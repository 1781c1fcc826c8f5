//! Keys locked with a passphrase, behind `app/js/locked.js`, as they may be kept.

use std::collections::HashMap;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(raw_module = "flint-locked")]
extern "C" {
    #[wasm_bindgen(js_name = lock)]
    fn js_lock(text: &str, passphrase: &str) -> js_sys::Promise;
    #[wasm_bindgen(js_name = unlock)]
    fn js_unlock(locked: &str, passphrase: &str) -> js_sys::Promise;
}

/// Keys by the names of their connections.
pub(crate) type Keys = HashMap<String, String>;

/// The keys, locked; None where the browser cannot.
pub(crate) fn lock(keys: &Keys, passphrase: &str) -> impl Future<Output = Option<String>> + use<> {
    let locked =
        JsFuture::from(js_lock(&serde_json::to_string(keys).unwrap_or_default(), passphrase));
    async move { locked.await.ok()?.as_string() }
}

/// The keys; None for another passphrase.
pub(crate) fn unlock(locked: &str, passphrase: &str) -> impl Future<Output = Option<Keys>> + use<> {
    let keys = JsFuture::from(js_unlock(locked, passphrase));
    async move { serde_json::from_str(&keys.await.ok()?.as_string()?).ok() }
}
