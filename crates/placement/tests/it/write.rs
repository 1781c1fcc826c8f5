//! Writes an edit down in every format, well or in the ways that models write it.

use crate::chance::Chance;

/// Lines `from..to` of a file as the answer shows them, and what they become.
#[derive(Clone, Debug)]
pub(crate) struct Hunk {
    /// The line number, from 1, that a diff states.
    pub(crate) line: usize,
    /// ` `, `-` or `+`, and the text.
    pub(crate) lines: Vec<(char, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Blocks,
    ApplyPatch,
    Unified,
    /// Without numbers, in a fence.
    LooseUnified,
}

pub(crate) const FORMATS: [Format; 4] =
    [Format::Blocks, Format::ApplyPatch, Format::Unified, Format::LooseUnified];

impl Hunk {
    fn side(&self, without: char) -> String {
        let lines = self.lines.iter().filter(|(mark, _)| *mark != without);
        lines.map(|(_, text)| format!("{text}\n")).collect()
    }

    fn body(&self) -> String {
        self.lines.iter().map(|(mark, text)| format!("{mark}{text}\n")).collect()
    }

    fn count(&self, without: char) -> usize {
        self.lines.iter().filter(|(mark, _)| *mark != without).count()
    }
}

/// An answer with these hunks for files in order.
pub(crate) fn write(format: Format, files: &[(&str, Vec<Hunk>)]) -> String {
    let mut text = String::new();
    match format {
        Format::Blocks => {
            for (path, hunks) in files {
                for hunk in hunks {
                    let (before, after) = (hunk.side('+'), hunk.side('-'));
                    text += &format!(
                        "{path}\n```\n<<<<<<< SEARCH\n{before}=======\n{after}>>>>>>> REPLACE\n```\n\n"
                    );
                }
            }
        }
        Format::ApplyPatch => {
            text += "*** Begin Patch\n";
            for (path, hunks) in files {
                text += &format!("*** Update File: {path}\n");
                for hunk in hunks {
                    text += &format!("@@\n{}", hunk.body());
                }
            }
            text += "*** End Patch\n";
        }
        Format::Unified => {
            for (path, hunks) in files {
                text += &format!("--- a/{path}\n+++ b/{path}\n");
                for hunk in hunks {
                    let (old, new) = (hunk.count('+'), hunk.count('-'));
                    let line = hunk.line;
                    text += &format!("@@ -{line},{old} +{line},{new} @@\n{}", hunk.body());
                }
            }
        }
        Format::LooseUnified => {
            for (path, hunks) in files {
                text += &format!("```diff\n--- {path}\n+++ {path}\n");
                for hunk in hunks {
                    text += &format!("@@ ... @@\n{}", hunk.body());
                }
                text += "```\n";
            }
        }
    }
    text
}

/// With words around it, as chat models like to have them.
pub(crate) fn chatty(chance: &mut Chance, answer: &str) -> String {
    let before = ["Sure! Here is the change:\n\n", "I looked at the loop - it needs this.\n\n", ""];
    let after = ["\nThat keeps the rest as it is.\n", "\n---\nDone = yes.\n", ""];
    format!("{}{answer}{}", chance.one_of(&before), chance.one_of(&after))
}
