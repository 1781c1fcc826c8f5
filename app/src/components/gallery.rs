//! The gallery: small programs to start from, by language, with a search.

use super::dialogs::Frame;
use crate::examples::{self, Example};
use crate::session::{Message, Session};
use crate::words::dialogs as words;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

#[component]
pub(crate) fn Gallery() -> impl IntoView {
    let session = expect_context::<Session>();
    let field = NodeRef::<Input>::new();
    let words = RwSignal::new(String::new());
    let all = RwSignal::new(None::<Vec<Example>>);
    spawn_local(async move {
        all.try_set(Some(examples::load().await));
    });
    let found = move || {
        let mut found = all.get().unwrap_or_default();
        found.retain(|example| example.matches(&words.get()));
        found
    };
    let on_input = move |_| {
        words.set(field.get_untracked().map(|field| field.value()).unwrap_or_default());
    };
    // Enter takes the first one.
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(first) = untrack(found).into_iter().next() {
            session.send(Message::OpenExample(Box::new(first.draft)));
        }
    };
    let count = move || match (all.get(), found().len()) {
        (None, _) => words::FETCHING.to_owned(),
        (Some(all), _) if all.is_empty() => words::NOT_FETCHED.to_owned(),
        (_, count) => words::examples(count),
    };
    view! {
        <Frame title=words::EXAMPLES>
            <form class="search" on:submit=on_submit>
                <input
                    type="search"
                    autofocus
                    class="field"
                    aria-label=words::SEARCH
                    placeholder=words::SEARCH_HINT
                    node_ref=field
                    on:input=on_input
                />
                <span class="hint" role="status">{count}</span>
            </form>
            <ul class="gallery">
                {move || found().into_iter().map(|example| view! { <Card example /> }).collect_view()}
            </ul>
        </Frame>
    }
}

#[component]
fn Card(example: Example) -> impl IntoView {
    let session = expect_context::<Session>();
    let Example { title, about, language, draft } = example;
    let open = move |_| session.send(Message::OpenExample(Box::new(draft.clone())));
    view! {
        <li>
            <button class="card" type="button" on:click=open>
                <span class="card-title">{title} <span class="hint">{language}</span></span>
                <span>{about}</span>
            </button>
        </li>
    }
}
