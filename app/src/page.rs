//! The browser's page: its clock, its address, its document, its keys.

/// Milliseconds since the page was opened.
pub(crate) fn now_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// The key that goes with the arrows, as this system's users call it.
pub(crate) fn modifier() -> &'static str {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    if agent.is_some_and(|agent| agent.contains("Mac OS")) { "⌘" } else { "Ctrl" }
}

pub(crate) fn document() -> Option<web_sys::Document> {
    web_sys::window().and_then(|window| window.document())
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
