//! The page without a network, behind `app/js/offline.js`: whether all of it is stored, and whether a
//! newer one waits. The service worker's own code is `app/service_worker/`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "flint-offline")]
extern "C" {
    fn begin(report: &JsValue);
    fn controlled() -> bool;
    #[wasm_bindgen(js_name = takeOver)]
    fn take_over();
    #[wasm_bindgen(js_name = forgetPacks)]
    fn forget_kept_packs();
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// The page, its model and its languages work without a network from now on.
    Ready,
    /// A newer version is stored and takes over when the user says so.
    Update,
}

/// Has everything stored; reports as long as the page lives.
pub(crate) fn store_everything(report: impl Fn(Signal) + 'static) {
    let hear = move |word: String| match word.as_str() {
        "ready" => report(Signal::Ready),
        "update" => report(Signal::Update),
        _ => {}
    };
    begin(&Closure::<dyn Fn(String)>::new(hear).into_js_value());
}

/// Whether the service worker answers for frames that are opened now.
pub(crate) fn is_controlled() -> bool {
    controlled()
}

/// Gives back the room of what was fetched because the user wanted it.
pub(crate) fn forget_packs() {
    forget_kept_packs();
}

/// Loads the page anew, in its newest version.
pub(crate) fn reload() {
    take_over();
}
