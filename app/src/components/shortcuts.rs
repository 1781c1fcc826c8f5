//! Keys that mean the same wherever the focus is.

use crate::session::{Message, Session};
use leptos::prelude::*;

/// Listens until the page goes. In the capture phase: the editor knows some of these keys too.
pub(crate) fn listen(session: Session) {
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        // By its place on the keyboard: with Alt, some systems make another letter of it.
        if event.alt_key() && event.shift_key() && event.code() == "KeyF" {
            event.prevent_default();
            session.send(Message::Format);
        }
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return;
        }
        let message = match (event.key().as_str(), event.shift_key()) {
            ("Enter", false) => Message::Run,
            ("Enter", true) => Message::RunSelection,
            (".", _) => Message::Stop,
            _ => return,
        };
        event.prevent_default();
        session.send(message);
    });
    on_cleanup(move || listener.remove());
}
