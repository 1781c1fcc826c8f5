//! The page inside another site's page, behind `app/js/embed.js`: what its host orders and hears. The
//! element in the host's page is `embed/`. A host may be anybody: it gets what it has put in, and no more.

use crate::language;
use crate::project::{Draft, DraftExercise, DraftFile};
use crate::theme::Theme;
use flint_exercise::{Given, Verdict, mark};
use flint_protocol::SourceFile;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "flint-embed")]
extern "C" {
    #[wasm_bindgen(js_name = isEmbedded)]
    fn is_embedded_js() -> bool;
    fn connect(hear: &JsValue);
    #[wasm_bindgen(js_name = say)]
    fn say_js(message: &str);
}

/// An order and the number that its answer must carry.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct FromHost {
    pub(crate) id: u32,
    #[serde(flatten)]
    pub(crate) order: Order,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Order {
    Load(Load),
    /// Answered when the program has ended.
    Run,
    /// The same, with what was expected beside what came.
    RunTests,
    Format,
    GetCode,
    SetCode {
        files: Vec<SourceFile>,
    },
    Theme {
        theme: Theme,
    },
}

/// What the element says when it is connected.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct Load {
    pub(crate) files: Vec<SourceFile>,
    /// Lines before the first file's that are run and not shown.
    pub(crate) setup: String,
    /// What the program should print.
    pub(crate) expected: Option<String>,
    /// Lines that a check runs after the first file's.
    pub(crate) tests: String,
    pub(crate) read_only: bool,
    /// Whether there are suggestions.
    pub(crate) ai: bool,
    /// Run at once.
    pub(crate) run: bool,
    pub(crate) theme: Theme,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum ToHost {
    Reply {
        id: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<serde_json::Value>,
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    },
    Code {
        path: String,
        text: String,
    },
    Console(Outcome),
    Tests(Verdict),
}

/// How a run ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Outcome {
    pub(crate) ok: bool,
    /// All that was printed.
    pub(crate) output: String,
}

pub(crate) fn draft(files: Vec<SourceFile>) -> Draft {
    let file = |SourceFile { path, text }| DraftFile { path, text, cursor: 0 };
    Draft { files: files.into_iter().map(file).collect(), ..Draft::default() }
}

impl Load {
    /// What the host says of its first file, where it says anything.
    pub(crate) fn exercise(&self) -> Option<DraftExercise> {
        let Self { setup, expected, tests, .. } = self;
        let given = Given { setup, tests, expected: expected.as_deref() };
        let says = expected.is_some() || !(setup.trim().is_empty() && tests.trim().is_empty());
        let SourceFile { path, text } = self.files.first().filter(|_| says)?;
        Some(DraftExercise {
            path: path.clone(),
            source: mark(text, given, language::comment(path)),
        })
    }
}

pub(crate) fn is_embedded() -> bool {
    is_embedded_js()
}

/// Says hello to the host; `hear` is called as long as the page lives. What is no order is not heard.
pub(crate) fn listen(hear: impl Fn(FromHost) + 'static) {
    let read = move |text: String| {
        if let Ok(message) = serde_json::from_str(&text) {
            hear(message);
        }
    };
    connect(&Closure::<dyn Fn(String)>::new(read).into_js_value());
}

pub(crate) fn say(message: &ToHost) {
    say_js(&serde_json::to_string(message).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_and_nonsense_is_not() {
        let read = |text| serde_json::from_str::<FromHost>(text).ok().map(|message| message.order);
        assert_eq!(read(r#"{"id":1,"type":"run"}"#), Some(Order::Run));
        let load = read(r#"{"id":2,"type":"load","files":[],"theme":"dark","ai":true}"#);
        let expected = Load { theme: Theme::Dark, ai: true, ..Load::default() };
        assert_eq!(load, Some(Order::Load(expected)));
        for bad in ["", "{}", r#"{"type":"run"}"#, r#"{"id":1,"type":"eval"}"#] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
