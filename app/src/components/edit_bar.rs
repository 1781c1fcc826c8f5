//! The bar above the code: what a model shall change, leave to send it, how it goes, and what becomes
//! of each change.

use super::edit_consent::Consent;
use super::edit_review::{Count, Reviewing, Steps};
use super::edit_words::Words;
use super::icon::Icon;
use super::lazy::LazyEditSteps;
use super::said::Said;
use crate::session::{Dialog, EditStep, Message, Session};
use crate::words::edit as words;
use leptos::prelude::*;

#[component]
pub(crate) fn EditBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let step = session.see(|screen| screen.edit.step);
    view! {
        <section
            class="edit-bar"
            aria-label=words::BAR
            data-step=move || word(step.get())
            hidden=move || step.get() == EditStep::Closed
        >
            <LazyEditSteps />
        </section>
    }
}

/// What the bar holds, which is fetched when it is first wanted.
#[component]
pub(super) fn EditSteps() -> impl IntoView {
    let session = expect_context::<Session>();
    let step = session.see(|screen| screen.edit.step);
    move || match step.get() {
        EditStep::Closed => ().into_any(),
        EditStep::Writing => view! { <Words /> }.into_any(),
        EditStep::Consent => view! { <Consent /> }.into_any(),
        EditStep::Asking => view! { <Asking /> }.into_any(),
        EditStep::Reviewing => view! { <Reviewing /> }.into_any(),
        EditStep::Answered => view! { <Answered /> }.into_any(),
        EditStep::Failed => view! { <Failed /> }.into_any(),
    }
}

fn word(step: EditStep) -> &'static str {
    match step {
        EditStep::Closed => "closed",
        EditStep::Writing => "writing",
        EditStep::Consent => "consent",
        EditStep::Asking => "asking",
        EditStep::Reviewing => "reviewing",
        EditStep::Answered => "answered",
        EditStep::Failed => "failed",
    }
}

pub(super) fn button(
    session: Session,
    label: &'static str,
    message: fn() -> Message,
) -> impl IntoView {
    view! {
        <button class="button" type="button" on:click=move |_| session.send(message())>
            {label}
        </button>
    }
}

/// A button with the key that does the same.
pub(super) fn keyed(
    session: Session,
    label: &'static str,
    key: &'static str,
    message: impl Fn() -> Message + 'static,
) -> impl IntoView {
    view! {
        <button
            class="ghost-key"
            type="button"
            on:pointerdown=|event| event.prevent_default()
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| session.send(message())
        >
            <kbd>{key}</kbd>
            <span>{label}</span>
        </button>
    }
}

pub(super) fn close(session: Session) -> impl IntoView {
    view! {
        <button
            class="icon-button"
            type="button"
            aria-label=words::CLOSE
            title=words::CLOSE_BY_KEY
            on:click=move |_| session.send(Message::CloseInstruction)
        >
            {Icon::Close.draw()}
        </button>
    }
}

#[component]
fn Asking() -> impl IntoView {
    let session = expect_context::<Session>();
    let server = session.see(|screen| screen.edit.connection.clone().unwrap_or_default());
    let pieces = session.see(|screen| (screen.edit.pieces, screen.edit.rate));
    let read = session.see(|screen| screen.edit.read);
    let reason = session.now(|screen| screen.edit.reason.clone());
    let changes = session.now(|screen| screen.edit.wish.task.changes());
    view! {
        <p class="edit-words" role="status">
            {move || words::answers(&server.get())} <span class="edit-reason">{reason}</span>
        </p>
        <span class="edit-fact">
            {move || {
                let (pieces, rate) = pieces.get();
                match (pieces, read.get()) {
                    (0, read) => read.map(words::reads),
                    _ => Some(words::pace(pieces, rate)),
                }
            }}
        </span>
        <Show when=move || changes><Count /></Show>
        <Said />
        <div class="edit-buttons">{keyed(session, words::STOP, words::STOP_KEY, || Message::StopEdit)}</div>
        <Steps />
        <Flags />
    }
}

#[component]
fn Answered() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Said />
        <Problems />
        <Flags />
        <div class="edit-buttons">
            {button(session, words::ASK_MORE, || Message::OpenInstruction)}
        </div>
        {close(session)}
    }
}

#[component]
pub(super) fn Problems() -> impl IntoView {
    let session = expect_context::<Session>();
    let problems = session.see(|screen| screen.edit.problems.clone());
    let line = |problem| view! { <li>{problem}</li> };
    view! {
        <div class="edit-problems" role="status">
            <ul class="plain">{move || problems.get().into_iter().map(line).collect_view()}</ul>
        </div>
    }
}

/// What is to be known of changes that can be made all the same.
#[component]
pub(super) fn Flags() -> impl IntoView {
    let session = expect_context::<Session>();
    let flags = session.see(|screen| screen.edit.flags.clone());
    let line = |flag| view! { <li>{flag}</li> };
    view! {
        <div class="edit-problems edit-flags" role="status">
            <ul class="plain">{move || flags.get().into_iter().map(line).collect_view()}</ul>
        </div>
    }
}

#[component]
fn Failed() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Problems />
        <div class="edit-buttons">
            {button(session, words::ASK_AGAIN, || Message::AskAgain)}
            {button(session, words::OTHER_WORDS, || Message::OpenInstruction)}
            {button(session, words::CONNECTIONS, || Message::OpenDialog(Dialog::Connections))}
        </div>
        {close(session)}
    }
}
