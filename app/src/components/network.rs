//! Which hosts this project's programs may reach, as the user names them.

use super::dialogs::Frame;
use crate::session::{Message, Session};
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
        <Frame title="Network">
            <form class="dialog-text scrolls" on:submit=save>
                <p>
                    "Programs reach no host unless you name it here. What they know, they can tell it: the files \
                     of this project and the input that you give. Only this project gets this leave, in this \
                     browser; a link or an export does not carry it."
                </p>
                <label>
                    "Hosts, one below the other"
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
                <p class="hint">"A * stands for any host. Each is asked over https, and must allow requests from any page."</p>
                <button class="button" type="submit">"Allow these"</button>
            </form>
        </Frame>
    }
}
