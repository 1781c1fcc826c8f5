//! What becomes of proposed changes: how many are left, in which files, of which steps.

use super::edit_bar::{Flags, Problems, keyed};
use crate::proposal::{FileView, StepView};
use crate::session::{EditStep, Message, Session, Which};
use crate::words::edit as words;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

#[component]
pub(super) fn Reviewing() -> impl IntoView {
    let session = expect_context::<Session>();
    let decide = |which, accept| Message::Decide { which, accept };
    view! {
        <Count />
        <div class="edit-buttons" role="group" aria-label=words::PROPOSED>
            {keyed(session, words::NEXT, words::NEXT_KEY, || Message::StepHunk { forward: true })}
            {keyed(session, words::ACCEPT_ONE, words::ACCEPT_KEY, move || decide(Which::Current, true))}
            {keyed(session, words::REJECT_ONE, words::REJECT_KEY, move || decide(Which::Current, false))}
            {keyed(session, words::ACCEPT_ALL, words::ACCEPT_ALL_KEY, move || decide(Which::All, true))}
            {keyed(session, words::REJECT_ALL, words::REJECT_ALL_KEY, move || decide(Which::All, false))}
        </div>
        <Steps />
        <Files />
        <Flags />
        <Problems />
    }
}

#[component]
pub(super) fn Count() -> impl IntoView {
    let session = expect_context::<Session>();
    let counts = session.see(|screen| {
        let edit = &screen.edit;
        (edit.hunks, edit.accepted, edit.without_place, edit.files.len())
    });
    let words = move || {
        let (hunks, accepted, without_place, files) = counts.get();
        words::counts(hunks, accepted, without_place, files)
    };
    view! { <span class="edit-fact edit-count">{words}</span> }
}

/// Accept and reject for a part of the changes, with what it is for those who do not see it.
fn decisions(session: Session, which: Which, what: &str) -> impl IntoView + use<> {
    let one = move |verb: &'static str, accept: bool| {
        let which = which.clone();
        view! {
            <button
                class="button"
                type="button"
                aria-label=words::decide(verb, what)
                on:click=move |_| {
                    session.send(Message::Decide { which: which.clone(), accept });
                    session.send(Message::FocusEditor);
                }
            >
                {verb}
            </button>
        }
    };
    view! {
        <span class="row-buttons">{one(words::ACCEPT, true)} {one(words::REJECT, false)}</span>
    }
}

#[component]
fn Files() -> impl IntoView {
    let session = expect_context::<Session>();
    let files = session.see(|screen| screen.edit.files.clone());
    view! {
        <Show when=move || !files.get().is_empty()>
            <ul class="plain edit-list" aria-label=words::FILES>
                {move || files.get().into_iter().map(|file| file_row(session, file)).collect_view()}
            </ul>
        </Show>
    }
}

fn file_row(session: Session, file: FileView) -> impl IntoView {
    let FileView { path, left, new_text, goes, moves_to, is_current } = file;
    let what = match (&new_text, moves_to) {
        (Some(_), _) => words::NEW_FILE.to_owned(),
        (_, Some(to)) => words::becomes(&to, left),
        _ if goes => words::GOES.to_owned(),
        _ => words::changes(left),
    };
    let buttons = decisions(session, Which::File(path.clone()), &words::all_in(&path));
    let name = path.clone();
    let opens = move |_| session.send(Message::ShowChangesOf(path.clone()));
    view! {
        <li aria-current=is_current.then_some("true")>
            <span class="edit-name">
                <button class="place-link" type="button" on:click=opens>{name}</button>
                <span class="edit-fact">{what}</span>
            </span>
            {buttons}
            {new_text
                .map(|text| {
                    view! {
                        <details open>
                            <summary>{words::ITS_TEXT}</summary>
                            <pre class="said" tabindex="0">{text}</pre>
                        </details>
                    }
                })}
        </li>
    }
}

/// The steps of a plan, each with what is left of it and a way to have it written anew.
#[component]
pub(super) fn Steps() -> impl IntoView {
    let session = expect_context::<Session>();
    let steps = session.see(|screen| screen.edit.steps.clone());
    let parts = Memo::new(move |_| {
        steps.with(|steps| steps.iter().map(|step| step.part).collect::<Vec<_>>())
    });
    let row = move |part: usize| {
        let step = Memo::new(move |_| {
            let found = steps.with(|steps| steps.iter().find(|step| step.part == part).cloned());
            found.unwrap_or_default()
        });
        view! { <Step step /> }
    };
    view! {
        <Show when=move || !parts.get().is_empty()>
            <ol class="plain edit-list edit-steps" aria-label=words::STEPS>
                <For each=move || parts.get() key=|part| *part children=row />
            </ol>
        </Show>
    }
}

#[component]
fn Step(step: Memo<StepView>) -> impl IntoView {
    let session = expect_context::<Session>();
    let reviewing = session.see(|screen| screen.edit.step == EditStep::Reviewing);
    let revising = RwSignal::new(false);
    let words = NodeRef::<Input>::new();
    let part = step.get_untracked().part;
    let state = move || {
        let StepView { left, accepted, rejected, is_writing, .. } = step.get();
        let parts = [(left, words::LEFT), (accepted, words::ACCEPTED), (rejected, words::REJECTED)];
        let said = parts.iter().filter(|(count, _)| *count > 0);
        let said: Vec<_> = said.map(|(count, what)| words::of_step(*count, what)).collect();
        match (is_writing, said.is_empty()) {
            (true, _) => words::BEING_WRITTEN.to_owned(),
            (false, true) => words::NO_CHANGE.to_owned(),
            (false, false) => said.join(", "),
        }
    };
    let revise = move |event: SubmitEvent| {
        event.prevent_default();
        let words = words.get_untracked().map(|words| words.value()).unwrap_or_default();
        revising.set(false);
        session.send(Message::ReviseStep(part, words));
    };
    words.on_load(|words| {
        // Fails only for elements that cannot have the focus.
        let _ = words.focus();
    });
    let ask = move || {
        let title = step.get().title;
        view! {
            <button
                class="button"
                type="button"
                aria-label=words::revise(&title)
                aria-expanded=move || revising.get().to_string()
                on:click=move |_| revising.update(|revising| *revising = !*revising)
            >
                {words::REVISE}
            </button>
        }
    };
    view! {
        <li>
            <span class="edit-name">
                <span>{move || step.get().title}</span>
                " "
                <span class="edit-fact">{state}</span>
            </span>
            <Show when=move || reviewing.get()>
                <span class="row-buttons">
                    <Show when=move || { step.get().left > 0 }>
                        {move || decisions(session, Which::Step(part), &step.get().title)}
                    </Show>
                    {ask}
                </span>
            </Show>
            <Show when=move || revising.get() && reviewing.get()>
                <form class="edit-form" on:submit=revise>
                    <input
                        class="field"
                        type="text"
                        aria-label=words::REVISE_HOW
                        placeholder=words::REVISE_HINT
                        autocomplete="off"
                        node_ref=words
                    />
                    <button class="button" type="submit">{words::ASK}</button>
                </form>
            </Show>
        </li>
    }
}
