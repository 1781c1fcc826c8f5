//! Whole lines of a file that become other lines.

use crate::lines::{lines, usual_end};

/// Lines `from..to` of a file become `insert`. Lines count from 0 and have no line ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    pub from: usize,
    pub to: usize,
    pub insert: Vec<String>,
}

/// The text with all splices made; they are in order and do not overlap. New lines end as most lines
/// of the text do, and a text without a line end at its end stays so.
#[must_use]
pub fn apply(text: &str, splices: &[Splice]) -> String {
    let old = lines(text);
    let usual = usual_end(&old);
    let mut new: Vec<(&str, &str)> = Vec::with_capacity(old.len());
    let mut at = 0;
    for splice in splices {
        let from = splice.from.clamp(at, old.len());
        new.extend(old[at..from].iter().map(|line| (line.text, line.end)));
        let end = old.get(from..splice.to.max(from)).and_then(|gone| gone.first());
        let end = end.map(|line| line.end).filter(|end| !end.is_empty()).unwrap_or(usual);
        new.extend(splice.insert.iter().map(|line| (line.as_str(), end)));
        at = splice.to.clamp(from, old.len());
    }
    new.extend(old[at..].iter().map(|line| (line.text, line.end)));
    let open_end = old.last().is_some_and(|line| line.end.is_empty());
    let last = new.len().saturating_sub(1);
    let mut text = String::new();
    for (index, (line, end)) in new.into_iter().enumerate() {
        text.push_str(line);
        match end {
            _ if index == last && open_end => {}
            "" => text.push_str(usual),
            end => text.push_str(end),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn splice(from: usize, to: usize, insert: &[&str]) -> Splice {
        Splice { from, to, insert: insert.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn line_ends_stay_what_they_are() {
        for (text, splices, expected) in [
            ("a\nb\n", vec![splice(1, 2, &["c", "d"])], "a\nc\nd\n"),
            ("a\r\nb\r\n", vec![splice(0, 1, &["c"]), splice(2, 2, &["d"])], "c\r\nb\r\nd\r\n"),
            ("a\nb", vec![splice(2, 2, &["c"])], "a\nb\nc"),
            ("a\nb", vec![splice(1, 2, &[])], "a"),
            ("", vec![splice(0, 0, &["a"])], "a\n"),
            ("a\n", vec![splice(0, 1, &[])], ""),
            ("a\r\nb\nc\nd\n", vec![splice(0, 1, &["x"])], "x\r\nb\nc\nd\n"),
        ] {
            assert_eq!(apply(text, &splices), expected, "{text:?}");
        }
    }
}
