//! Files from the user's disk and to it, behind `app/js/transfer.js`.

use crate::project::Draft;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "flint-transfer")]
extern "C" {
    #[wasm_bindgen(js_name = chooseFiles)]
    fn choose_files(read: &JsValue);
    #[wasm_bindgen(js_name = listenForFiles)]
    fn listen_for_files(read: &JsValue);
    #[wasm_bindgen(js_name = saveZip)]
    fn js_save_zip(draft: &str, refused: &JsValue);
    #[wasm_bindgen(js_name = savePage)]
    fn js_save_page(draft: &str, refused: &JsValue);
    #[wasm_bindgen(js_name = saveText)]
    fn js_save_text(name: &str, text: &str, refused: &JsValue);
}

/// A file that comes in: its text, or a sentence on why it does not.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Incoming {
    pub(crate) path: String,
    pub(crate) text: Option<String>,
    pub(crate) problem: Option<String>,
}

/// Lets the user choose files; zip files come in as what they hold.
pub(crate) fn choose(read: impl FnMut(Vec<Incoming>) + 'static) {
    choose_files(&reader(read));
}

/// Takes files that are dropped on the page or pasted into it, as long as the page lives.
pub(crate) fn listen(read: impl FnMut(Vec<Incoming>) + 'static) {
    listen_for_files(&reader(read));
}

/// Hands all files to the user in a zip file.
pub(crate) fn save_zip(draft: &Draft, refused: impl FnMut(String) + 'static) {
    js_save_zip(&text(draft), &sentence(refused));
}

/// Hands the project to the user as one page that needs nothing else.
pub(crate) fn save_page(draft: &Draft, refused: impl FnMut(String) + 'static) {
    js_save_page(&text(draft), &sentence(refused));
}

/// Hands a text to the user as a file.
pub(crate) fn save_text(name: &str, text: &str, refused: impl FnMut(String) + 'static) {
    js_save_text(name, text, &sentence(refused));
}

fn text(draft: &Draft) -> String {
    serde_json::to_string(draft).unwrap_or_default()
}

fn reader(mut read: impl FnMut(Vec<Incoming>) + 'static) -> JsValue {
    let read = move |json: String| read(serde_json::from_str(&json).unwrap_or_default());
    Closure::<dyn FnMut(String)>::new(read).into_js_value()
}

fn sentence(refused: impl FnMut(String) + 'static) -> JsValue {
    Closure::<dyn FnMut(String)>::new(refused).into_js_value()
}
