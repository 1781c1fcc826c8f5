//! Loads a model from a folder with `model.gguf`, `tokenizer.json` and perhaps `counts.bin`.

use anyhow::{Context, Result};
use flint_inference::{Counts, CpuBackend, Engine, Tokenizer};
use std::path::Path;

const MAX_CONTEXT: usize = 2048;
/// The file of counted code in a model's folder.
pub(crate) const COUNTS: &str = "counts.bin";

/// # Errors
/// When a file is missing or is not a model.
pub(crate) fn load(folder: &Path) -> Result<Engine<CpuBackend>> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let tokenizer = Tokenizer::from_json(&read("tokenizer.json")?)?;
    let backend = CpuBackend::from_gguf(&read("model.gguf")?, MAX_CONTEXT)?;
    let counts = folder.join(COUNTS);
    let counts = match counts.is_file() {
        true => Counts::from_bytes(&read(COUNTS)?)?,
        false => Counts::default(),
    };
    Ok(Engine::new(backend, tokenizer, counts)?)
}

/// # Errors
/// When the folder has no tokenizer.
pub(crate) fn tokenizer(folder: &Path) -> Result<Tokenizer> {
    let path = folder.join("tokenizer.json");
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Tokenizer::from_json(&bytes)?)
}
