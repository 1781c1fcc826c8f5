//! Evaluation cases: a file cut at a cursor, and what stood there.

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use flint_protocol::{CompletionRequest, Limits, RequestId};
use serde::Deserialize;
use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    /// Its kind, then anything: `line-python-7`.
    #[serde(default)]
    pub(crate) id: String,
    pub(crate) language: String,
    pub(crate) path: String,
    pub(crate) prefix: String,
    pub(crate) suffix: String,
    /// What stood at the cursor; empty where nothing belongs.
    pub(crate) middle: String,
    /// Texts of the project's other files, nearest first.
    #[serde(default)]
    pub(crate) neighbours: Vec<String>,
}

/// A cursor in a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) language: &'a str,
    pub(crate) path: &'a str,
    pub(crate) prefix: &'a str,
    pub(crate) suffix: &'a str,
    pub(crate) neighbours: &'a [String],
}

impl Case {
    pub(crate) fn place(&self) -> Place<'_> {
        let Self { language, path, prefix, suffix, neighbours, .. } = self;
        Place { language, path, prefix, suffix, neighbours }
    }

    /// line, midline, block or noise: as the id says, else as the middle looks.
    pub(crate) fn kind(&self) -> &str {
        match self.id.split('-').next() {
            _ if self.is_noise() => "noise",
            Some(kind @ ("line" | "midline" | "block")) => kind,
            _ if self.middle.contains('\n') => "block",
            _ if self.prefix.ends_with(char::is_whitespace) => "line",
            _ => "midline",
        }
    }

    /// Nothing is to be written here.
    pub(crate) fn is_noise(&self) -> bool {
        self.middle.trim().is_empty()
    }

    /// What the first line of an answer should be.
    pub(crate) fn line(&self) -> &str {
        self.middle.lines().next().unwrap_or_default().trim_end()
    }

    pub(crate) fn request(&self, limits: Limits) -> CompletionRequest {
        CompletionRequest {
            id: RequestId(0),
            language: self.language.clone(),
            path: self.path.clone(),
            prefix: self.prefix.clone(),
            suffix: self.suffix.clone(),
            limits,
            alternative: 0,
        }
    }
}

/// Reads JSON lines, compressed if the name ends in `.gz`.
pub(crate) fn read(path: &Path) -> Result<Vec<Case>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let compressed = path.extension().is_some_and(|extension| extension == "gz");
    let text: Box<dyn Read> =
        if compressed { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    let mut cases = Vec::new();
    for (index, line) in BufReader::new(text).lines().enumerate() {
        let line = line.with_context(|| format!("{} is cut off", path.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        let case = serde_json::from_str(&line)
            .with_context(|| format!("line {} of {} is no case", index + 1, path.display()))?;
        cases.push(case);
    }
    Ok(cases)
}
