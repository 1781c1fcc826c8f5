//! Models for suggestions: the page's own, bigger ones of its list, and any that the user names.

use super::dialogs::Frame;
use crate::engines::Bigger;
use crate::session::{Message, ModelDeed, ModelRow, ModelState, Session};
use crate::words::models as words;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

#[component]
pub(crate) fn Models() -> impl IntoView {
    let session = expect_context::<Session>();
    let own_in_use = session.see(|screen| screen.models.own_in_use);
    let ids = session.see(|screen| {
        screen.models.rows.iter().map(|row| row.bigger.source.id.clone()).collect::<Vec<_>>()
    });
    let kept = session.see(|screen| screen.models.kept_bytes);
    let said = session.see(|screen| screen.models.said.clone());
    let own_recommended = session.see(|screen| screen.models.own_recommended);
    let use_own = move |_| act(session, ModelDeed::UseOwn);
    view! {
        <Frame title=words::MODELS>
            <div class="dialog-text scrolls models">
                <p>
                    {words::ABOUT}
                </p>
                <ul class="plain">
                    <li class="choice" data-model="own">
                        <span>
                            {words::OWN} <span class="hint">{words::OWN_IS}</span>
                            <span class="hint">{move || own_recommended.get().then_some(words::RECOMMENDED)}</span>
                        </span>
                        <Show when=move || own_in_use.get() fallback=move || view! {
                            <button class="button" type="button" aria-label=words::USE_OWN on:click=use_own>{words::USE}</button>
                        }>
                            <span class="in-use">{words::IN_USE}</span>
                        </Show>
                    </li>
                    <For each=move || ids.get() key=Clone::clone let:id>
                        <Row id />
                    </For>
                </ul>
                <p class="found" role="status">{move || said.get()}</p>
                <AddModel />
                <Where />
                <p class="hint">
                    {move || words::kept(kept.get())}
                </p>
            </div>
        </Frame>
    }
}

fn act(session: Session, deed: ModelDeed) {
    session.send(Message::Models(deed));
}

/// What can be done with a model, by its state.
type Button = (&'static str, fn(&Bigger) -> ModelDeed);

const TAKE: fn(&Bigger) -> ModelDeed = |bigger| ModelDeed::Use(bigger.clone());
const DELETE: Button = (words::DELETE, |bigger| ModelDeed::Delete(bigger.source.id.clone()));
const CANCEL: Button = (words::CANCEL, |_| ModelDeed::Cancel);

fn buttons(state: &ModelState) -> &'static [Button] {
    match state {
        ModelState::Elsewhere { .. } => &[(words::DOWNLOAD, TAKE)],
        ModelState::Kept { .. } => &[(words::USE, TAKE), DELETE],
        ModelState::Coming { .. } => &[(words::PAUSE, |_| ModelDeed::Pause), CANCEL],
        ModelState::Paused { .. } => &[(words::RESUME, |_| ModelDeed::Resume), CANCEL],
        ModelState::InUse => &[DELETE],
    }
}

