//! How far a name reaches, read from indentation: the function around it, or the whole file.

use std::ops::Range;

/// What a line looks like that opens a function.
const OPENS: [&str; 5] = ["def ", "fn ", "function", "=>", "func "];

/// The lines of the innermost function around `at`, its first line included; all of `text` outside of one.
pub(super) fn around(text: &str, at: usize) -> Range<usize> {
    let lines: Vec<Line<'_>> = Line::all(text);
    let Some(own) = lines.iter().position(|line| line.holds(at)) else {
        return 0..text.len();
    };
    let mut indent = lines[own].indent().saturating_add(1);
    for (index, line) in lines[..=own].iter().enumerate().rev() {
        if line.is_blank() || line.indent() >= indent {
            continue;
        }
        indent = line.indent();
        if line.opens_function() {
            return line.start..end_of_body(&lines[index..], text.len());
        }
    }
    0..text.len()
}

/// Where the body that the first of `lines` opens ends, its closing line included.
fn end_of_body(lines: &[Line<'_>], end: usize) -> usize {
    let indent = lines[0].indent();
    let outside =
        |line: &&Line<'_>| !line.is_blank() && line.indent() <= indent && !line.continues();
    lines[1..].iter().find(outside).map_or(end, |line| line.start)
}

struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn all(text: &'t str) -> Vec<Self> {
        let mut start = 0;
        let line = |text: &'t str| {
            let line = Line { start, text };
            start += text.len() + 1;
            line
        };
        text.split('\n').map(line).collect()
    }

    fn holds(&self, at: usize) -> bool {
        (self.start..=self.start + self.text.len()).contains(&at)
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// A closing bracket belongs to what it closes.
    fn continues(&self) -> bool {
        self.text.trim_start().starts_with([')', ']', '}'])
    }

    fn opens_function(&self) -> bool {
        let text = self.text.trim();
        let opens = text.ends_with([':', '{', '(']) || text.ends_with("=>");
        let method = text.ends_with(") {")
            && !["if", "for", "while", "switch", "catch", "}", "match", "else"]
                .iter()
                .any(|word| text.starts_with(word));
        opens && (method || OPENS.iter().any(|word| text.contains(word)))
    }
}
