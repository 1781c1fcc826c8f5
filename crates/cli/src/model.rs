//! Loads a model from a folder with `model.gguf` and `tokenizer.json`.

use anyhow::{Context, Result};
use flint_inference::{CpuBackend, Engine, Tokenizer};
use std::path::Path;

const MAX_CONTEXT: usize = 2048;

/// # Errors
/// When a file is missing or is not a model.
pub(crate) fn load(folder: &Path) -> Result<Engine<CpuBackend>> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let tokenizer = Tokenizer::from_json(&read("tokenizer.json")?)?;
    let backend = CpuBackend::from_gguf(&read("model.gguf")?, MAX_CONTEXT)?;
    Ok(Engine::new(backend, tokenizer)?)
}
