//! The menu: one button for everything that is not needed all the time.

use super::icon::Icon;
use crate::page;
use crate::session::{Dialog, ExerciseDeed, Message, Session};
use crate::words::menu as words;
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ToggleEvent};

/// What choosing an item means.
type Choice = fn() -> Message;

const ITEMS: [(&str, Choice); 15] = [
    (words::SHARE, || Message::OpenDialog(Dialog::Share)),
    (words::IMPORT, || Message::ChooseFiles),
    (words::EXPORT_ZIP, || Message::ExportZip),
    (words::EXPORT_PAGE, || Message::ExportPage),
    (words::CHANGE, || Message::OpenInstruction),
    (words::FORMAT, || Message::Format),
    (words::MAKE_EXERCISE, || Message::Exercise(ExerciseDeed::Make)),
    (words::EXAMPLES, || Message::OpenDialog(Dialog::Examples)),
    (words::HISTORY, || Message::OpenDialog(Dialog::History)),
    (words::MODELS, || Message::OpenDialog(Dialog::Models)),
    (words::CONNECTIONS, || Message::OpenDialog(Dialog::Connections)),
    (words::OUTBOX, || Message::OpenDialog(Dialog::Outbox)),
    (words::LEDGER, || Message::OpenDialog(Dialog::Ledger)),
    (words::NETWORK, || Message::OpenDialog(Dialog::Network)),
    (words::SETTINGS, || Message::OpenDialog(Dialog::Settings)),
];

#[component]
pub(crate) fn Menu() -> impl IntoView {
    let session = expect_context::<Session>();
    let menu = NodeRef::<Div>::new();
    let keys = move |label: &str| {
        let keys = match label {
            words::FORMAT => words::FORMAT_KEY.to_owned(),
            words::CHANGE => words::change_key(page::modifier()),
            _ => return None,
        };
        Some(view! { <kbd>{keys}</kbd> })
    };
    let item = move |(label, message): (&'static str, Choice)| {
        let choose = move |_| {
            if let Some(menu) = menu.get_untracked() {
                // Fails only where it is closed already.
                let _ = menu.hide_popover();
            }
            session.send(message());
        };
        view! {
            <button class="menu-item" type="button" role="menuitem" tabindex="-1" on:click=choose>
                {label}
                {keys(label)}
            </button>
        }
    };
    view! {
        <button
            class="icon-button menu-button"
            type="button"
            aria-label=words::MENU
            title=words::MENU
            aria-haspopup="menu"
            popovertarget="menu"
        >
            {Icon::Menu.draw()}
        </button>
        <div
            class="menu"
            id="menu"
            role="menu"
            aria-label=words::MENU
            popover="auto"
            node_ref=menu
            on:toggle=|event| focus_first(event.unchecked_ref())
            on:keydown=on_key
        >
            {ITEMS.map(item).collect_view()}
        </div>
    }
}

/// An opened menu has the focus on its first item.
fn focus_first(event: &ToggleEvent) {
    if event.new_state() == "open" {
        focus(items().first());
    }
}

fn on_key(event: KeyboardEvent) {
    let items = items();
    let active = page::document().and_then(|document| document.active_element());
    let here = items.iter().position(|item| active.as_ref() == Some(item.as_ref())).unwrap_or(0);
    let last = items.len().saturating_sub(1);
    let to = match event.key().as_str() {
        "ArrowDown" => (here + 1) % items.len().max(1),
        "ArrowUp" => here.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    focus(items.get(to));
}

fn items() -> Vec<HtmlElement> {
    let found = page::document()
        .and_then(|document| document.query_selector_all("#menu [role^=menuitem]").ok());
    let Some(found) = found else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

fn focus(item: Option<&HtmlElement>) {
    if let Some(item) = item {
        // Fails only for elements that cannot have the focus.
        let _ = item.focus();
    }
}
