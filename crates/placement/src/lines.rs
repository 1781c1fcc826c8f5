//! A text as lines, each with the line end that it has.

/// A line and its end: `"\n"`, `"\r\n"`, or nothing at the end of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ended<'a> {
    pub(crate) text: &'a str,
    pub(crate) end: &'a str,
}

pub(crate) fn lines(text: &str) -> Vec<Ended<'_>> {
    let line = |line| {
        let text = without_end(line);
        Ended { text, end: &line[text.len()..] }
    };
    text.split_inclusive('\n').map(line).collect()
}

/// A line without `"\n"` or `"\r\n"`.
pub(crate) fn without_end(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

/// The line end that most lines have; `"\n"` for a text without any.
pub(crate) fn usual_end<'a>(lines: &[Ended<'a>]) -> &'a str {
    let count = |end| lines.iter().filter(|line| line.end == end).count();
    if count("\r\n") > count("\n") { "\r\n" } else { "\n" }
}
