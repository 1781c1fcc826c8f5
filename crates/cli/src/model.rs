//! Loads a model from a folder with `model.gguf`, `tokenizer.json` and perhaps `counts.bin`.

use anyhow::{Context, Result};
use flint_inference::{CpuBackend, Engine, Tokenizer};
use sha2::{Digest, Sha256};
use std::path::Path;

/// The file of weights in a model's folder.
pub(crate) const WEIGHTS: &str = "model.gguf";
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
    let (weights, tokenizer) = (read(folder, WEIGHTS)?, read(folder, TOKENIZER)?);
    Ok(Engine::from_files(&weights, &tokenizer, counts)?)
}

/// # Errors
/// When the folder has no tokenizer.
pub(crate) fn tokenizer(folder: &Path) -> Result<Tokenizer> {
    Ok(Tokenizer::from_json(&read(folder, TOKENIZER)?)?)
}

/// Lower-case hex SHA-256 of a model's file.
///
/// # Errors
/// When there is no such file.
pub(crate) fn sha256(folder: &Path, name: &str) -> Result<String> {
    let digest = Sha256::digest(read(folder, name)?);
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
}
