//! A code block that asks to be a playground: where it stands, what it holds, what it prints.

use crate::fence::Fence;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Text(String),
    Block(Block<'a>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    /// Where it begins, counted from 1.
    pub(crate) line: usize,
    pub(crate) fence: Fence<'a>,
    /// The lines that run first and are not shown.
    pub(crate) setup: Option<String>,
    pub(crate) code: &'a str,
    /// What it should print: a block `output` that follows at once.
    pub(crate) output: Option<String>,
}

/// A block as a program: what runs before what is shown, and what it should print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Where its block begins, counted from 1.
    pub line: usize,
    /// As the block names it: `js`, `python`.
    pub language: String,
    pub setup: String,
    pub code: String,
    pub expected: Option<String>,
}

/// The blocks of a Markdown text that ask to be playgrounds.
pub fn examples(text: &str) -> Vec<Example> {
    let block = |piece| match piece {
        Piece::Text(_) => None,
        Piece::Block(Block { line, fence, setup, code, output }) => Some(Example {
            line,
            language: fence.language().to_owned(),
            setup: setup.unwrap_or_default(),
            code: code.to_owned(),
            expected: output,
        }),
    };
    pieces(text).into_iter().filter_map(block).collect()
}

pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut lines = Lines { text, at: 0, number: 0 };
    let mut pieces = Vec::new();
    while let Some(line) = lines.next() {
        let Some(fence) = Fence::open(line.trim_end()) else {
            pieces.push(Piece::Text(line.to_owned()));
            continue;
        };
        let number = lines.number;
        let code = lines.block(&fence);
        let end = lines.next().unwrap_or_default();
        if !fence.asks("play") {
            pieces.push(Piece::Text(format!("{line}{code}{end}")));
            continue;
        }
        let (setup, code) = split_hidden(code, fence.value("hide"));
        let output = lines.output();
        pieces.push(Piece::Block(Block { line: number, fence, setup, code, output }));
    }
    pieces
}

/// What is left of a text, line by line.
#[derive(Clone)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
    /// The number of the last line that was taken, counted from 1.
    number: usize,
}

impl<'a> Lines<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.text[self.at..].split_inclusive('\n').next()
    }

    fn next(&mut self) -> Option<&'a str> {
        let line = self.peek()?;
        self.at += line.len();
        self.number += 1;
        Some(line)
    }

    /// Everything up to the line that closes the block, which is the next one then.
    fn block(&mut self, fence: &Fence<'_>) -> &'a str {
        let from = self.at;
        while self.peek().is_some_and(|line| !fence.is_closed_by(line)) {
            self.next();
        }
        &self.text[from..self.at]
    }

    /// A block with the language `output` that follows at once.
    fn output(&mut self) -> Option<String> {
        let mut ahead = self.clone();
        while ahead.peek().is_some_and(|line| line.trim().is_empty()) {
            ahead.next();
        }
        let first = ahead.next()?;
        let fence = Fence::open(first.trim_end()).filter(|fence| fence.language() == "output")?;
        let output = ahead.block(&fence).to_owned();
        ahead.next();
        *self = ahead;
        Some(output)
    }
}

/// The lines at the beginning that are run and not shown, without their mark; and the others.
fn split_hidden<'a>(code: &'a str, mark: Option<&str>) -> (Option<String>, &'a str) {
    let Some(mark) = mark else { return (None, code) };
    let hidden = code.split_inclusive('\n').take_while(|line| line.starts_with(mark));
    let length = hidden.clone().map(str::len).sum::<usize>();
    let lines = hidden.map(|line| {
        let line = &line[mark.len()..];
        line.strip_prefix(' ').unwrap_or(line).trim_end()
    });
    let setup = lines.collect::<Vec<_>>().join("\n");
    ((length > 0).then_some(setup), &code[length..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_know_their_line_their_setup_and_what_they_print() {
        let text = "# A\n\n```js\n1\n```\n\n```python,play,hide=#\n# n = 2\nprint(n)\n```\n\n```output\n2\n```\n~~~js play\nlet a;\n~~~\n";
        let expected =
            [(7, "python", "n = 2", "print(n)\n", Some("2\n")), (15, "js", "", "let a;\n", None)];
        let expected = expected.map(|(line, language, setup, code, output)| Example {
            line,
            language: language.into(),
            setup: setup.into(),
            code: code.into(),
            expected: output.map(Into::into),
        });
        assert_eq!(examples(text), expected);
    }
}
