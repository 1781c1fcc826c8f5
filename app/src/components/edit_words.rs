//! What a model shall do, in the user's words: the task, the files, who answers and why.

use super::edit_bar::{button, close};
use crate::session::{Dialog, EditView, Message, Screen, Session, TabOffer, Wish};
use crate::words::edit as words;
use flint_assist::routing::Tier;
use flint_remote::Task;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::{Input, Select};
use leptos::prelude::*;

const TASKS: [(&str, Task); 6] = [
    (words::TASK_CHANGE, Task::Edit),
    (words::TASK_PLAN, Task::Plan),
    (words::TASK_ASK, Task::Ask),
    (words::TASK_REVIEW, Task::Review),
    (words::TASK_DOCUMENT, Task::Document),
    (words::TASK_TEST, Task::Test),
];

/// The selector, in order: by the task, or one of the tiers.
const CHOICES: [Option<Tier>; 5] =
    [None, Some(Tier::Instant), Some(Tier::Quick), Some(Tier::Heavy), Some(Tier::Economical)];

#[component]
pub(super) fn Words() -> impl IntoView {
    let session = expect_context::<Session>();
    let anybody = session
        .see(|screen| screen.edit.connection.is_some() || screen.edit.tab == TabOffer::Answers);
    let mute = session.see(|screen| match &screen.edit.tab {
        TabOffer::Mute(why) => why.clone(),
        _ => String::new(),
    });
    let connections = || Message::OpenDialog(Dialog::Connections);
    let models = || Message::OpenDialog(Dialog::Models);
    move || {
        if anybody.get() {
            return view! { <Form /> }.into_any();
        }
        view! {
            <p class="edit-words">
                {words::NO_SERVER} " " <span class="edit-reason">{move || mute.get()}</span>
            </p>
            <div class="edit-buttons">
                {button(session, words::CONNECTIONS, connections)}
                {button(session, words::MODELS, models)}
            </div>
            {close(session)}
        }
        .into_any()
    }
}

#[component]
fn Form() -> impl IntoView {
    let session = expect_context::<Session>();
    let (field, kind) = (NodeRef::<Input>::new(), NodeRef::<Select>::new());
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Fails only for elements that cannot have the focus.
            let _ = field.focus();
            field.select();
        }
    });
    let EditView { wish: Wish { task, words, .. }, scope, file_count, .. } =
        session.now(|screen| screen.edit.clone());
    let wish = move || {
        let kind = kind.get_untracked().map(|kind| kind.value()).unwrap_or_default();
        let task = TASKS.into_iter().find(|(name, _)| *name == kind).map(|(_, task)| task);
        let words = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let now = session.now(|screen| screen.edit.wish.clone());
        Wish { task: task.unwrap_or_default(), words, ..now }
    };
    let choose = move |chosen| session.send(Message::Wish(Wish { chosen, ..wish() }));
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        session.send(Message::Instruct(wish()));
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => session.send(Message::CloseInstruction),
        key @ ("ArrowUp" | "ArrowDown") if event.alt_key() => {
            event.prevent_default();
            choose(beside(session, wish().chosen, key == "ArrowDown"));
        }
        _ => {}
    };
    let option = move |(name, one): (&'static str, Task)| {
        // A step that was revised last is no task of its own.
        let selected = one == task || (one == Task::Plan && task == Task::Revise);
        view! { <option value=name selected=selected>{name}</option> }
    };
    let all = session.see(|screen| screen.edit.wish.all_files);
    let subject = move || if all.get() { words::all_files(file_count) } else { scope.clone() };
    view! {
        <form class="edit-form" on:submit=ask on:keydown=on_key>
            <select
                class="field"
                aria-label=words::WHAT_TO_DO
                node_ref=kind
                on:change=move |_| session.send(Message::Wish(wish()))
            >
                {TASKS.map(option).collect_view()}
            </select>
            <label>
                <span class="edit-scope">{subject}":"</span>
                <input
                    class="field"
                    type="text"
                    placeholder=words::WORDS_HINT
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=words
                    node_ref=field
                />
            </label>
            <button class="button" type="submit">{words::ASK}</button>
        </form>
        {close(session)}
        <div class="edit-route" on:keydown=on_key>
            <Tiers choose />
            <Show when=move || { file_count > 1 }>
                <label class="chip" title=words::ALL_FILES_IS>
                    <input
                        type="checkbox"
                        prop:checked=move || all.get()
                        on:change=move |event| {
                            let all_files = event_target_checked(&event);
                            session.send(Message::Wish(Wish { all_files, ..wish() }));
                        }
                    />
                    <span>{words::ALL_FILES}</span>
                </label>
            </Show>
            <Route />
        </div>
    }
}

/// The choice beside this one, around the end.
fn beside(session: Session, chosen: Option<Tier>, forward: bool) -> Option<Tier> {
    let choices: Vec<_> = CHOICES
        .into_iter()
        .filter(|choice| session.now(|screen| is_there(screen, *choice)))
        .collect();
    let at = choices.iter().position(|choice| *choice == chosen).unwrap_or(0);
    let by = if forward { 1 } else { choices.len() - 1 };
    choices[(at + by) % choices.len()]
}

/// The model in the tab is a choice where it answers, or has been chosen.
fn is_there(screen: &Screen, choice: Option<Tier>) -> bool {
    let Screen { edit, .. } = screen;
    choice != Some(Tier::Instant)
        || edit.tab == TabOffer::Answers
        || edit.wish.chosen == Some(Tier::Instant)
}

/// Who shall answer: by the task, or one tier whatever the task is.
#[component]
fn Tiers(choose: impl Fn(Option<Tier>) + Copy + 'static) -> impl IntoView {
    let session = expect_context::<Session>();
    let chosen = session.see(|screen| screen.edit.wish.chosen);
    let choice = move |tier: Option<Tier>| {
        let there = session.see(move |screen| is_there(screen, tier));
        view! {
            <label hidden=move || !there.get()>
                <input
                    type="radio"
                    name="tier"
                    prop:checked=move || chosen.get() == tier
                    on:change=move |_| choose(tier)
                />
                <span>{tier.map_or(words::AUTO, Tier::name)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="tiers" title=words::WHO_ANSWERS_BY_KEY>
            <legend class="unseen">{words::WHO_ANSWERS}</legend>
            {CHOICES.map(choice).collect_view()}
        </fieldset>
    }
}

/// Who would answer, and why.
#[component]
fn Route() -> impl IntoView {
    let session = expect_context::<Session>();
    let connection = session.see(|screen| screen.edit.connection.clone());
    let reason = session.see(|screen| screen.edit.reason.clone());
    view! {
        <button
            class="edit-server"
            type="button"
            title=words::SERVER
            on:click=move |_| session.send(Message::OpenDialog(Dialog::Connections))
        >
            {connection}
        </button>
        <span class="edit-reason" role="status">{reason}</span>
    }
}
