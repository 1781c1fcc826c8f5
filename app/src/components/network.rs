//! Which hosts this project's programs may reach, as the user names them.

use super::dialogs::Frame;
use crate::session::{Message, Session};
use crate::words::dialogs as words;
use leptos::ev::SubmitEvent;
use leptos::html::Textarea;
use leptos::prelude::*;

#[component]
pub(crate) fn Network() -> impl IntoView {
    let session = expect_context::<Session>();
    let hosts = session.now(|screen| screen.network.join("\n"));
    let field = NodeRef::<Textarea>::new();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            session.send(Message::AllowNetwork(field.value()));
        }
    };
    view! {
        <Frame title=words::NETWORK>
            <form class="dialog-text scrolls" on:submit=save>
                <p>
                    {words::NETWORK_IS}
                </p>
                <label>
                    {words::HOSTS}
                    <textarea
                        class="field"
                        rows="4"
                        placeholder="api.example.org"
                        spellcheck="false"
                        autocapitalize="off"
                        node_ref=field
                        prop:value=hosts
                    ></textarea>
                </label>
                <p class="hint">{words::HOSTS_HINT}</p>
                <button class="button" type="submit">{words::ALLOW_HOSTS}</button>
            </form>
        </Frame>
    }
}
