//! The history: snapshots with their time and reason, and what going back to one would change.

use super::dialogs::Frame;
use crate::diff;
use crate::history::Snapshot;
use crate::language;
use crate::project_changes::FileChange;
use crate::session::{Message, Selected, Session};
use crate::words::dialogs as words;
use leptos::html::Div;
use leptos::prelude::*;

#[component]
pub(crate) fn History() -> impl IntoView {
    let session = expect_context::<Session>();
    let snapshots = session.see(|screen| screen.history.snapshots.clone());
    let selected = session.see(|screen| screen.history.selected.clone());
    view! {
        <Frame title=words::HISTORY>
            <Show
                when=move || !snapshots.get().is_empty()
                fallback=move || view! { <p class="dialog-text">{words::NO_HISTORY}</p> }
            >
                <div class="history">
                    <ul class="snapshots" aria-label=words::SNAPSHOTS>
                        <For each=move || snapshots.get() key=|snapshot| snapshot.id.to_bits() let:snapshot>
                            <Row snapshot />
                        </For>
                    </ul>
                    <div class="snapshot">{move || selected.get().map(|selected| preview(session, selected))}</div>
                </div>
            </Show>
        </Frame>
    }
}

#[component]
fn Row(snapshot: Snapshot) -> impl IntoView {
    let session = expect_context::<Session>();
    let id = snapshot.id;
    let current = session.see(move |screen| {
        screen
            .history
            .selected
            .as_ref()
            .is_some_and(|selected| selected.id.to_bits() == id.to_bits())
    });
    view! {
        <li>
            <button
                class="snapshot-row"
                type="button"
                aria-current=move || current.get().then_some("true")
                on:click=move |_| session.send(Message::SelectSnapshot(id))
            >
                <span>{snapshot.reason.name()}</span>
                <time>{diff::time(id)}</time>
            </button>
        </li>
    }
}

fn preview(session: Session, selected: Selected) -> impl IntoView {
    let title = words::going_back(selected.changes.len());
    let changes = selected.changes.clone();
    let going_back = (!changes.is_empty()).then(|| {
        let restore = move |_| session.send(Message::RestoreSnapshot(selected.clone()));
        view! { <button class="button" type="button" on:click=restore>{words::GO_BACK}</button> }
    });
    view! {
        <div class="snapshot-head">
            <p>{title}</p>
            {going_back}
        </div>
        <div class="changes">{changes.into_iter().map(|change| view! { <Change change /> }).collect_view()}</div>
    }
}

#[component]
fn Change(change: FileChange) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let title = words::changed_file(&change.path, change.kind());
    place.on_load(move |place| {
        let FileChange { path, before, after } = &change;
        let [before, after] = [before, after].map(|text| text.as_deref().unwrap_or(""));
        diff::show(&place, path, before, after, language::of(path));
    });
    view! {
        <h3>{title}</h3>
        <div class="diff" node_ref=place></div>
    }
}
