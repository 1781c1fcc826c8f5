//! The bar above the code: what a model shall change, leave to send it, how it goes, and what becomes
//! of each change.

use super::icon::Icon;
use super::said::Said;
use crate::session::{Dialog, EditStep, EditView, Message, Sent, Session};
use flint_remote::Task;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::{Button, Input, Select};
use leptos::prelude::*;

#[component]
pub(crate) fn EditBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let step = session.see(|screen| screen.edit.step);
    let server = session.see(|screen| screen.edit.connection.clone());
    view! {
        <section
            class="edit-bar"
            aria-label="Change with a model"
            data-step=move || word(step.get())
            hidden=move || step.get() == EditStep::Closed
        >
            {move || match step.get() {
                EditStep::Closed => ().into_any(),
                EditStep::Writing => view! { <Words connection=server.get() /> }.into_any(),
                EditStep::Consent => view! { <Consent /> }.into_any(),
                EditStep::Asking => view! { <Asking /> }.into_any(),
                EditStep::Reviewing => view! { <Reviewing /> }.into_any(),
                EditStep::Answered => view! { <Answered /> }.into_any(),
                EditStep::Failed => view! { <Failed /> }.into_any(),
            }}
        </section>
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

fn button(session: Session, label: &'static str, message: fn() -> Message) -> impl IntoView {
    view! {
        <button class="button" type="button" on:click=move |_| session.send(message())>
            {label}
        </button>
    }
}

/// A button with the key that does the same.
fn keyed(
    session: Session,
    label: &'static str,
    key: &'static str,
    message: fn() -> Message,
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

fn close(session: Session) -> impl IntoView {
    view! {
        <button
            class="icon-button"
            type="button"
            aria-label="Close the bar"
            title="Close (Esc)"
            on:click=move |_| session.send(Message::CloseInstruction)
        >
            {Icon::Close.draw()}
        </button>
    }
}

const TASKS: [(&str, Task); 3] =
    [("Change", Task::Edit), ("Ask about", Task::Ask), ("Review", Task::Review)];

#[component]
fn Words(connection: Option<String>) -> impl IntoView {
    let session = expect_context::<Session>();
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Fails only for elements that cannot have the focus.
            let _ = field.focus();
            field.select();
        }
    });
    let EditView { task, words, scope, .. } = session.now(|screen| screen.edit.clone());
    let kind = NodeRef::<Select>::new();
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        let kind = kind.get_untracked().map(|kind| kind.value()).unwrap_or_default();
        let task = TASKS.into_iter().find(|(name, _)| *name == kind).map(|(_, task)| task);
        if let Some(field) = field.get_untracked() {
            session.send(Message::Instruct(task.unwrap_or_default(), field.value()));
        }
    };
    let option = move |(name, one): (&'static str, Task)| {
        view! { <option value=name selected=one == task>{name}</option> }
    };
    let leave = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            session.send(Message::CloseInstruction);
        }
    };
    let connections = || Message::OpenDialog(Dialog::Connections);
    let Some(connection) = connection else {
        return view! {
            <p class="edit-words">
                "No model server is named yet. Name one, on this machine or elsewhere, and it can change code as you say."
            </p>
            {button(session, "Connections…", connections)}
            {close(session)}
        }
        .into_any();
    };
    view! {
        <form class="edit-form" on:submit=ask on:keydown=leave>
            <select class="field" aria-label="What to do" node_ref=kind>
                {TASKS.map(option).collect_view()}
            </select>
            <label>
                <span class="edit-scope">{scope}":"</span>
                <input
                    class="field"
                    type="text"
                    placeholder="what should be different, or what is the question?"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=words
                    node_ref=field
                />
            </label>
            <button class="button" type="submit">"Ask"</button>
        </form>
        <button
            class="edit-server"
            type="button"
            title="Connections"
            on:click=move |_| session.send(connections())
        >
            {connection}
        </button>
        {close(session)}
    }
    .into_any()
}

