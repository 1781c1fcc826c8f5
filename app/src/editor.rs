//! The CodeMirror editor behind `app/js/editor.js`.

mod report;

use crate::proposal::Shown;
use crate::settings::Settings;
use flint_assist::NextEdit;
use flint_protocol::Selection;
use report::utf16_offset;
pub(crate) use report::{GhostKey, JsCursor, Report, edited};
use serde::Serialize;
use std::ops::Range;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen(raw_module = "flint-editor")]
extern "C" {
    #[wasm_bindgen(js_name = Editor)]
    type JsEditor;
    #[wasm_bindgen(constructor, js_class = Editor)]
    fn new(parent: &web_sys::Element, report: &Closure<dyn Fn(String)>) -> JsEditor;
    #[wasm_bindgen(method)]
    fn open(this: &JsEditor, key: u32, text: &str, language: &str, cursor: usize) -> String;
    #[wasm_bindgen(method)]
    fn forget(this: &JsEditor, key: u32);
    #[wasm_bindgen(method, js_name = setLanguage)]
    fn set_language(this: &JsEditor, language: &str) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    fn text(this: &JsEditor) -> String;
    #[wasm_bindgen(method)]
    fn cursor(this: &JsEditor) -> String;
    #[wasm_bindgen(method, js_name = showGhost)]
    fn show_ghost(this: &JsEditor, at: usize, text: &str);
    #[wasm_bindgen(method)]
    fn accept(this: &JsEditor, from: usize, to: usize, text: &str);
    #[wasm_bindgen(method, js_name = showNext)]
    fn show_next(this: &JsEditor, json: &str);
    #[wasm_bindgen(method, js_name = moveTo)]
    fn move_to(this: &JsEditor, at: usize);
    #[wasm_bindgen(method, js_name = beginProposal)]
    fn begin_proposal(this: &JsEditor, number: u32) -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = noteText)]
    fn note_text(this: &JsEditor, number: u32, base: &str) -> bool;
    #[wasm_bindgen(method, js_name = showProposal)]
    fn show_proposal(this: &JsEditor, json: &str) -> String;
    #[wasm_bindgen(method, js_name = acceptHunks)]
    fn accept_hunks(this: &JsEditor, json: &str) -> String;
    #[wasm_bindgen(method, js_name = acceptIn)]
    fn accept_in(
        this: &JsEditor,
        key: u32,
        base: &str,
        json: &str,
        ids: &str,
        dry: bool,
    ) -> Option<String>;
    #[wasm_bindgen(method)]
    fn write(this: &JsEditor, key: u32, text: &str);
    #[wasm_bindgen(method, js_name = selectedLines)]
    fn selected_lines(this: &JsEditor) -> String;
    #[wasm_bindgen(method)]
    fn focus(this: &JsEditor);
    #[wasm_bindgen(method, js_name = fetchLanguages)]
    fn fetch_languages(this: &JsEditor);
    #[wasm_bindgen(method)]
    fn selection(this: &JsEditor) -> String;
    #[wasm_bindgen(method)]
    fn configure(this: &JsEditor, settings: &str) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    fn rewrite(this: &JsEditor, text: &str) -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = setReadOnly)]
    fn set_read_only(this: &JsEditor, read_only: bool);
    #[wasm_bindgen(method)]
    fn hold(this: &JsEditor, json: &str) -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = goTo)]
    fn go_to(this: &JsEditor, line: u32, column: u32);
}

/// The editor in the page. Dropping it silences its reports.
pub(crate) struct Editor {
    js: JsEditor,
    _report: Closure<dyn Fn(String)>,
}

impl Editor {
    pub(crate) fn mount(parent: &web_sys::Element, report: impl Fn(Report) + 'static) -> Self {
        let report = Closure::new(move |json: String| {
            report(serde_json::from_str(&json).unwrap_or(Report::Unreadable));
        });
        Self { js: JsEditor::new(parent, &report), _report: report }
    }

    /// Shows a file with the cursor at this byte, or where it was when the file was shown before.
    pub(crate) fn open(&self, key: u32, text: &str, language: &str, cursor: usize) -> JsCursor {
        read_cursor(&self.js.open(key, text, language, utf16_offset(text, cursor)))
    }

    pub(crate) fn forget(&self, key: u32) {
        self.js.forget(key);
    }

    pub(crate) fn set_language(&self, language: &str) {
        // The promise only fails where the editor shows plain text and says so itself.
        let _ = self.js.set_language(language);
    }

    pub(crate) fn text(&self) -> String {
        self.js.text()
    }

    pub(crate) fn cursor(&self) -> JsCursor {
        read_cursor(&self.js.cursor())
    }

    pub(crate) fn show_ghost(&self, document: &str, at: usize, ghost: &str) {
        self.js.show_ghost(utf16_offset(document, at), ghost);
    }

    pub(crate) fn hide_ghost(&self) {
        self.js.show_ghost(0, "");
    }

    /// Puts what was accepted in the place of these bytes, and the cursor behind it.
    pub(crate) fn accept(&self, document: &str, at: Range<usize>, text: &str) {
        self.js.accept(utf16_offset(document, at.start), utf16_offset(document, at.end), text);
    }

