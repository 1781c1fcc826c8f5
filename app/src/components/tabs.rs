//! The project's files as tabs, and the buttons that add, rename and delete them.

use super::icon::Icon;
use super::rename::Rename;
use crate::page;
use crate::project::FileId;
use crate::reorder;
use crate::session::{Message, Session};
use crate::words::frame as words;
use leptos::ev::KeyboardEvent;
use leptos::html::{Button, Div};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

/// The element id of a file's tab.
pub(crate) fn tab_id(id: FileId) -> String {
    format!("tab-{}", id.0)
}

#[component]
pub(crate) fn Tabs() -> impl IntoView {
    let session = expect_context::<Session>();
    let tabs = session.see(|screen| screen.tabs.clone());
    let open = session.see(|screen| screen.open);
    let renaming = session.see(|screen| screen.renaming);
    let on_key = move |event: KeyboardEvent| {
        let paths = tabs.get_untracked();
        let moving = (event.ctrl_key() || event.meta_key()) && event.shift_key();
        let meaning = if moving { moved } else { meaning };
        if let Some(message) = meaning(&event.key(), &paths, open.get_untracked()) {
            event.prevent_default();
            session.send(message);
            focus_open_tab(session);
        }
    };
    let row = NodeRef::<Div>::new();
    row.on_load(move |row| {
        reorder::watch(&row, move |from, to| {
            if let Some((id, _)) = tabs.get_untracked().get(from) {
                session.send(Message::MoveFile(*id, to));
            }
        });
    });
    view! {
        <div class="files">
            <div class="tabs" role="tablist" aria-label=words::FILES node_ref=row on:keydown=on_key>
                <For each=move || tabs.get() key=Clone::clone let((id, path))>
                    <Tab id path />
                </For>
            </div>
            {move || {
                let id = renaming.get()?;
                let path = tabs.get_untracked().into_iter().find(|tab| tab.0 == id)?.1;
                Some(view! { <Rename id path /> })
            }}
            <FileButtons />
        </div>
    }
}

#[component]
fn Tab(id: FileId, path: String) -> impl IntoView {
    let session = expect_context::<Session>();
    let open = session.see(move |screen| screen.open == id);
    let tab = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let (true, Some(tab)) = (open.get(), tab.get()) {
            let options = ScrollIntoViewOptions::new();
            options.set_inline(ScrollLogicalPosition::Nearest);
            options.set_block(ScrollLogicalPosition::Nearest);
            tab.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    view! {
        <button
            class="tab"
            node_ref=tab
            type="button"
            role="tab"
            id=tab_id(id)
            aria-controls="code"
            aria-selected=move || open.get().to_string()
            tabindex=move || if open.get() { "0" } else { "-1" }
            on:click=move |_| {
                session.send(Message::OpenFile(id));
                session.send(Message::FocusEditor);
            }
            on:dblclick=move |_| session.send(Message::StartRename(id))
        >
            {path}
        </button>
    }
}

#[component]
fn FileButtons() -> impl IntoView {
    let session = expect_context::<Session>();
    let open = session.see(|screen| screen.open);
    let path = session.see(|screen| {
        let open = screen.tabs.iter().find(|tab| tab.0 == screen.open);
        open.map_or_else(String::new, |tab| tab.1.clone())
    });
    let button = move |verb: &'static str, icon: Icon, message: fn(FileId) -> Message| {
        let label = move || words::to_file(verb, &path.get());
        view! {
            <button
                class="icon-button"
                type="button"
                aria-label=label
                title=label
                on:click=move |_| session.send(message(open.get_untracked()))
            >
                {icon.draw()}
            </button>
        }
    };
    view! {
        <div class="file-buttons">
            {Icon::Add.button(words::NEW_FILE, move || session.send(Message::NewFile))}
            {button(words::RENAME, Icon::Rename, Message::StartRename)}
            {button(words::DELETE, Icon::Delete, Message::DeleteFile)}
        </div>
    }
}

/// What a key on a tab means.
fn meaning(key: &str, tabs: &[(FileId, String)], open: FileId) -> Option<Message> {
    let here = tabs.iter().position(|tab| tab.0 == open)?;
    let last = tabs.len() - 1;
    let to = match key {
        "ArrowLeft" => here.checked_sub(1).unwrap_or(last),
        "ArrowRight" => (here + 1) % tabs.len(),
        "Home" => 0,
        "End" => last,
        "F2" => return Some(Message::StartRename(open)),
        "Delete" => return Some(Message::DeleteFile(open)),
        _ => return None,
    };
    Some(Message::OpenFile(tabs[to].0))
}

/// What a key on a tab means with Ctrl and Shift, or Command and Shift: the file itself moves.
fn moved(key: &str, tabs: &[(FileId, String)], open: FileId) -> Option<Message> {
    let here = tabs.iter().position(|tab| tab.0 == open)?;
    let to = match key {
        "ArrowLeft" => here.checked_sub(1)?,
        "ArrowRight" => here + 1,
        "Home" => 0,
        "End" => tabs.len(),
        _ => return None,
    };
    Some(Message::MoveFile(open, to))
}

/// Moves the focus to the open file's tab once the page shows it.
fn focus_open_tab(session: Session) {
    let open = session.see(|screen| (screen.open, screen.renaming));
    request_animation_frame(move || {
        if let (id, None) = open.get_untracked() {
            let tab = page::document().and_then(|document| document.get_element_by_id(&tab_id(id)));
            if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
                // Fails only for elements that cannot have the focus.
                let _ = tab.focus();
            }
        }
    });
}
