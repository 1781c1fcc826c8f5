//! The place of the editor. What is inside belongs to `crate::editor`.

use super::tabs::tab_id;
use crate::session::{Message, Session};
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
            "Suggestions appear as grey text after the cursor. Tab accepts one, \
             or goes to the next place that should follow your last change. \
             To leave the editor press Escape, then Tab."
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
