//! Messages between the page and the frame that runs untrusted code. What comes out of the frame is
//! a stranger's: everything is bounded again on arrival, and nothing in it is ever markup.

use serde::{Deserialize, Serialize};

/// Page to frame. Binary parts of a runtime travel beside the text, as array buffers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToFrame {
    /// Load this runtime; the message's buffers are its wasm modules. Answered by `Prepared`.
    Prepare { language: String, script: String },
    /// Run the project. Answered by `Output`… and `Finished`.
    Run(RunRequest),
    /// A line for a program that asked for input.
    Input { line: String },
    /// The page has shown the output up to this number; the frame may send more.
    Acknowledge { batch: u32 },
    /// Answered by `Pong`, as soon as the frame has a moment.
    Ping,
    /// Keep your thread busy for this long: the page sees whether its own stands still with it.
    Spin { ms: u32 },
}

/// What is run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRequest {
    pub files: Vec<SourceFile>,
    /// Path of the file that the run starts with.
    pub entry: String,
    /// Only this piece of the entry file, when the user selected one.
    pub selection: Option<Selection>,
    /// Lines that the program reads before it has to ask.
    pub input: String,
    /// Whether a loop that holds its thread for too long is broken off by the frame itself, because
    /// this browser would stand still with it.
    pub guard: bool,
    /// `light` or `dark`, for a preview that does not choose.
    pub scheme: String,
    /// Where a document that is shown anew was scrolled to, in its pixels.
    #[serde(default)]
    pub scroll: Scroll,
    /// What a check runs after the entry file, in its language; empty where the run is no check.
    pub tests: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

/// How far a document is scrolled, in its own pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scroll {
    pub x: u32,
    pub y: u32,
}

/// A piece of a file: its text and the line it begins on, from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    pub text: String,
    pub line: u32,
}

/// Frame to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromFrame {
    /// The frame stands, in an origin of its own.
    Hello,
    /// The runtime is loaded and the next `Run` starts at once.
    Prepared,
    /// The runtime could not be loaded.
    Unprepared { message: String },
    /// What the program printed since the last batch, and how many entries were left out.
    Output { batch: u32, entries: Vec<Entry>, dropped: u32 },
    /// The program waits for a line of input.
    Asks { prompt: String },
    /// The document is drawn.
    Painted,
    /// The document that the run began with was scrolled.
    Scrolled(Scroll),
    /// The program ended by itself.
    Finished { ok: bool, ms: f64 },
    /// The frame's answer to `Ping`: for how long the program has not come to rest.
    Pong { busy_ms: f64 },
}

/// One thing in the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub level: Level,
    /// How many groups it stands in.
    #[serde(default)]
    pub depth: u8,
    #[serde(default)]
    pub parts: Vec<Value>,
    /// Where it comes from, innermost call first; empty when nobody knows.
    #[serde(default)]
    pub trace: Vec<Place>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Written without a line end of its own: `print(end="")`, a prompt.
    Text,
    Log,
    Info,
    Debug,
    Warn,
    Error,
    /// A heading; what follows stands one deeper.
    Group,
    /// One part whose children are rows, each with its cells as children.
    Table,
    /// One part: an image as a `data:` URL.
    Image,
    /// The value of what was run.
    Result,
    /// Input that the program has read.
    Input,
    /// What became of one test of a check: its name, `passed` or `failed`, what came, and what was expected.
    Test,
    /// What Flint itself says about the run.
    Note,
    /// Everything before is gone.
    Clear,
}

/// A value as the console shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    pub kind: Kind,
    /// One line: the text of a string, `Array(3)`, `f add(a, b)`.
    pub text: String,
    /// What unfolds, with its names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<(String, Value)>,
    /// Children that there are beyond these.
    #[serde(default)]
    pub more: u32,
}

/// How a value is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Text that stands for itself.
    #[default]
    Text,
    String,
    Number,
    Boolean,
    Nothing,
    Function,
    Symbol,
    Object,
    Error,
}

/// A place in a file of the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub path: String,
    /// From 1.
    pub line: u32,
    /// From 1, in UTF-16 units; 0 when unknown.
    #[serde(default)]
    pub column: u32,
    /// The function, when it has a name.
    #[serde(default)]
    pub function: String,
}
