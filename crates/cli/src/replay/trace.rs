//! A recorded editing session: the file at its beginning, then a step a line.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::{fs, path::Path};

#[derive(Debug)]
pub(crate) struct Trace {
    pub(crate) path: String,
    pub(crate) language: String,
    pub(crate) text: String,
    pub(crate) steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
struct Beginning {
    path: String,
    language: String,
    text: String,
}

/// Offsets are bytes.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Step {
    /// At this place so many bytes are deleted, and then this is typed, character by character.
    Edit(usize, usize, String),
    /// The cursor goes here.
    Move([usize; 1]),
}

/// # Errors
/// When there is no such file, or it is no trace, or a step does not fit the text.
pub(crate) fn read(path: &Path) -> Result<Trace> {
    let name = path.display();
    let file = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    let mut lines = file.lines();
    let first = lines.next().unwrap_or_default();
    let beginning: Beginning = serde_json::from_str(first)
        .with_context(|| format!("{name} does not begin with a path, a language and a text"))?;
    let mut steps = Vec::new();
    let mut text = beginning.text.clone();
    for (index, line) in lines.enumerate() {
        let step = serde_json::from_str(line)
            .with_context(|| format!("line {} of {name} is no step", index + 2))?;
        let (at, removed, inserted) = match &step {
            Step::Edit(at, removed, inserted) => (*at, *removed, inserted.as_str()),
            Step::Move([at]) => (*at, 0, ""),
        };
        let fits = at.checked_add(removed).and_then(|end| text.get(at..end)).is_some();
        ensure!(fits, "line {} of {name} does not fit the text", index + 2);
        text.replace_range(at..at + removed, inserted);
        steps.push(step);
    }
    let Beginning { path, language, text } = beginning;
    Ok(Trace { path, language, text, steps })
}
