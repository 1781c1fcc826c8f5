//! What the engine is doing: loading, how fast it was, or why it is not there.

use crate::engines::Status;
use crate::session::{Message, Session, Speed};
use crate::words::frame as words;
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
        Status::Starting => words::STARTING.into(),
        Status::Loading { .. } => words::LOADING.into(),
        Status::Ready { name, .. } => name.clone(),
        Status::Restarting => words::RESTARTING.into(),
        Status::Remote { name } => words::remote(name),
        Status::Failed { .. } => words::NO_SUGGESTIONS.into(),
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
                {words::TRY_AGAIN}
            </button>
        }
        .into_any(),
        Status::Starting | Status::Restarting => ().into_any(),
    }
}

fn download(loaded_bytes: u64, total_bytes: u64) -> impl IntoView {
    view! {
        <progress aria-label=words::DOWNLOAD max=total_bytes.to_string() value=loaded_bytes.to_string()></progress>
        <span class="fact">{words::downloaded(loaded_bytes, total_bytes)}</span>
    }
}

#[component]
fn Pace() -> impl IntoView {
    let session = expect_context::<Session>();
    let speed = session.see(|screen| screen.speed);
    let show = |Speed { tokens_per_second, first_text_ms }| {
        view! {
            {tokens_per_second.map(|rate| view! {
                <span class="fact pace" title=words::RATE_IS>
                    {words::rate(rate)}
                </span>
            })}
            <span class="fact pace" title=words::FIRST_TEXT_IS>
                {words::first_text(first_text_ms)}
            </span>
        }
    };
    move || speed.get().map(show)
}
