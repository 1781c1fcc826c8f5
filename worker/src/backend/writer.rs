//! What writes chat templates: a module of its own, fetched by those alone whose model has one (`js/template_writer.js`).

use crate::body::reason;
use flint_inference::{Template, Writer};
use flint_protocol::ChatMessage;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "flint-template-writer")]
extern "C" {
    #[wasm_bindgen(catch, js_name = loadWriter)]
    async fn load_writer() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = write)]
    fn write(source: &str, markers: &str, messages: &str, asks: bool) -> Result<String, JsValue>;
}

/// The writer; one that says why it is not there where it could not be fetched.
pub(super) async fn writer() -> Writer {
    match load_writer().await {
        Ok(_) => Box::new(written),
        Err(error) => {
            let said = format!("what writes it could not be fetched: {}", reason(&error));
            Box::new(move |_, _, _| Err(said.clone()))
        }
    }
}

fn written(template: &Template, messages: &[ChatMessage], asks: bool) -> Result<String, String> {
    let json = |error: serde_json::Error| error.to_string();
    let markers = serde_json::to_string(&template.markers).map_err(json)?;
    let messages = serde_json::to_string(messages).map_err(json)?;
    write(&template.source, &markers, &messages, asks)
        .map_err(|error| error.as_string().unwrap_or_else(|| reason(&error)))
}
