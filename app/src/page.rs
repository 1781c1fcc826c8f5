//! The browser's page: its clock, its address, its document, its keys.

use crate::words::{choices, running as words};
use wasm_bindgen::{JsCast, JsValue};

/// Milliseconds since the page was opened.
pub(crate) fn now_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// When the page was opened, in milliseconds since 1970, by the clock that its workers have too.
pub(crate) fn opened_ms() -> f64 {
    let clock = web_sys::window().and_then(|window| window.performance());
    clock.map_or(0.0, |clock| clock.time_origin())
}

/// The key that goes with the arrows, as this system's users call it.
pub(crate) fn modifier() -> &'static str {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    if agent.is_some_and(|agent| agent.contains("Mac OS")) { "⌘" } else { choices::CONTROL }
}

/// Milliseconds since 1970, by the user's clock.
pub(crate) fn wall_clock_ms() -> f64 {
    js_sys::Date::now()
}

/// The same in whole milliseconds.
pub(crate) fn wall_clock_whole_ms() -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time of day")]
    let ms = wall_clock_ms() as u64;
    ms
}

pub(crate) fn document() -> Option<web_sys::Document> {
    web_sys::window().and_then(|window| window.document())
}

/// Why something failed, in the browser's words.
pub(crate) fn reason(error: &JsValue) -> String {
    let error = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    error.unwrap_or_else(|| words::NO_REASON.into())
}

/// An address that code may be sent to: encrypted, or on this machine.
pub(crate) fn secure_address(address: &str) -> Option<String> {
    let url = web_sys::Url::new(address.trim()).ok()?;
    let here = ["localhost", "127.0.0.1", "[::1]"].contains(&url.hostname().as_str());
    (url.protocol() == "https:" || (url.protocol() == "http:" && here)).then(|| url.href())
}

/// Opens an address in a tab of its own, which knows nothing of this page.
pub(crate) fn open_elsewhere(address: &str) {
    if let Some(window) = web_sys::window() {
        // A browser that blocks it says so itself.
        let _ = window.open_with_url_and_target_and_features(address, "_blank", "noopener");
    }
}

/// Loads the page anew.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        // Fails only where there is no document to load.
        let _ = window.location().reload();
    }
}

/// What follows the page's own address: `?…` and `#…`, each empty when there is none.
pub(crate) fn query_and_fragment() -> (String, String) {
    let location = web_sys::window().map(|window| window.location());
    let part = |part: fn(&web_sys::Location) -> Result<String, JsValue>| {
        location.as_ref().and_then(|location| part(location).ok()).unwrap_or_default()
    };
    (part(web_sys::Location::search), part(web_sys::Location::hash))
}

/// The page's own address with neither.
pub(crate) fn address() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    href.and_then(|href| href.split(['?', '#']).next().map(str::to_owned)).unwrap_or_default()
}

/// Takes query and fragment out of the address bar without loading anything.
pub(crate) fn clear_address() {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // Fails only in pages that have no address to change.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address()));
    }
}

/// Puts text on the clipboard; whether the browser took it.
pub(crate) async fn copied(text: String) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let written = window.navigator().clipboard().write_text(&text);
    wasm_bindgen_futures::JsFuture::from(written).await.is_ok()
}

/// Puts text on the clipboard; browsers that refuse it leave the text where it can be selected.
pub(crate) fn copy(text: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.navigator().clipboard().write_text(text);
    }
}

/// `path` made absolute against the page, so that the page works under any address.
pub(crate) fn absolute(path: &str) -> String {
    let base = document().and_then(|document| document.base_uri().ok().flatten());
    base.and_then(|base| web_sys::Url::new_with_base(path, &base).ok())
        .map_or_else(|| path.to_owned(), |url| url.href())
}

/// Does something once the next frame is drawn.
pub(crate) fn after_next_frame(act: impl FnOnce() + 'static) {
    // A task that is begun before the picture comes after it.
    with_next_frame(|| {
        gloo_timers::callback::Timeout::new(0, act).forget();
    });
}

/// Bytes of the device's memory, where the browser says so; it says eight gigabytes at most.
pub(crate) fn memory_bytes() -> Option<f64> {
    let navigator = web_sys::window()?.navigator();
    let gigabytes = js_sys::Reflect::get(&navigator, &"deviceMemory".into()).ok()?.as_f64()?;
    Some(gigabytes * f64::from(1 << 30))
}

/// Tells from now on whenever the tab is hidden (true) or shown again.
pub(crate) fn follow_visibility(act: impl Fn(bool) + 'static) {
    let changed = move |_| act(document().is_some_and(|document| document.hidden()));
    // For as long as the page is there.
    let _ = leptos::prelude::window_event_listener_untyped("visibilitychange", changed);
}

/// Whether the device says that it has a network.
pub(crate) fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Does something just before the next frame is drawn; in a hidden page, when it is shown again.
pub(crate) fn with_next_frame(act: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        let act = wasm_bindgen::closure::Closure::once_into_js(act);
        // Fails only where there is nothing to draw on.
        let _ = window.request_animation_frame(act.unchecked_ref());
    }
}

/// Takes the focus from whatever has it.
pub(crate) fn blur() {
    let focused = document().and_then(|document| document.active_element());
    if let Some(element) =
        focused.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // Fails only where the element has gone.
        let _ = element.blur();
    }
}
