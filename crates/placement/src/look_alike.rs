//! What an answer writes in place of the file's characters, learned from the lines that both have,
//! and undone in the lines that it adds.

use crate::fold::look_alikes;

#[derive(Debug, Default)]
pub(crate) struct LookAlikes {
    /// Written by the answer, and what it stands for.
    learned: Vec<(char, char)>,
}

impl LookAlikes {
    /// From pairs of (line of the answer, line of the file).
    pub(crate) fn learn<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut learned: Vec<(char, char)> = Vec::new();
        let mut kept = Vec::new();
        for (written, real) in pairs {
            let (written, real) = (written.trim(), real.trim());
            if written.chars().count() != real.chars().count() {
                continue;
            }
            for (a, b) in written.chars().zip(real.chars()) {
                if a == b && !a.is_ascii() {
                    kept.push(a);
                } else if a != b && folds_to(a, b) {
                    learned.push((a, b));
                }
            }
        }
        learned.retain(|(written, real)| {
            !kept.contains(written) && !kept.iter().any(|kept| folds_to(*kept, *real))
        });
        learned.dedup();
        Self { learned }
    }

    /// An added line with the file's characters in it.
    pub(crate) fn undo(&self, line: &str) -> String {
        let real = |c: char| {
            let known = self
                .learned
                .iter()
                .find(|(written, real)| *written == c || (!c.is_ascii() && folds_to(c, *real)));
            known.map_or(c, |(_, real)| *real)
        };
        line.chars().map(real).collect()
    }
}

fn folds_to(written: char, real: char) -> bool {
    let read = |c: char| look_alikes(&format!(".{c}."));
    read(written) == read(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_that_were_made_round_are_straight_again() {
        let pairs = [("say(\u{201c}a\u{201d})", "say(\"a\")"), ("caf\u{e9}", "caf\u{e9}")];
        let learned = LookAlikes::learn(pairs.into_iter());
        assert_eq!(learned.undo("say(\u{201c}b\u{201d}, \u{201f}\u{e9})"), "say(\"b\", \"\u{e9})");
    }

    #[test]
    fn what_the_file_has_too_stays() {
        let pairs = [("\u{201c}a", "\"a"), ("# \u{201c}b\u{201d}", "# \u{201c}b\u{201d}")];
        let learned = LookAlikes::learn(pairs.into_iter());
        assert_eq!(learned.undo("\u{201c}c\u{201d}"), "\u{201c}c\u{201d}");
    }
}
