//! What the engine is doing: loading, how fast it was, or why it is not there.

use crate::engines::Status;
use crate::session::{Message, Session, Speed};
use leptos::prelude::*;

/// The status as one word, for the style sheet and for tests.
pub(crate) fn word(status: &Status) -> &'static str {
    match status {
        Status::Starting => "starting",
        Status::Loading { .. } => "loading",
        Status::Ready { .. } => "ready",
        Status::Restarting => "restarting",
        Status::Remote { .. } => "remote",
        Status::Failed { .. } => "failed",
    }
}

#[component]
pub(crate) fn Engine() -> impl IntoView {
    let session = expect_context::<Session>();
    let status = session.see(|screen| screen.engine.clone());
    let label = session.see(|screen| label(&screen.engine));
    view! {
        <div class="engine">
            <span class="lamp" aria-hidden="true"></span>
            <span class="engine-label" role="status">
                {label}
            </span>
            {move || detail(session, status.get())}
        </div>
    }
}

/// Short, and the same all through a download, so that it is read aloud once.
fn label(status: &Status) -> String {
    match status {
        Status::Starting => "Starting the model".into(),
        Status::Loading { .. } => "Loading the model".into(),
        Status::Ready { name, .. } => name.clone(),
        Status::Restarting => "Restarting the model".into(),
        Status::Remote { name } => format!("Remote: {name}"),
        Status::Failed { .. } => "No suggestions".into(),
    }
}

fn detail(session: Session, status: Status) -> AnyView {
    match status {
        Status::Loading { loaded_bytes, total_bytes } => {
            download(loaded_bytes, total_bytes).into_any()
        }
        Status::Ready { info, .. } => view! {
            <span class="fact backend">{info.backend}</span>
            <Pace />
        }
        .into_any(),
        Status::Remote { .. } | Status::Failed { .. } => view! {
            <button class="button" type="button" on:click=move |_| session.send(Message::StartEngine)>
                "Try again"
            </button>
        }
        .into_any(),
        Status::Starting | Status::Restarting => ().into_any(),
    }
}

fn download(loaded_bytes: u64, total_bytes: u64) -> impl IntoView {
    #[expect(clippy::cast_precision_loss, reason = "a tenth of a megabyte is exact enough")]
    let megabytes = |bytes: u64| format!("{:.1}", bytes as f64 / 1e6);
    view! {
        <progress aria-label="Model download" max=total_bytes.to_string() value=loaded_bytes.to_string()></progress>
        <span class="fact">{megabytes(loaded_bytes)} " of " {megabytes(total_bytes)} " MB"</span>
    }
}

#[component]
fn Pace() -> impl IntoView {
    let session = expect_context::<Session>();
    let speed = session.see(|screen| screen.speed);
    let show = |Speed { tokens_per_second, first_text_ms }| {
        view! {
            {tokens_per_second.map(|rate| view! {
                <span class="fact pace" title="Tokens per second while decoding, over the last answers">
                    {format!("{rate:.0} tok/s")}
                </span>
            })}
            <span class="fact pace" title="From the keystroke to the first text">
                {format!("first text {first_text_ms:.0} ms")}
            </span>
        }
    };
    move || speed.get().map(show)
}
