//! Keys that outlive the page, locked with a passphrase.

use crate::session::{Message, Session};
use crate::words::connections as words;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

#[component]
pub(super) fn LockedKeys() -> impl IntoView {
    let session = expect_context::<Session>();
    let (has_keys, kept) = (
        session.see(|screen| screen.connections.has_keys),
        session.see(|screen| screen.connections.keeps_locked),
    );
    let field = NodeRef::<Input>::new();
    let words = move || {
        let field = field.get_untracked();
        let words = field.as_ref().map(|field| field.value()).unwrap_or_default();
        if let Some(field) = field {
            field.set_value("");
        }
        words
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let opens = kept.get_untracked() && !has_keys.get_untracked();
        let words = words();
        session.send(if opens { Message::UnlockKeys(words) } else { Message::LockKeys(words) });
    };
    let label = move || match (kept.get(), has_keys.get()) {
        (true, false) => words::UNLOCK,
        (true, true) => words::LOCK_ANEW,
        (false, _) => words::KEEP_LOCKED,
    };
    let hint = move || {
        if kept.get() { words::KEPT } else { words::CAN_BE_KEPT }
    };
    view! {
        <Show when=move || kept.get() || has_keys.get()>
            <form class="connection locked" on:submit=submit>
                <p class="hint">{hint}</p>
                <label>
                    {words::PASSPHRASE}
                    <input class="field" type="password" autocomplete="off" node_ref=field />
                </label>
                <div class="edit-buttons">
                    <button class="button" type="submit">{label}</button>
                    <Show when=move || kept.get()>
                        <button
                            class="button"
                            type="button"
                            on:click=move |_| session.send(Message::ForgetLockedKeys)
                        >
                            {words::FORGET_KEPT}
                        </button>
                    </Show>
                </div>
            </form>
        </Show>
    }
}
