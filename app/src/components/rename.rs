//! The field that takes a tab's place while its file is renamed.

use super::tabs::tab_id;
use crate::language;
use crate::page;
use crate::project::FileId;
use crate::session::{Message, Session};
use crate::words::frame as words;
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
    let ending = new_ending(&path, stem);
    field.on_load(move |input| {
        input.set_value(&path);
        let _ = input.focus();
        let _ = input.set_selection_range(0, u32::try_from(stem).unwrap_or(u32::MAX));
    });
    let typed = move || {
        let typed = field.get_untracked().map(|input| input.value()).unwrap_or_default();
        named(&typed, ending).to_owned()
    };
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
            aria-label=words::FILE_NAME
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            style:left=format!("{left}px")
            style:width=format!("{width}px")
            node_ref=field
            on:keydown=on_key
            on:blur=on_blur
        />
    }
}

/// The ending of a new file's name, which nobody has chosen.
fn new_ending(path: &str, stem: usize) -> &'static str {
    if path.starts_with("untitled") && path.get(stem..) == Some(".js") { ".js" } else { "" }
}

/// Who writes `sum.py` over `untitled` in `untitled.js` means `sum.py`.
fn named<'a>(typed: &'a str, ending: &str) -> &'a str {
    let whole = typed.strip_suffix(ending).filter(|name| language::of(name.trim()) != "text");
    whole.filter(|_| !ending.is_empty()).unwrap_or(typed)
}

/// Where the file's tab is in its row, and how wide the field is: within the row, also while that still scrolls
/// to a new tab.
fn place_of(id: FileId) -> (i32, i32) {
    let tab = page::document().and_then(|document| document.get_element_by_id(&tab_id(id)));
    let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return (0, LEAST_WIDTH);
    };
    let row = tab.parent_element();
    let (scrolled, room) = row.map_or((0, 0), |row| (row.scroll_left(), row.client_width()));
    let width = tab.offset_width().max(LEAST_WIDTH);
    ((tab.offset_left() - scrolled).min(room - width).max(0), width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_that_was_written_is_the_ending() {
        let cases = [
            ("untitled.js", "sum.py.js", "sum.py"),
            ("untitled-2.js", "page.html.js", "page.html"),
            ("untitled.js", "main.js", "main.js"),
            ("untitled.js", "a.min.js", "a.min.js"),
            ("sum.js", "sum.py.js", "sum.py.js"),
            ("untitled", "x.py", "x.py"),
        ];
        for (before, typed, name) in cases {
            let stem = before.rfind('.').unwrap_or(before.len());
            assert_eq!(named(typed, new_ending(before, stem)), name, "{typed}");
        }
    }
}
