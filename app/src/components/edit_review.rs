//! What becomes of proposed changes: how many are left, in which files, of which steps.

use super::edit_bar::{Flags, Problems, keyed};
use crate::proposal::{FileView, StepView};
use crate::session::{EditStep, Message, Session, Which};
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

#[component]
pub(super) fn Reviewing() -> impl IntoView {
    let session = expect_context::<Session>();
    let decide = |which, accept| Message::Decide { which, accept };
    view! {
        <Count />
        <div class="edit-buttons" role="group" aria-label="Proposed changes">
            {keyed(session, "next", "F7", || Message::StepHunk { forward: true })}
            {keyed(session, "accept", "Alt Y", move || decide(Which::Current, true))}
            {keyed(session, "reject", "Alt N", move || decide(Which::Current, false))}
            {keyed(session, "accept all", "⇧ Alt Y", move || decide(Which::All, true))}
            {keyed(session, "reject all", "⇧ Alt N", move || decide(Which::All, false))}
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
        let mut words = if hunks == 1 { "1 change".into() } else { format!("{hunks} changes") };
        if accepted > 0 {
            words += &format!(" left, {accepted} accepted");
        }
        if files > 1 {
            words += &format!(" in {files} files");
        }
        if without_place > 0 {
            words += &format!(", {without_place} of lines that you have changed");
        }
        words
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
                aria-label=format!("{verb} {what}")
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
        <span class="row-buttons">{one("Accept", true)} {one("Reject", false)}</span>
    }
}

#[component]
fn Files() -> impl IntoView {
    let session = expect_context::<Session>();
    let files = session.see(|screen| screen.edit.files.clone());
    view! {
        <Show when=move || !files.get().is_empty()>
            <ul class="plain edit-list" aria-label="Files with changes">
                {move || files.get().into_iter().map(|file| file_row(session, file)).collect_view()}
            </ul>
        </Show>
    }
}

fn file_row(session: Session, file: FileView) -> impl IntoView {
    let FileView { path, left, new_text, goes, moves_to, is_current } = file;
    let what = match (&new_text, moves_to) {
        (Some(_), _) => "new file".to_owned(),
        (_, Some(to)) if left > 1 => format!("becomes {to}, {left} changes"),
        (_, Some(to)) => format!("becomes {to}"),
        _ if goes => "goes".to_owned(),
        _ if left == 1 => "1 change".to_owned(),
        _ => format!("{left} changes"),
    };
    let buttons = decisions(session, Which::File(path.clone()), &format!("all in {path}"));
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
                            <summary>"Its text"</summary>
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
            <ol class="plain edit-list edit-steps" aria-label="Steps of the plan">
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
        let parts = [(left, "left"), (accepted, "accepted"), (rejected, "rejected")];
        let said = parts.iter().filter(|(count, _)| *count > 0);
        let said: Vec<_> = said.map(|(count, what)| format!("{count} {what}")).collect();
        match (is_writing, said.is_empty()) {
            (true, _) => "being written…".to_owned(),
            (false, true) => "no change".to_owned(),
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
                aria-label=format!("Revise {title}")
                aria-expanded=move || revising.get().to_string()
                on:click=move |_| revising.update(|revising| *revising = !*revising)
            >
                "Revise…"
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
                        aria-label="How the step shall be different"
                        placeholder="how shall this step be different?"
                        autocomplete="off"
                        node_ref=words
                    />
                    <button class="button" type="submit">"Ask"</button>
                </form>
            </Show>
        </li>
    }
}
