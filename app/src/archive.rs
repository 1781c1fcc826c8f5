//! The browser's database behind `app/js/archive.js`: the draft, and snapshots to go back to.

use crate::history::Snapshot;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(raw_module = "flint-archive")]
extern "C" {
    fn outlives() -> bool;
    fn draft() -> Option<String>;
    #[wasm_bindgen(js_name = snapshotsThen)]
    fn snapshots_then() -> String;
    #[wasm_bindgen(js_name = onKeptElsewhere)]
    fn on_kept_elsewhere(callback: &JsValue);
    #[wasm_bindgen(js_name = keepDraft)]
    fn keep_draft(text: &str) -> js_sys::Promise;
    fn persist();
    fn snapshots() -> js_sys::Promise;
    #[wasm_bindgen(js_name = addSnapshot)]
    fn add_snapshot(id: f64, snapshot: &str, body: &str, removed: Vec<f64>) -> js_sys::Promise;
    fn body(id: f64) -> js_sys::Promise;
}

/// The database, or what stands in for it while the page is open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Archive;

impl Archive {
    /// Whether what is kept is still there after the page is closed.
    pub(crate) fn outlives(self) -> bool {
        outlives()
    }

    /// The draft that was there when the page was opened.
    pub(crate) fn first_draft(self) -> Option<String> {
        draft()
    }

    /// The snapshots that were there when the page was opened.
    pub(crate) fn first_snapshots(self) -> Vec<Snapshot> {
        serde_json::from_str(&snapshots_then()).unwrap_or_default()
    }

    /// Calls back, as long as the page lives, whenever another page of this site keeps its draft.
    pub(crate) fn on_kept_elsewhere(self, callback: impl Fn() + 'static) {
        on_kept_elsewhere(&Closure::<dyn Fn()>::new(callback).into_js_value());
    }

    /// Writing begins before this returns; whether it came to its end is known later.
    pub(crate) fn keep_draft(self, text: &str) -> impl Future<Output = bool> + use<> {
        let kept = JsFuture::from(keep_draft(text));
        async { kept.await.is_ok_and(|kept| kept.is_truthy()) }
    }

    pub(crate) fn ask_to_persist(self) {
        persist();
    }

    pub(crate) async fn snapshots(self) -> Vec<Snapshot> {
        let list = JsFuture::from(snapshots()).await.ok().and_then(|list| list.as_string());
        list.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default()
    }

    pub(crate) fn add_snapshot(
        self,
        snapshot: &Snapshot,
        text: &str,
        removed: Vec<f64>,
    ) -> impl Future<Output = bool> + use<> {
        let about = serde_json::to_string(snapshot).unwrap_or_default();
        let kept = JsFuture::from(add_snapshot(snapshot.id, &about, text, removed));
        async { kept.await.is_ok_and(|kept| kept.is_truthy()) }
    }

    /// What a snapshot holds; None when it is gone.
    pub(crate) async fn body(self, id: f64) -> Option<String> {
        JsFuture::from(body(id)).await.ok()?.as_string()
    }
}
