//! The field that takes a tab's place while its file is renamed.

use super::tabs::tab_id;
use crate::page;
use crate::project::FileId;
use crate::session::{Message, Session};
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Long enough for a name, whatever the tab's width.
const LEAST_WIDTH: i32 = 140;

#[component]
pub(crate) fn Rename(id: FileId, path: String) -> impl IntoView {
    let session = expect_context::<Session>();
    let field = NodeRef::<Input>::new();
    let renaming = session.see(|screen| screen.renaming);
    let stem = path.rfind('.').filter(|at| *at > 0).unwrap_or(path.len());
    field.on_load(move |input| {
        input.set_value(&path);
        let _ = input.focus();
        let _ = input.set_selection_range(0, u32::try_from(stem).unwrap_or(u32::MAX));
    });
    let typed = move || field.get_untracked().map(|input| input.value()).unwrap_or_default();
    let is_open = move || renaming.get_untracked() == Some(id);
    let on_key = move |event: KeyboardEvent| {
        let message = match event.key().as_str() {
            "Enter" => Message::Rename(id, typed()),
            "Escape" => Message::CancelRename,
            _ => return,
        };
        // Otherwise the key would go on to the editor, which has the focus from here.
        event.prevent_default();
        session.send(message);
        if !is_open() {
            session.send(Message::FocusEditor);
        }
    };
    // Leaving the field takes the name if it can be taken.
    let on_blur = move |_| {
        if is_open() {
            session.send(Message::Rename(id, typed()));
            session.send(Message::CancelRename);
        }
    };
    let (left, width) = place_of(id);
    view! {
        <input
            class="rename"
            type="text"
            aria-label="File name"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            style:left=format!("{left}px")
            style:width=format!("{}px", width.max(LEAST_WIDTH))
            node_ref=field
            on:keydown=on_key
            on:blur=on_blur
        />
    }
}

/// Where the file's tab is in its row, and how wide.
fn place_of(id: FileId) -> (i32, i32) {
    let tab = page::document().and_then(|document| document.get_element_by_id(&tab_id(id)));
    let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return (0, LEAST_WIDTH);
    };
    let scrolled = tab.parent_element().map_or(0, |row| row.scroll_left());
    (tab.offset_left() - scrolled, tab.offset_width())
}
