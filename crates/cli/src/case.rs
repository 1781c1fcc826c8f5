//! Evaluation cases: a file cut at a cursor, and what stood there.

use anyhow::{Context, Result};
use flint_protocol::{CompletionRequest, Limits, RequestId};
use serde::Deserialize;
use std::path::Path;

#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) language: String,
    pub(crate) path: String,
    pub(crate) prefix: String,
    pub(crate) suffix: String,
    /// What stood at the cursor; empty where nothing belongs.
    pub(crate) middle: String,
}

impl Case {
    pub(crate) fn request(&self, limits: Limits) -> CompletionRequest {
        CompletionRequest {
            id: RequestId(0),
            language: self.language.clone(),
            path: self.path.clone(),
            prefix: self.prefix.clone(),
            suffix: self.suffix.clone(),
            limits,
        }
    }
}

/// Reads JSON lines.
pub(crate) fn read(path: &Path) -> Result<Vec<Case>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty()).enumerate();
    lines
        .map(|(index, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("line {} of {} is no case", index + 1, path.display()))
        })
        .collect()
}
