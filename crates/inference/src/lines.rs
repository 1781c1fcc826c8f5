//! Text as counted lines: what the counts see instead of raw tokens.
//!
//! A line counts without its indentation, so that code is the same wherever it stands. Between two
//! lines stands one token that says how the next is indented: as before, deeper or shallower.
//! Blank lines do not count. Markers stand for these tokens, because no text can hold markers.

use crate::Tokenizer;
use flint_ngram::Item;

const TAB_COLUMNS: usize = 4;

/// A line of code in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    pub(crate) columns: usize,
    /// Without space on either side; never empty.
    pub(crate) text: &'a str,
}

/// How a line is indented against the one above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Indent {
    Same,
    Deeper,
    Shallower,
}

/// Strings lines together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weaver {
    columns: usize,
    /// The first tokens of the line above.
    beginning: [u32; 2],
    key: u32,
}

/// A whole text as counted tokens.
pub fn counted(tokenizer: &Tokenizer, text: &str) -> Vec<Item> {
    let mut weaver = Weaver::default();
    let mut items = Vec::new();
    for line in lines(text) {
        weaver.begin_line(tokenizer, line.columns, &mut items);
        weaver.fill_line(&tokenizer.encode(line.text), &mut items);
    }
    items
}

/// The group of languages whose code is counted together.
pub fn group(language: &str) -> u32 {
    match language {
        "javascript" | "typescript" => 1,
        "python" => 2,
        "rust" => 3,
        "html" => 4,
        "css" => 5,
        "shell" => 6,
        "wat" => 7,
        _ => 0,
    }
}

/// The lines of a text that are not blank.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let lines = text.split('\n').map(|line| Line { columns: columns(line), text: line.trim() });
    lines.filter(|line| !line.text.is_empty())
}

/// Columns of the space that a line begins with.
pub(crate) fn columns(line: &str) -> usize {
    let space = line.chars().take_while(|c| c.is_whitespace());
    space.map(|c| if c == '\t' { TAB_COLUMNS } else { 1 }).sum()
}

impl Weaver {
    /// Ends the line before and begins one at this column.
    pub(crate) fn begin_line(
        &mut self,
        tokenizer: &Tokenizer,
        columns: usize,
        items: &mut Vec<Item>,
    ) {
        let indent = match columns.cmp(&self.columns) {
            std::cmp::Ordering::Equal => Indent::Same,
            std::cmp::Ordering::Greater => Indent::Deeper,
            std::cmp::Ordering::Less => Indent::Shallower,
        };
        let separator = tokenizer.separator(indent);
        items.push(Item { token: separator, key: self.key });
        let names = [separator, self.beginning[0], self.beginning[1]];
        let mix = |hash: u32, token: u32| (hash ^ token).wrapping_mul(0x9e37_79b1).rotate_left(11);
        self.key = names.into_iter().fold(1, mix);
        self.columns = columns;
        self.beginning = [0; 2];
    }

    /// Adds the tokens of the line that was begun.
    pub(crate) fn fill_line(&mut self, tokens: &[u32], items: &mut Vec<Item>) {
        for (place, token) in self.beginning.iter_mut().zip(tokens) {
            *place = *token;
        }
        let key = self.key;
        items.extend(tokens.iter().map(|&token| Item { token, key }));
    }

    /// The key of the line that was begun.
    pub(crate) fn key(&self) -> u32 {
        self.key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_and_indentation_are_no_text() {
        let found: Vec<_> =
            lines("a\n\n  \n\tb \nc").map(|line| (line.columns, line.text)).collect();
        assert_eq!(found, [(0, "a"), (4, "b"), (0, "c")]);
    }
}
