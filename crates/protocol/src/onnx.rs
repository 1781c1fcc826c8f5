//! What a worker of bigger models is started with: it is its name, as JSON, so that the worker every page
//! has need not know of it.

use serde::{Deserialize, Serialize};

/// A decoder in the layout of the model hub: `config.json`, `tokenizer.json`, `onnx/model*.onnx`. Its
/// files are kept in this browser; what is there already is not fetched again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnnxSource {
    /// For people, and the name of the folder that the files are kept in.
    pub id: String,
    /// Absolute, ending with a slash: where files are that `files` does not name. None for a model from
    /// the user's disk.
    pub base_url: Option<String>,
    /// What is known of single files.
    #[serde(default)]
    pub files: Vec<KnownFile>,
    pub device: Device,
    /// Whether the user has said that what is not here may be fetched; else nobody is asked.
    #[serde(default)]
    pub may_fetch: bool,
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
