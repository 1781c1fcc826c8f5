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
    let closed = StoredValue::new(false);
    let stem = path.rfind('.').filter(|at| *at > 0).unwrap_or(path.len());
    field.on_load(move |input| {
        let _ = input.focus();
        let _ = input.set_selection_range(0, u32::try_from(stem).unwrap_or(u32::MAX));
    });
    let close = move |message: Message| {
        if !closed.get_value() {
            session.send(message);
        }
    };
    let typed = move || field.get_untracked().map(|input| input.value()).unwrap_or_default();
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            close(Message::Rename(id, typed()));
            session.send(Message::FocusEditor);
        }
        "Escape" => {
            close(Message::CancelRename);
            closed.set_value(true);
            session.send(Message::FocusEditor);
        }
        _ => {}
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
            prop:value=path
            style:left=format!("{left}px")
            style:width=format!("{}px", width.max(LEAST_WIDTH))
            node_ref=field
            on:keydown=on_key
            on:blur=move |_| close(Message::Rename(id, typed()))
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
