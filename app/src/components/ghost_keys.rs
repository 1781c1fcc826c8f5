//! What can be done with the ghost text: its keys, which are buttons too, for hands without keys.

use crate::editor::GhostKey;
use crate::page;
use crate::session::{Message, Session};
use leptos::prelude::*;

#[component]
pub(crate) fn GhostKeys() -> impl IntoView {
    let session = expect_context::<Session>();
    let shown = session.see(|screen| screen.ghost_shown);
    let modifier = page::modifier();
    let keys = [
        ("Tab".to_owned(), "accept", GhostKey::AcceptAll),
        (format!("{modifier} →"), "word", GhostKey::AcceptWord),
        (format!("{modifier} ↓"), "line", GhostKey::AcceptLine),
        ("Esc".to_owned(), "dismiss", GhostKey::Dismiss),
    ];
    let button = move |(key, verb, meaning): (String, &'static str, GhostKey)| {
        view! {
            <button
                class="ghost-key"
                type="button"
                tabindex="-1"
                // The focus and the phone's keyboard stay with the editor.
                on:pointerdown=|event| event.prevent_default()
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| session.send(Message::Ghost(meaning))
            >
                <kbd>{key}</kbd>
                <span>{verb}</span>
            </button>
        }
    };
    view! {
        <div class="ghost-keys" role="group" aria-label="Suggestion" hidden=move || !shown.get()>
            {keys.map(button).collect_view()}
        </div>
    }
}