/// A row's buttons stay the same while its numbers change, so that the focus stays where it is.
#[component]
fn Row(id: String) -> impl IntoView {
    let session = expect_context::<Session>();
    let row = session.see({
        let id = id.clone();
        move |screen| screen.models.rows.iter().find(|row| row.bigger.source.id == id).cloned()
    });
    let ModelRow { bigger, about, .. } = row.get_untracked()?;
    let state = move || row.get().map_or(ModelState::InUse, |row| row.state);
    let verbs =
        Memo::new(move |_| buttons(&state()).iter().map(|button| button.0).collect::<Vec<_>>());
    let name = bigger.name.clone();
    let bar = words::download_of(&name);
    let predicted = move || {
        row.with(|row| {
            let row = row.as_ref()?;
            Some(match row.recommended {
                true => words::and_recommended(&row.predicted),
                false => row.predicted.clone(),
            })
        })
    };
    let ability = session.see(|screen| screen.engine.model().map(|(_, chat)| chat.clone()));
    let talks = move || {
        let in_use = row.with(|row| row.as_ref().is_some_and(|row| row.state == ModelState::InUse));
        ability.get().filter(|_| in_use).map(|chat| words::talks(&chat))
    };
    let show_buttons = move || {
        // A memo that nobody reads never changes.
        verbs.with(Vec::len);
        let state = row.get_untracked().map_or(ModelState::InUse, |row| row.state);
        let button = |(verb, deed): &Button| {
            let (deed, label) = (*deed, words::to_model(verb, &bigger.name));
            // As it is at that moment: another hub may have been named.
            let press = move |_| {
                if let Some(row) = row.get_untracked() {
                    act(session, deed(&row.bigger));
                }
            };
            view! { <button class="button" type="button" aria-label=label on:click=press>{*verb}</button> }
        };
        let in_use = (state == ModelState::InUse)
            .then(|| view! { <span class="in-use">{words::IN_USE}</span> });
        (in_use, buttons(&state).iter().map(button).collect_view())
    };
    Some(view! {
        <li class="choice" data-model=id>
            <span>
                {name}
                <span class="hint">{about}</span>
                <span class="hint predicted">{predicted}</span>
                <span class="hint talks">{talks}</span>
                <span class="hint">{move || described(&state()).0}</span>
                <progress
                    aria-label=bar
                    hidden=move || described(&state()).1.is_none()
                    value=move || described(&state()).1.unwrap_or_default().0.to_string()
                    max=move || described(&state()).1.unwrap_or_default().1.to_string()
                ></progress>
            </span>
            <span class="row-buttons">{show_buttons}</span>
        </li>
    })
}

/// In words, and as a bar: how much of how much.
fn described(state: &ModelState) -> (String, Option<(u64, u64)>) {
    match *state {
        ModelState::Elsewhere { bytes: 0 } | ModelState::InUse => (String::new(), None),
        ModelState::Elsewhere { bytes } => (words::to_fetch(bytes), None),
        ModelState::Kept { bytes } => (words::in_browser(bytes), None),
        ModelState::Coming { total: 0, .. } => (words::ASKING.into(), Some((0, 1))),
        ModelState::Coming { loaded, total, .. } if loaded >= total => {
            (words::PREPARING.into(), Some((total, total)))
        }
        ModelState::Coming { loaded, total, bytes_per_second } => {
            (words::coming(loaded, total, bytes_per_second), Some((loaded, total)))
        }
        ModelState::Paused { loaded } => (words::paused(loaded), None),
    }
}

/// Another model: by its name at the hub, an address, or files.
#[component]
fn AddModel() -> impl IntoView {
    let session = expect_context::<Session>();
    let field = NodeRef::<Input>::new();
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            act(session, ModelDeed::Add(field.value()));
        }
    };
    view! {
        <form class="link add-model" on:submit=add>
            <input
                class="field"
                type="text"
                required
                autocomplete="off"
                spellcheck="false"
                aria-label=words::ANOTHER
                placeholder=words::ANOTHER_HINT
                node_ref=field
            />
            <button class="button" type="submit">{words::ADD}</button>
            <button class="button" type="button" on:click=move |_| act(session, ModelDeed::ChooseFiles)>
                {words::FROM_DISK}
            </button>
        </form>
    }
}

/// Where models are fetched from, and what computes.
#[component]
fn Where() -> impl IntoView {
    let session = expect_context::<Session>();
    let hub = session.see(|screen| screen.models.hub.clone());
    let cpu = session.see(|screen| screen.models.cpu);
    view! {
        <label class="choice">
            <span>{words::HUB} <span class="hint">{words::HUB_IS}</span></span>
            <input
                class="field"
                type="url"
                spellcheck="false"
                prop:value=move || hub.get()
                on:change=move |event| act(session, ModelDeed::SetHub(event_target_value(&event)))
            />
        </label>
        <label class="choice">
            <span>{words::NO_GPU} <span class="hint">{words::NO_GPU_IS}</span></span>
            <input
                type="checkbox"
                prop:checked=move || cpu.get()
                on:change=move |event| act(session, ModelDeed::LeaveGpuAlone(event_target_checked(&event)))
            />
        </label>
    }
}
