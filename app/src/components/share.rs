//! The link to the project: to copy, or to see where copying is not allowed.

use super::dialogs::Frame;
use crate::session::{Message, Session};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Chat programs and mail cut longer links in two.
const LONG_BYTES: usize = 8_000;

#[component]
pub(crate) fn Share() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Frame title="Share">
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
        Some(true) => "Copied.",
        Some(false) => "This browser does not let the page copy. Select the link and copy it.",
    };
    let long = (link.len() > LONG_BYTES).then_some(
        "It is long: some programs will cut it off. A zip file from the menu arrives whole.",
    );
    let size = size(link.len());
    view! {
        <p>"Whoever opens this link has your files. They are in the link itself and on no server."</p>
        <div class="link">
            <input
                type="text"
                class="field"
                aria-label="Link"
                readonly
                prop:value=link
                on:focus=|event| {
                    if let Some(field) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) {
                        field.select();
                    }
                }
            />
            <button class="button" type="button" on:click=move |_| session.send(Message::CopyLink)>
                "Copy"
            </button>
        </div>
        <p class="hint">{size} {long}</p>
        <p role="status">{said}</p>
    }
}

fn size(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a tenth of a kilobyte is exact enough")]
    let kilobytes = bytes as f64 / 1_000.0;
    format!("The link has {kilobytes:.1} kB. ")
}
