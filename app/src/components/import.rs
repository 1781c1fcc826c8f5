//! Files that come in under names that are taken, or not at all: what shall become of each.

use super::dialogs::Frame;
use crate::session::{Choice, Message, Session, Waiting};
use crate::words::dialogs as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

#[component]
pub(crate) fn Import() -> impl IntoView {
    let session = expect_context::<Session>();
    // What is chosen does not change the list.
    let view = session.now(|screen| screen.import.clone());
    let free = view.files.iter().filter(|file| file.choice.is_none()).count();
    let clashes: Vec<_> =
        view.files.iter().cloned().enumerate().filter(|(_, file)| file.choice.is_some()).collect();
    let nothing = view.files.is_empty();
    let taken = (!clashes.is_empty()).then(|| {
        view! {
            <h3>{words::TAKEN_NAMES}</h3>
            <ul class="plain">
                {clashes.into_iter().map(|(index, file)| view! { <Clash index file /> }).collect_view()}
            </ul>
        }
    });
    let refused = (!view.refused.is_empty()).then(|| {
        let sentence = |sentence: String| view! { <li>{sentence}</li> };
        view! {
            <h3>{words::NOT_TAKEN}</h3>
            <ul class="plain">{view.refused.into_iter().map(sentence).collect_view()}</ul>
        }
    });
    let go = (!nothing).then(|| {
        view! {
            <button class="button" type="button" on:click=move |_| session.send(Message::Import)>
                {words::IMPORT}
            </button>
        }
    });
    view! {
        <Frame title=words::IMPORT>
            <div class="dialog-text scrolls">
                {(free > 0).then(|| view! { <p>{words::new_files(free)}</p> })}
                {taken}
                {refused}
                {go}
            </div>
        </Frame>
    }
}

#[component]
fn Clash(index: usize, file: Waiting) -> impl IntoView {
    let session = expect_context::<Session>();
    let label = words::becomes_of(&file.path);
    let choose = move |event: leptos::ev::Event| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let choice = match field.map(|field| field.value()).as_deref() {
            Some("replace") => Choice::Replace,
            Some("skip") => Choice::Skip,
            _ => Choice::KeepBoth,
        };
        session.send(Message::ChooseImport(index, choice));
    };
    view! {
        <li class="choice">
            <span>{file.path}</span>
            <select class="field" aria-label=label on:change=choose>
                <option value="both">{words::keep_both(&file.free_path)}</option>
                <option value="replace">{words::REPLACE}</option>
                <option value="skip">{words::LEAVE_OUT}</option>
            </select>
        </li>
    }
}
