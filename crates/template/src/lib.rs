//! What a chat template makes of a conversation. A template is a stranger's program: what it may compute and write is
//! bounded. Knows nothing of tokens.
//!
//! A crate and a module of its own, for it is as large as all the rest of a model worker, and only models that somebody
//! brings have templates.
//!
//! Source: <https://huggingface.co/docs/transformers/chat_templating>.

use flint_protocol::{ChatMessage, Role};
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value, context, syntax::SyntaxConfig};
use wasm_bindgen::prelude::*;

/// No publisher's template is nearly so long.
const MOST_BYTES: usize = 256 << 10;
/// Steps that a template may take, and bytes that it may make of each byte it is given. In units of the engine: a step, or
/// 64 bytes.
const STEPS: u64 = 200_000;
const BYTES_PER_FUEL: u64 = 4;

/// A template's text, and the markers that it is told of: `bos_token` and the like, each with its name.
pub type Marker = (String, String);

/// What the template makes of these messages, with what an answer begins with where one is asked for.
///
/// # Errors
/// Why not, as the end of a sentence: it is no template, refuses the messages, or computes without end.
pub fn write(
    source: &str,
    markers: &[Marker],
    messages: &[ChatMessage],
    asks: bool,
) -> Result<String, String> {
    if source.len() > MOST_BYTES {
        return Err("it is too long to be one".to_owned());
    }
    let said: usize = messages.iter().map(|message| message.content.len()).sum();
    let mut environment = Environment::new();
    let blanks = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(blanks.map_err(|error| error.to_string())?);
    environment.set_undefined_behavior(UndefinedBehavior::Lenient);
    environment.set_fuel(Some(STEPS + said as u64 / BYTES_PER_FUEL));
    environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
    environment.add_function("raise_exception", raise);
    for (name, marker) in markers {
        environment.add_global(name.clone(), marker.clone());
    }
    let messages: Vec<Value> = messages.iter().map(message).collect();
    let none = Value::from(());
    let known = context! {
        messages, add_generation_prompt => asks, tools => none.clone(), documents => none
    };
    let written = environment.render_str(&untrained(source), known);
    written.map_err(|error| match error.kind() {
        ErrorKind::OutOfFuel => "it computes without end".to_owned(),
        _ => error.to_string(),
    })
}

/// The same for a worker: markers and messages are JSON.
///
/// # Errors
/// As [`write`].
#[wasm_bindgen(js_name = write)]
pub fn write_json(
    source: &str,
    markers: &str,
    messages: &str,
    asks: bool,
) -> Result<String, String> {
    let unreadable = |error: serde_json::Error| error.to_string();
    let markers: Vec<Marker> = serde_json::from_str(markers).map_err(unreadable)?;
    let messages: Vec<ChatMessage> = serde_json::from_str(messages).map_err(unreadable)?;
    write(source, &markers, &messages, asks)
}

fn message(message: &ChatMessage) -> Value {
    let role = match message.role {
        Role::System => "system",
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    context! { role, content => &*message.content }
}

/// `{% generation %}` says which part is learned from, to those who train.
fn untrained(source: &str) -> String {
    let mut source = source.to_owned();
    for open in ["{% ", "{%- "] {
        source = source.replace(&format!("{open}generation"), &format!("{open}if true"));
        source = source.replace(&format!("{open}endgeneration"), &format!("{open}endif"));
    }
    source
}

fn raise(reason: String) -> Result<Value, minijinja::Error> {
    Err(minijinja::Error::new(ErrorKind::InvalidOperation, reason))
}
