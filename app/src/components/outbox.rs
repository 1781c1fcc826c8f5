//! Everything that has left this page for model servers, newest first.

use super::dialogs::Frame;
use super::edit_consent::Payload;
use crate::diff;
use crate::session::{Sent, Session};
use crate::words::dialogs as words;
use leptos::prelude::*;

#[component]
pub(crate) fn Outbox() -> impl IntoView {
    let session = expect_context::<Session>();
    let sent = session.see(|screen| screen.outbox.clone());
    view! {
        <Frame title=words::OUTBOX>
            <div class="dialog-text scrolls outbox">
                {move || {
                    let sent = sent.get();
                    if sent.is_empty() {
                        return view! {
                            <p>{words::NOTHING_SENT}</p>
                        }
                            .into_any();
                    }
                    sent.iter().map(|sent| view! { <One sent=sent.clone() /> }).collect_view().into_any()
                }}
            </div>
        </Frame>
    }
}

#[component]
fn One(sent: Sent) -> impl IntoView {
    #[expect(clippy::cast_precision_loss, reason = "a time of day")]
    let time = diff::time(sent.at_ms as f64);
    let outcome =
        if sent.outcome.is_empty() { words::UNDER_WAY.to_owned() } else { sent.outcome.clone() };
    view! {
        <h3>{time}" · "{sent.url.clone()}</h3>
        <p class="hint">{outcome}</p>
        <Payload sent />
    }
}
