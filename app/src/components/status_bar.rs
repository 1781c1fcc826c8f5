//! The bottom line: the engine, the ghost text's keys, the cursor, the switch for suggestions.

use super::engine::{Engine, word};
use super::ghost_keys::GhostKeys;
use crate::session::{Dialog, Message, Session};
use crate::words::frame as words;
use leptos::prelude::*;

#[component]
pub(crate) fn StatusBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let engine = session.see(|screen| word(&screen.engine));
    let requests = session.see(|screen| screen.requests);
    let cache_hits = session.see(|screen| screen.cache_hits);
    let awaiting = session.see(|screen| screen.awaiting);
    let place = session.see(|screen| (screen.line, screen.column));
    let on = session.see(|screen| screen.suggestions_on);
    let keeps_text = session.see(|screen| screen.keeps_text);
    let offline = session.see(|screen| screen.offline_ready);
    let not_kept = view! {
        <span class="fact warning" title=words::NOT_SAVED_WHY>
            {words::NOT_SAVED}
        </span>
    };
    view! {
        <footer
            class="status-bar"
            data-engine=engine
            data-requests=requests
            data-cache-hits=cache_hits
            data-awaiting=move || awaiting.get().to_string()
            data-offline=move || offline.get().then_some("ready")
        >
            <Engine />
            <Show when=move || offline.get()>
                <span class="fact offline" title=words::WORKS_OFFLINE_WHY>
                    {words::WORKS_OFFLINE}
                </span>
            </Show>
            <GhostKeys />
            <Show when=move || !keeps_text.get()>{not_kept.clone()}</Show>
            <Allowed />
            <span class="fact place">
                {move || words::place(place.get().0, place.get().1)}
            </span>
            <button
                class="switch"
                type="button"
                role="switch"
                aria-checked=move || on.get().to_string()
                on:click=move |_| session.send(Message::ToggleSuggestions)
            >
                {words::SUGGESTIONS}
            </button>
        </footer>
    }
}

/// Says that programs of this project may speak to somebody, and leads to whom.
#[component]
fn Allowed() -> impl IntoView {
    let session = expect_context::<Session>();
    let hosts = session.see(|screen| screen.network.clone());
    move || {
        let hosts = hosts.get();
        let title = words::may_reach(&hosts);
        let open = move |_| session.send(Message::OpenDialog(Dialog::Network));
        (!hosts.is_empty()).then(|| {
            view! {
                <button class="allowed" type="button" title=title on:click=open>
                    {words::NETWORK_ON}
                </button>
            }
        })
    }
}
