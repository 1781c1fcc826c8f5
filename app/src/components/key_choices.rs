//! The suggestions' keys in the settings: press a button, then the key.

use crate::editor::GhostKey;
use crate::keys::{self, DEEDS, Held};
use crate::page;
use crate::session::{Message, Session};
use crate::words::settings as words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

#[component]
pub(crate) fn KeyChoices() -> impl IntoView {
    let session = expect_context::<Session>();
    let waiting = RwSignal::new(None::<GhostKey>);
    let row = move |(deed, words, _): (GhostKey, &'static str, &'static str)| {
        view! { <Row deed words waiting /> }
    };
    let first = session.see(|screen| screen.settings.keys.are_the_first());
    let restore = move |_| {
        let mut settings = session.now(|screen| screen.settings.clone());
        settings.keys = keys::Keys::default();
        session.send(Message::ChangeSettings(settings));
    };
    view! {
        <h3>{words::KEYS}</h3>
        <p class="hint">
            {words::KEYS_HOW}
        </p>
        {DEEDS.map(row).collect_view()}
        <button class="button" type="button" disabled=move || first.get() on:click=restore>
            {words::RESTORE_KEYS}
        </button>
    }
}

#[component]
pub(crate) fn OtherKeys() -> impl IntoView {
    let row = |(words, keys): (&'static str, &str)| {
        let keys = keys.replace('⌘', page::modifier());
        view! {
            <div class="choice">
                <dt>{words}</dt>
                <dd>
                    <kbd>{keys}</kbd>
                </dd>
            </div>
        }
    };
    view! {
        <h3>{words::OTHER_KEYS}</h3>
        <dl class="other-keys">{words::OTHERS.map(row).collect_view()}</dl>
    }
}

#[component]
fn Row(deed: GhostKey, words: &'static str, waiting: RwSignal<Option<GhostKey>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let key = session.see(move |screen| screen.settings.keys.of(deed).to_owned());
    let refused = session.see(move |screen| {
        screen.key_refused.clone().filter(|(refused, _)| *refused == deed).map(|(_, why)| why)
    });
    let waits = move || waiting.get() == Some(deed);
    let on_key = move |event: KeyboardEvent| {
        if !waits() {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        let mac = page::modifier() == "⌘";
        let held = Held {
            command: if mac { event.meta_key() } else { event.ctrl_key() },
            alt: event.alt_key(),
            shift: event.shift_key(),
        };
        if let Some(key) = keys::pressed(held, &event.key(), &event.code()) {
            waiting.set(None);
            session.send(Message::ChooseKey(deed, key));
        }
    };
    let label = move || match waits() {
        true => words::PRESS_A_KEY.to_owned(),
        false => keys::label(&key.get(), page::modifier()),
    };
    view! {
        <div class="choice">
            <span id=format!("key-{words}")>
                {words}
                <span class="hint warning" role="status">{move || refused.get()}</span>
            </span>
            <button
                class="button key"
                type="button"
                aria-pressed=move || waits().to_string()
                aria-label=move || words::key_of(words, &label())
                on:click=move |_| waiting.set((!waits()).then_some(deed))
                on:keydown=on_key
                // Who goes on with the mouse has thought better of it: no key is caught later.
                on:blur=move |_| waiting.set(None)
            >
                {label}
            </button>
        </div>
    }
}
