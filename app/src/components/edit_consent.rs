//! Leave to send a request: everything that would leave, before anything does.

use super::edit_bar::button;
use crate::session::{Message, Sent, Session};
use crate::words::edit as words;
use leptos::html::Button;
use leptos::prelude::*;

#[component]
pub(super) fn Consent() -> impl IntoView {
    let session = expect_context::<Session>();
    let send = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(send) = send.get() {
            // Fails only for elements that cannot have the focus.
            let _ = send.focus();
        }
    });
    let outgoing = session.now(|screen| screen.edit.outgoing.clone());
    let url = outgoing.url.clone();
    view! {
        <div class="edit-consent">
            <p>
                {words::LEAVES} <strong>{url}</strong>
                {words::LEAVES_IF}
            </p>
            <Payload sent=outgoing />
            <div class="edit-buttons">
                <button
                    class="button"
                    type="button"
                    node_ref=send
                    on:click=move |_| session.send(Message::AllowSending)
                >
                    {words::ALLOW}
                </button>
                {button(session, words::DO_NOT_SEND, || Message::DoNotSend)}
            </div>
        </div>
    }
}

/// A request as it goes out.
#[component]
pub(super) fn Payload(sent: Sent) -> impl IntoView {
    let Sent { url, body, keyed, redacted, reason, .. } = sent;
    let key =
        if keyed { format!("\nauthorization: Bearer {}", words::YOUR_KEY) } else { String::new() };
    let taken = words::redacted(redacted);
    view! {
        <p class="edit-reason">{reason}</p>
        <pre class="said" tabindex="0" role="region" aria-label=words::IS_SAID>{said(&body)}</pre>
        <details>
            <summary>{words::BYTES}</summary>
            <pre class="payload" tabindex="0" role="region" aria-label=words::IS_SENT>
                {format!("POST {url}\ncontent-type: application/json{key}\n\n{body}")}
            </pre>
        </details>
        {(!taken.is_empty()).then(|| view! { <p class="hint">{taken}</p> })}
    }
}

/// The texts in a request's body, as people read them.
fn said(body: &str) -> String {
    let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let messages = body.get("messages").and_then(|messages| messages.as_array());
    let texts =
        messages.into_iter().flatten().filter_map(|message| message.get("content")?.as_str());
    texts.collect::<Vec<_>>().join("\n\n———\n\n")
}
