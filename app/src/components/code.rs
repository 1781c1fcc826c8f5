//! The place of the editor. What is inside belongs to `crate::editor`.

use super::tabs::tab_id;
use crate::session::{Message, Session};
use crate::words::frame as words;
use leptos::html::Div;
use leptos::prelude::*;
use std::time::Duration;

#[component]
pub(crate) fn Code() -> impl IntoView {
    let session = expect_context::<Session>();
    let open = session.see(|screen| screen.open);
    let place = NodeRef::<Div>::new();
    // The editor comes with a turn of its own, so that no turn is long.
    place.on_load(move |parent| {
        set_timeout(move || session.send(Message::Mounted(parent.into())), Duration::ZERO);
    });
    view! {
        <p id="editor-help" class="unseen">
            {words::EDITOR_HELP}
        </p>
        <div
            class="code"
            id="code"
            role="tabpanel"
            aria-labelledby=move || tab_id(open.get())
            node_ref=place
        ></div>
    }
}
