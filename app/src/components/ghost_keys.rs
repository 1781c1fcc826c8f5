//! What can be done with the ghost text or the next edit: the keys, which are buttons too, for hands
//! without keys.

use crate::editor::GhostKey;
use crate::keys;
use crate::page;
use crate::session::{Message, Session};
use crate::words::frame as words;
use leptos::prelude::*;

const GHOST: [(GhostKey, &str); 5] = [
    (GhostKey::AcceptAll, words::ACCEPT),
    (GhostKey::AcceptWord, words::WORD),
    (GhostKey::AcceptLine, words::LINE),
    (GhostKey::Next, words::OTHER),
    (GhostKey::Dismiss, words::DISMISS),
];
const NEXT: [(GhostKey, &str); 2] =
    [(GhostKey::AcceptNext, ""), (GhostKey::Dismiss, words::DISMISS)];

#[component]
pub(crate) fn GhostKeys() -> impl IntoView {
    let session = expect_context::<Session>();
    let shown = session.see(|screen| screen.ghost_shown);
    let alternative = session.see(|screen| screen.alternative);
    let keys = session.see(|screen| screen.settings.keys.clone());
    let modifier = page::modifier();
    let next = session.see(|screen| screen.next_edit.clone().filter(|_| !screen.ghost_shown));
    let follows = Memo::new(move |_| next.read().is_some());
    let button = move |(meaning, verb): (GhostKey, &'static str)| {
        let counted = move || match alternative.get() {
            Some((place, count)) if meaning == GhostKey::Next => words::counted(verb, place, count),
            _ if meaning == GhostKey::AcceptNext => next.get().unwrap_or_default(),
            _ => verb.to_owned(),
        };
        let key = if meaning == GhostKey::AcceptNext { GhostKey::AcceptAll } else { meaning };
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
                <kbd>{move || keys::label(keys.get().of(key), modifier)}</kbd>
                <span>{counted}</span>
            </button>
        }
    };
    view! {
        <div class="ghost-keys" role="group" aria-label=words::SUGGESTION hidden=move || !shown.get() && !follows.get()>
            {move || {
                let buttons = if follows.get() { &NEXT[..] } else { &GHOST[..] };
                buttons.iter().copied().map(button).collect_view()
            }}
        </div>
    }
}
