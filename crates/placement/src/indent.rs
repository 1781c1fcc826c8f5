//! How deep added lines belong in the file, when an answer's indentation is not the file's.

use crate::fold::{indent, is_blank};

/// The indentations of lines that an answer and the file have in common.
#[derive(Debug)]
pub(crate) struct Depths {
    /// As written, as it is, once each.
    pairs: Vec<(String, String)>,
    levels: Option<Levels>,
}

/// Depths as multiples of a step on both sides.
#[derive(Debug)]
struct Levels {
    base: (usize, String),
    written_step: usize,
    step: String,
}

/// The indentation says nothing certain.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unclear;

impl Depths {
    /// From pairs of (line of the answer, line of the file); `added` are the lines that will be asked
    /// about.
    pub(crate) fn learn<'a>(
        pairs: impl Iterator<Item = (&'a str, &'a str)>,
        added: &[&str],
        file: &[&str],
    ) -> Self {
        let mut all: Vec<(String, String)> = pairs
            .filter(|(written, _)| !is_blank(written))
            .map(|(written, real)| (plain(indent(written)), indent(real).to_owned()))
            .collect();
        all.sort_by_key(|(written, _)| written.len());
        all.dedup();
        let levels = levels(&all, added, file);
        Self { pairs: all, levels }
    }

    /// Whether the answer's indentation is the file's.
    pub(crate) fn agree(&self) -> bool {
        self.pairs.iter().all(|(written, real)| written == real)
    }

    /// An added line as deep as it belongs. `instead_of` is the pair of the line that it replaces,
    /// where there is one to one.
    pub(crate) fn place(
        &self,
        line: &str,
        instead_of: Option<(&str, &str)>,
    ) -> Result<String, Unclear> {
        let text = line.trim_start();
        if text.is_empty() {
            return Ok(String::new());
        }
        let written = plain(indent(line));
        if let Some((old, real)) = instead_of.filter(|(old, _)| plain(indent(old)) == written) {
            debug_assert!(!is_blank(old));
            return Ok(format!("{}{text}", indent(real)));
        }
        let mut seen = self.pairs.iter().filter(|(known, _)| *known == written);
        match (seen.next(), seen.next()) {
            (Some((_, real)), None) => return Ok(format!("{real}{text}")),
            (Some(_), Some(_)) => return Err(Unclear),
            (None, _) => {}
        }
        let levels = self.levels.as_ref().ok_or(Unclear)?;
        Ok(format!("{}{text}", levels.at(written.chars().count())?))
    }
}

impl Levels {
    fn at(&self, written: usize) -> Result<String, Unclear> {
        let (base, real) = &self.base;
        let steps = written.abs_diff(*base) / self.written_step;
        if written.abs_diff(*base) % self.written_step != 0 {
            return Err(Unclear);
        }
        if written >= *base {
            return Ok(format!("{real}{}", self.step.repeat(steps)));
        }
        let shorter = real.len().checked_sub(steps * self.step.len()).ok_or(Unclear)?;
        real.get(..shorter).map(str::to_owned).ok_or(Unclear)
    }
}

/// Finds one rule that all pairs follow.
fn levels(pairs: &[(String, String)], added: &[&str], file: &[&str]) -> Option<Levels> {
    let (first, real) = pairs.first()?;
    let base = (first.chars().count(), real.clone());
    let width = |written: &String| written.chars().count();
    let depths = added.iter().filter(|line| !is_blank(line)).map(|line| plain(indent(line)));
    let all = pairs.iter().map(|(written, _)| width(written)).chain(depths.map(|d| width(&d)));
    let written_step = all.map(|w| w.abs_diff(base.0)).filter(|w| *w > 0).fold(0, gcd);
    let written_step = if written_step == 0 { 1 } else { written_step };
    let step = step(pairs, &base, written_step, file)?;
    let levels = Levels { base, written_step, step };
    let follows =
        |(written, real): &(String, String)| levels.at(width(written)).as_ref() == Ok(real);
    pairs.iter().all(follows).then_some(levels)
}

/// What the file puts for one step of the answer: seen in the pairs, or as the file indents.
fn step(
    pairs: &[(String, String)],
    (base, real): &(usize, String),
    written_step: usize,
    file: &[&str],
) -> Option<String> {
    let deeper = pairs.iter().find(|(written, _)| written.chars().count() > *base);
    if let Some((written, deep)) = deeper {
        let steps = (written.chars().count() - base) / written_step;
        let more = deep.strip_prefix(real.as_str())?;
        return (more.len() % steps == 0).then(|| more[..more.len() / steps].to_owned());
    }
    let by_tabs = file.iter().filter(|line| line.starts_with('\t')).count();
    let by_spaces = file.iter().filter(|line| line.starts_with("  ")).count();
    let written_tabs = pairs.iter().any(|(written, _)| written.contains('\t'));
    match (by_tabs > by_spaces, written_tabs) {
        (true, false) => Some("\t".to_owned()),
        (true, true) => Some("\t".repeat(written_step)),
        (false, true) => None,
        (false, false) => Some(" ".repeat(written_step)),
    }
}

/// A line indented by nothing but spaces and tabs.
pub(crate) fn plainly(line: &str) -> String {
    format!("{}{}", plain(indent(line)), line.trim_start())
}

/// Every kind of space as a space; tabs stay.
fn plain(indent: &str) -> String {
    indent.chars().map(|c| if c == '\t' { c } else { ' ' }).collect()
}

fn gcd(a: usize, b: usize) -> usize {
    if a == 0 { b } else { gcd(b % a, a) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(pairs: &[(&str, &str)], line: &str, file: &[&str]) -> Option<String> {
        Depths::learn(pairs.iter().copied(), &[line], file).place(line, None).ok()
    }

    #[test]
    fn depth_follows_the_lines_that_are_known() {
        for (pairs, line, expected) in [
            (&[("a", "    a")][..], "    b", Some("        b")),
            (&[("    a", "a")], "        b", Some("    b")),
            (&[("    a", "a")], "b", None),
            (&[("a", "a"), ("  b", "    b")], "    c", Some("        c")),
            (&[("a", "\ta")], "    b", Some("\t    b")),
            (&[("a", "    a"), ("b", "        b")], "c", None),
            (&[("  a", "    a")], "", Some("")),
        ] {
            assert_eq!(placed(pairs, line, &[]).as_deref(), expected, "{pairs:?} {line}");
        }
        let tabs = &["\tx", "\ty"];
        assert_eq!(placed(&[("a", "\ta")], "    b", tabs).as_deref(), Some("\t\tb"));
        assert_eq!(placed(&[("    a", "\ta")], "        b", tabs).as_deref(), Some("\t\tb"));
    }
}