/// Everything that would leave, before anything does.
#[component]
fn Consent() -> impl IntoView {
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
                "This leaves your device for " <strong>{url}</strong>
                " if you allow it. What you ask of this server from then on is sent without this question; \
                 the menu shows all that was sent."
            </p>
            <Payload sent=outgoing />
            <div class="edit-buttons">
                <button
                    class="button"
                    type="button"
                    node_ref=send
                    on:click=move |_| session.send(Message::AllowSending)
                >
                    "Allow and send"
                </button>
                {button(session, "Do not send", || Message::CloseInstruction)}
            </div>
        </div>
    }
}

/// A request as it goes out.
#[component]
pub(crate) fn Payload(sent: Sent) -> impl IntoView {
    let Sent { url, body, keyed, redacted, .. } = sent;
    let key = if keyed { "\nauthorization: Bearer (your key)" } else { "" };
    let taken = match redacted {
        0 => String::new(),
        1 => "One thing that looks like a secret was taken out of it.".into(),
        more => format!("{more} things that look like secrets were taken out of it."),
    };
    view! {
        <pre class="said" tabindex="0" role="region" aria-label="What is said">{said(&body)}</pre>
        <details>
            <summary>"Byte for byte"</summary>
            <pre class="payload" tabindex="0" role="region" aria-label="What is sent">
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

#[component]
fn Asking() -> impl IntoView {
    let session = expect_context::<Session>();
    let server = session.see(|screen| screen.edit.connection.clone().unwrap_or_default());
    let pieces = session.see(|screen| (screen.edit.pieces, screen.edit.rate));
    let changes = session.now(|screen| screen.edit.task == Task::Edit);
    view! {
        <p class="edit-words" role="status">{move || format!("{} answers…", server.get())}</p>
        <span class="edit-fact">
            {move || {
                let (pieces, rate) = pieces.get();
                (pieces > 0).then(|| format!("{pieces} tokens, {rate:.0} a second"))
            }}
        </span>
        <Show when=move || changes><Count /></Show>
        <Said />
        <div class="edit-buttons">{keyed(session, "stop", "Esc", || Message::StopEdit)}</div>
    }
}

#[component]
fn Count() -> impl IntoView {
    let session = expect_context::<Session>();
    let counts = session.see(|screen| {
        let edit = &screen.edit;
        (edit.hunks, edit.accepted, edit.without_place)
    });
    let words = move || {
        let (hunks, accepted, without_place) = counts.get();
        let mut words = if hunks == 1 { "1 change".into() } else { format!("{hunks} changes") };
        if accepted > 0 {
            words += &format!(" left, {accepted} accepted");
        }
        if without_place > 0 {
            words += &format!(", {without_place} of lines that you have changed");
        }
        words
    };
    view! { <span class="edit-fact edit-count">{words}</span> }
}

#[component]
fn Answered() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Said />
        <Problems />
        <div class="edit-buttons">
            {button(session, "Ask more", || Message::OpenInstruction)}
        </div>
        {close(session)}
    }
}

#[component]
fn Reviewing() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Count />
        <div class="edit-buttons" role="group" aria-label="Proposed changes">
            {keyed(session, "next", "F7", || Message::StepHunk { forward: true })}
            {keyed(session, "accept", "Alt Y", || Message::Decide { all: false, accept: true })}
            {keyed(session, "reject", "Alt N", || Message::Decide { all: false, accept: false })}
            {keyed(session, "accept all", "⇧ Alt Y", || Message::Decide { all: true, accept: true })}
            {keyed(session, "reject all", "⇧ Alt N", || Message::Decide { all: true, accept: false })}
        </div>
        <Problems />
    }
}

#[component]
fn Problems() -> impl IntoView {
    let session = expect_context::<Session>();
    let problems = session.see(|screen| screen.edit.problems.clone());
    let line = |problem| view! { <li>{problem}</li> };
    view! {
        <div class="edit-problems" role="status">
            <ul class="plain">{move || problems.get().into_iter().map(line).collect_view()}</ul>
        </div>
    }
}

#[component]
fn Failed() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Problems />
        <div class="edit-buttons">
            {button(session, "Ask again", || Message::AskAgain)}
            {button(session, "Other words", || Message::OpenInstruction)}
            {button(session, "Connections…", || Message::OpenDialog(Dialog::Connections))}
        </div>
        {close(session)}
    }
}
