//! Loads a model from a folder with `model.gguf`, `tokenizer.json` and perhaps `counts.bin`.

use anyhow::{Context, Result};
use flint_inference::{CpuBackend, Engine, Tokenizer};
use std::path::Path;

const TOKENIZER: &str = "tokenizer.json";
/// The file of counted code in a model's folder.
pub(crate) const COUNTS: &str = "counts.bin";

/// # Errors
/// When a file is missing or is not a model.
pub(crate) fn load(folder: &Path) -> Result<Engine<CpuBackend>> {
    let counts = match folder.join(COUNTS).is_file() {
        true => Some(read(folder, COUNTS)?),
        false => None,
    };
    let (weights, tokenizer) = (read(folder, "model.gguf")?, read(folder, TOKENIZER)?);
    Ok(Engine::from_files(&weights, &tokenizer, counts.as_deref())?)
}

/// # Errors
/// When the folder has no tokenizer.
pub(crate) fn tokenizer(folder: &Path) -> Result<Tokenizer> {
    Ok(Tokenizer::from_json(&read(folder, TOKENIZER)?)?)
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
}