    /// Draws the next edit, and `hint` at the cursor; or none.
    pub(crate) fn show_next(&self, document: &str, next: Option<(&NextEdit, &str)>) {
        let drawn = next.map(|(NextEdit { at, insert, .. }, hint)| {
            let (from, to) = (utf16_offset(document, at.start), utf16_offset(document, at.end));
            Drawn { from, to, insert, hint }
        });
        self.js.show_next(&json(&drawn));
    }

    /// Puts the cursor at this byte, in sight.
    pub(crate) fn move_to(&self, document: &str, at: usize) {
        self.js.move_to(utf16_offset(document, at));
    }

    pub(crate) fn set_read_only(&self, read_only: bool) {
        self.js.set_read_only(read_only);
    }

    /// Gets ready to show the changes that the request with this number is answered with; the text that
    /// it is about, or None where what draws them cannot be fetched.
    pub(crate) fn begin_proposal(
        &self,
        number: u32,
    ) -> impl Future<Output = Option<String>> + use<> {
        let begun = wasm_bindgen_futures::JsFuture::from(self.js.begin_proposal(number));
        async move { begun.await.ok()?.as_string() }
    }

    /// Notes the text of a file that was not open when it was asked about; whether it is still `base`.
    pub(crate) fn note_text(&self, number: u32, base: &str) -> bool {
        self.js.note_text(number, base)
    }

    /// Shows proposed changes; the ids of those that can still be made, or None when the open file's text
    /// is not noted under their number.
    pub(crate) fn show_proposal(&self, shown: &Shown<'_>) -> Option<Vec<u32>> {
        serde_json::from_str(&self.js.show_proposal(&json(shown))).unwrap_or_default()
    }

    /// Makes proposed changes of the open file, all as one edit; the ids of those that were made.
    pub(crate) fn accept_hunks(&self, ids: &[u32]) -> Vec<u32> {
        serde_json::from_str(&self.js.accept_hunks(&json(ids))).unwrap_or_default()
    }

    /// Makes these changes of a file that is not open, all or none; its text after that. `base` is what it
    /// was when it was asked about. Nothing is made when `dry`.
    pub(crate) fn accept_in(
        &self,
        key: u32,
        base: &str,
        shown: &Shown<'_>,
        ids: &[u32],
        dry: bool,
    ) -> Option<String> {
        self.js.accept_in(key, base, &json(shown), &json(ids), dry)
    }

    /// Makes `text` the whole file, open or not, as one edit.
    pub(crate) fn write(&self, key: u32, text: &str) {
        self.js.write(key, text);
    }

    /// The lines that are selected, from 0, the last one not included.
    pub(crate) fn selected_lines(&self) -> Option<(usize, usize)> {
        serde_json::from_str(&self.js.selected_lines()).ok()
    }

    pub(crate) fn focus(&self) {
        self.js.focus();
    }

    /// Has the parsers of all languages at hand for a time without network.
    pub(crate) fn fetch_languages(&self) {
        self.js.fetch_languages();
    }

    /// What is selected; nothing when the selection is empty.
    pub(crate) fn selection(&self) -> Option<Selection> {
        serde_json::from_str(&self.js.selection()).ok()
    }

    /// Puts the user's choices to work, soon.
    pub(crate) fn configure(&self, settings: &Settings) {
        let ghost_keys = settings.keys.all();
        let settings = serde_json::to_string(&Configuration { settings, ghost_keys });
        let settings = settings.unwrap_or_default();
        // The promise only fails where the keys stay as they are, which the editor says itself.
        let _ = self.js.configure(&settings);
    }

    /// Makes `text` the whole file, as one edit with the cursor where it was; then calls back.
    pub(crate) fn rewrite(&self, text: &str, done: impl FnOnce() + 'static) {
        let rewritten = JsFuture::from(self.js.rewrite(text));
        spawn_local(async move {
            // Fails only where the comparison cannot be fetched; then the text stays as it is.
            let _ = rewritten.await;
            done();
        });
    }

    /// Keeps these bytes of the open file, whose text is `document`, as they are.
    pub(crate) fn hold(&self, document: &str, given: &[Range<usize>]) {
        let piece = |range: &Range<usize>| Held {
            from: utf16_offset(document, range.start),
            to: utf16_offset(document, range.end),
            first: range.start == 0,
            end: range.end == document.len(),
        };
        // Fails only where what keeps them cannot be fetched; then they can be changed.
        let _ = self.js.hold(&json(&given.iter().map(piece).collect::<Vec<_>>()));
    }

    /// Puts the cursor at a line and a column, both from 1, and takes the focus.
    pub(crate) fn go_to(&self, line: u32, column: u32) {
        self.js.go_to(line, column);
    }
}

/// The next edit as the editor draws it, in UTF-16 offsets.
#[derive(Serialize)]
struct Drawn<'n> {
    from: usize,
    to: usize,
    insert: &'n Option<String>,
    hint: &'n str,
}

/// A piece that is to stay, in UTF-16 offsets, and whether it is at an end of the text.
#[derive(Serialize)]
struct Held {
    from: usize,
    to: usize,
    first: bool,
    end: bool,
}

/// The settings as the editor reads them, with every key and not only those that were chosen.
#[derive(Serialize)]
struct Configuration<'s> {
    #[serde(flatten)]
    settings: &'s Settings,
    ghost_keys: Vec<(GhostKey, String)>,
}

fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn read_cursor(json: &str) -> JsCursor {
    serde_json::from_str(json).unwrap_or_default()
}
