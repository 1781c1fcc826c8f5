//! Keys that outlive the page, locked with a passphrase.

use crate::session::{Message, Session};
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
        (true, false) => "Unlock",
        (true, true) => "Lock anew",
        (false, _) => "Keep locked",
    };
    let hint = move || {
        if kept.get() {
            "Keys are kept in this browser, locked with your passphrase."
        } else {
            "Keys can be kept in this browser, locked with a passphrase that is kept nowhere."
        }
    };
    view! {
        <Show when=move || kept.get() || has_keys.get()>
            <form class="connection locked" on:submit=submit>
                <p class="hint">{hint}</p>
                <label>
                    "Passphrase"
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
                            "Forget kept keys"
                        </button>
                    </Show>
                </div>
            </form>
        </Show>
    }
}
