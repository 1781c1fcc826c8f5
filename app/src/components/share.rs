//! The link to the project: to copy, or to see where copying is not allowed.

use super::dialogs::Frame;
use crate::session::{Message, Session};
use crate::words::dialogs as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Chat programs and mail cut longer links in two.
const LONG_BYTES: usize = 8_000;

#[component]
pub(crate) fn Share() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Frame title=words::SHARE>
            <div class="dialog-text">
                {match session.now(|screen| screen.share.clone()).map(|share| share.link) {
                    None => ().into_any(),
                    Some(Ok(link)) => view! { <Link link /> }.into_any(),
                    Some(Err(problem)) => view! { <p>{problem}</p> }.into_any(),
                }}
            </div>
        </Frame>
    }
}

#[component]
fn Link(link: String) -> impl IntoView {
    let session = expect_context::<Session>();
    let copied = session.see(|screen| screen.share.as_ref().and_then(|share| share.copied));
    let said = move || match copied.get() {
        None => "",
        Some(true) => words::COPIED,
        Some(false) => words::NOT_COPIED,
    };
    let long = (link.len() > LONG_BYTES).then_some(words::LONG_LINK);
    let size = words::link_size(link.len());
    view! {
        <p>{words::LINK_IS}</p>
        <div class="link">
            <input
                type="text"
                class="field"
                aria-label=words::LINK
                readonly
                prop:value=link
                on:focus=|event| {
                    if let Some(field) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) {
                        field.select();
                    }
                }
            />
            <button class="button" type="button" on:click=move |_| session.send(Message::CopyLink)>
                {words::COPY}
            </button>
        </div>
        <p class="hint">{size} {long}</p>
        <p role="status">{said}</p>
    }
}
