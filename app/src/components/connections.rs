//! Connections: the model servers that may be asked, and a check that says what is wrong with one.

use super::dialogs::Frame;
use super::locked_keys::LockedKeys;
use super::tiers::TierRows;
use crate::connections::{Connection, Speech};
use crate::session::{Message, Session};
use crate::words::connections as words;
use leptos::ev::SubmitEvent;
use leptos::html::{Input, Select};
use leptos::prelude::*;

#[component]
pub(crate) fn Connections() -> impl IntoView {
    let session = expect_context::<Session>();
    let list = session.see(|screen| screen.connections.list.clone());
    view! {
        <Frame title=words::CONNECTIONS>
            <div class="dialog-text scrolls">
                <p>
                    {words::ABOUT}
                </p>
                <ul class="plain connections">
                    {move || {
                        let list = list.get();
                        list.into_iter().enumerate().map(|(at, one)| row(session, at, one)).collect_view()
                    }}
                </ul>
                <TierRows />
                <Form />
            </div>
        </Frame>
    }
}

fn row(session: Session, at: usize, one: Connection) -> impl IntoView {
    let button = |verb: &'static str, message: fn(String) -> Message| {
        let name = one.name.clone();
        view! {
            <button
                class="button"
                type="button"
                aria-label=words::to_connection(verb, &name)
                on:click=move |_| session.send(message(name.clone()))
            >
                {verb}
            </button>
        }
    };
    let use_it = (at > 0).then(|| button(words::USE, Message::UseConnection));
    let forget = button(words::FORGET, Message::ForgetConnection);
    view! {
        <li class="choice">
            <span>
                {one.title()}
                <span class="hint">
                    {one.address}
                    {(at == 0).then_some(words::ASKED_FIRST)}
                </span>
            </span>
            <span class="row-buttons">
                {use_it} {forget}
            </span>
        </li>
    }
}

#[component]
fn Form() -> impl IntoView {
    let session = expect_context::<Session>();
    let (now, key) = session.now(|screen| {
        let connections = &screen.connections;
        (connections.list.first().cloned().unwrap_or_default(), connections.key.clone())
    });
    let [name, address, secret, token, model] = std::array::from_fn(|_| NodeRef::<Input>::new());
    let value = |field: NodeRef<Input>| {
        field.get_untracked().map(|field| field.value()).unwrap_or_default()
    };
    let speech = NodeRef::<Select>::new();
    let spoken = move || {
        let named = speech.get_untracked().map(|speech| speech.value()).unwrap_or_default();
        Speech::ALL.into_iter().find(|one| one.name() == named).unwrap_or_default()
    };
    let written = move || {
        Box::new(Connection {
            name: value(name),
            address: value(address),
            model: value(model),
            token: value(token),
            speech: spoken(),
            ..Connection::default()
        })
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        session.send(Message::SaveConnection(written(), value(secret)));
    };
    let check = move |_| session.send(Message::CheckConnection(written(), value(secret)));
    let models = session.see(|screen| screen.connections.models.clone());
    let option = |model: String| view! { <option value=model></option> };
    view! {
        <form class="connection" on:submit=save>
            <label>
                {words::NAME}
                <input class="field" type="text" autocomplete="off" placeholder=words::NAME_HINT value=now.name node_ref=name />
            </label>
            <label>
                {words::ADDRESS}
                <input
                    class="field"
                    type="url"
                    required
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="http://localhost:11434/v1"
                    value=now.address
                    node_ref=address
                />
            </label>
            <label>
                {words::KEY}
                <input
                    class="field"
                    type="password"
                    autocomplete="off"
                    placeholder=words::KEY_HINT
                    value=key
                    node_ref=secret
                />
            </label>
            <label>
                {words::KEYS_FROM}
                <input
                    class="field"
                    type="url"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=words::KEYS_FROM_HINT
                    value=now.token
                    node_ref=token
                />
            </label>
            <label>
                {words::MODEL}
                <input
                    class="field"
                    type="text"
                    list="models"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=words::MODEL_HINT
                    value=now.model
                    node_ref=model
                />
                <datalist id="models">
                    {move || models.get().into_iter().map(option).collect_view()}
                </datalist>
            </label>
            <label>
                {words::SPEAKS}
                <select class="field" node_ref=speech>
                    {Speech::ALL
                        .map(|one| view! { <option selected=now.speech == one>{one.name()}</option> })
                        .collect_view()}
                </select>
            </label>
            <div class="edit-buttons">
                <button class="button" type="submit">{words::SAVE}</button>
                <button class="button" type="button" on:click=check>{words::CHECK}</button>
            </div>
        </form>
        <LockedKeys />
        <Found />
    }
}

/// What the check has found, and the way on.
#[component]
fn Found() -> impl IntoView {
    let session = expect_context::<Session>();
    let found = session.see(|screen| {
        let connections = &screen.connections;
        if connections.checking { words::ASKING.to_owned() } else { connections.found.clone() }
    });
    let reload = session.see(|screen| screen.connections.needs_reload);
    view! {
        <p class="found" role="status">{found}</p>
        <Show when=move || reload.get()>
            <button class="button" type="button" on:click=move |_| session.send(Message::ReloadForConnection)>
                {words::RELOAD}
            </button>
        </Show>
    }
}
