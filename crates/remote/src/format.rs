//! In which form a model writes its edits. Which does it well is a matter of the model, as public
//! comparisons have it: Aider's leaderboards of edit formats and Diff-XYZ (arXiv 2510.12487).

use crate::prompt::{Document, Task};
use crate::redact::redact;

/// How edits are asked for; whatever comes instead is understood all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Search/replace blocks: what most large models write best.
    #[default]
    Blocks,
    /// `apply_patch`, which some are trained on.
    Patch,
    /// A unified diff without line numbers.
    Unified,
    /// The lines that it is about, written anew: small models lose the marks of everything else.
    Region,
}

/// Pieces of names, the first that a name has decides.
const BY_NAME: [(&str, Format); 5] = [
    ("codex", Format::Patch),
    ("gpt-5", Format::Patch),
    ("gpt-4.1", Format::Patch),
    // 63.9 % of edits right as a diff, 57.6 % as blocks.
    ("gpt-4-turbo", Format::Unified),
    // 16.4 % as whole files, 8.0 % as blocks; the smaller ones alike.
    ("qwen2.5-coder", Format::Region),
];

/// Up to so many thousand million weights a model is a small one.
const SMALL: f64 = 14.0;
/// Lines that are written anew at most: more takes too long, and is read too carelessly.
const MOST_LINES: usize = 200;

impl Format {
    /// The one for a model, by its name.
    #[must_use]
    pub fn of(model: &str) -> Self {
        let name = model.to_ascii_lowercase();
        let named = BY_NAME.iter().find(|(piece, _)| name.contains(piece));
        named.map_or_else(
            || match size(&name) {
                Some(size) if size <= SMALL => Self::Region,
                _ => Self::default(),
            },
            |(_, format)| *format,
        )
    }

    /// This one where it can say what is wanted, else blocks, which can say everything but a new name.
    #[must_use]
    pub fn fitting(self, task: Task, documents: &[Document]) -> Self {
        let in_lines = |document: &Document| {
            let (from, to) = document.region();
            let lines = document.text.lines().skip(from).take(to - from);
            // What is kept back would be lost in lines that are written anew.
            to - from <= MOST_LINES && redact(&lines.collect::<Vec<_>>().join("\n")).1 == 0
        };
        let fits = match (self, task) {
            (_, Task::Plan | Task::Revise) => false,
            (Self::Region, Task::Edit | Task::Document) => {
                matches!(documents, [only] if in_lines(only))
            }
            (Self::Region, _) => false,
            _ => true,
        };
        if fits { self } else { Self::Blocks }
    }
}

/// `7` of `qwen3:7b-instruct`; the whole of a mixture comes first in names.
fn size(name: &str) -> Option<f64> {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    words.filter_map(|word| word.strip_suffix('b')?.parse().ok()).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_has_the_form_that_it_writes_well() {
        for (name, expected) in [
            ("gpt-5.3-codex-spark", Format::Patch),
            ("openai/gpt-4.1-mini", Format::Patch),
            ("gpt-4-turbo-2024-04-09", Format::Unified),
            ("Qwen2.5-Coder-32B-Instruct", Format::Region),
            ("llama3.2:3b", Format::Region),
            ("codestral-22b", Format::Blocks),
            ("qwen3-coder-30b-a3b", Format::Blocks),
            ("phi-3.8b-q4", Format::Region),
            ("claude-sonnet", Format::Blocks),
            ("", Format::Blocks),
        ] {
            assert_eq!(Format::of(name), expected, "{name}");
        }
    }

    #[test]
    fn what_a_form_cannot_say_is_said_in_blocks() {
        let document =
            |text: &str| Document { path: "a".into(), text: text.into(), selected: None };
        let short = document("x\n");
        for (format, task, documents, expected) in [
            (Format::Region, Task::Edit, vec![short.clone()], Format::Region),
            (Format::Region, Task::Edit, vec![short.clone(), short.clone()], Format::Blocks),
            (Format::Region, Task::Edit, vec![document(&"x\n".repeat(201))], Format::Blocks),
            (
                Format::Region,
                Task::Edit,
                vec![document("k = 'sk-abcdefghijklmnop1234'")],
                Format::Blocks,
            ),
            (Format::Region, Task::Test, vec![short.clone()], Format::Blocks),
            (Format::Patch, Task::Test, vec![short.clone()], Format::Patch),
            (Format::Patch, Task::Plan, vec![short], Format::Blocks),
        ] {
            assert_eq!(format.fitting(task, &documents), expected, "{format:?} {task:?}");
        }
    }
}
