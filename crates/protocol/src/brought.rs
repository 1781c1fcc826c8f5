//! A model that the user brings. Its worker is started with it: it is the worker's name, as JSON.

use serde::{Deserialize, Serialize};

/// Where a model's files are. They are kept in this browser; what is there already is not fetched again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// For people, and the name of the folder that the files are kept in.
    pub id: String,
    /// Absolute, ending with a slash: where files are that `files` does not name. None for a model from
    /// the user's disk.
    pub base_url: Option<String>,
    /// What is known of single files.
    #[serde(default)]
    pub files: Vec<KnownFile>,
    #[serde(default)]
    pub layout: Layout,
    pub device: Device,
    /// Whether the user has said that what is not here may be fetched; else nobody is asked.
    #[serde(default)]
    pub may_fetch: bool,
}

/// What a model's files are, and so who runs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Layout {
    /// As models for transformers.js have them: `config.json`, `tokenizer.json`, `onnx/model*.onnx`.
    #[default]
    Onnx,
    /// One GGUF file, for the decoder on the CPU. Without a path it is the best of those that the hub lists in
    /// [`Layout::LIST`].
    Gguf { path: Option<String> },
}

impl Layout {
    /// The name of the hub's list of a model's files, as one of them: `{"siblings": [{"rfilename": "a.gguf"}]}`.
    pub const LIST: &str = "list.json";
}

/// A file of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFile {
    /// As the layout has it: `onnx/model_q4.onnx`.
    pub path: String,
    /// Absolute, where it is elsewhere than under the model's own address.
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub bytes: Option<u64>,
    /// Lower-case hex; checked when the file has arrived.
    #[serde(default)]
    pub sha256: Option<String>,
}

/// Who shall compute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    /// The GPU where there is one.
    #[default]
    Best,
    /// The CPU even so.
    Cpu,
}
