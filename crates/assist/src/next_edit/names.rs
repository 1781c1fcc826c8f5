//! Names in a text, told apart by the characters around them; no parser is asked.

use std::ops::Range;

/// Words before a name that is being defined.
const DEFINE: [&str; 12] = [
    "def",
    "fn",
    "function",
    "class",
    "struct",
    "enum",
    "trait",
    "type",
    "interface",
    "mod",
    "func",
    "macro_rules!",
];
/// Words of the languages that are no names.
const KEYWORDS: &str = " as async await break case catch class const continue def default del do elif else enum \
    except export extends false finally fn for from function global if impl import in interface is lambda let loop \
    match mod module mut new nil none None not null of or and pass pub raise return Self self static struct super \
    switch this throw trait true True False try type typeof undefined use var void where while with yield param \
    result local func ";
/// Types of the languages: another one in such a place is no new name for it.
const TYPES: &str = " any bool boolean bytes char dict f32 f64 float i16 i32 i64 i8 int isize list number object set \
    str string String tuple u16 u32 u64 u8 unknown usize ";

pub(super) fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The range grown to the borders of the words it touches.
pub(super) fn word_around(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let start = before.len()
        - before.chars().rev().take_while(|c| is_part(*c)).map(char::len_utf8).sum::<usize>();
    let end =
        range.end + after.chars().take_while(|c| is_part(*c)).map(char::len_utf8).sum::<usize>();
    start..end
}

/// Whether it is one word that a program can give to something.
fn is_name(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(|c| is_part(c) && !c.is_numeric());
    begins && text.chars().all(is_part) && !is_in(KEYWORDS, text)
}

/// Whether it is such a word, and none that stands for a type in every program.
pub(super) fn can_be_renamed(text: &str) -> bool {
    is_name(text) && !is_in(TYPES, text)
}

fn is_in(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// A name where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Name<'t> {
    pub(super) fn at(text: &'t str, range: Range<usize>) -> Option<Self> {
        let found = Self { text, start: range.start, end: range.end };
        text.get(range).filter(|word| is_name(word)).map(|_| found)
    }

    /// Everywhere that `name` stands as a whole word.
    pub(super) fn all(text: &'t str, name: &'t str) -> impl Iterator<Item = Self> {
        let whole = move |start: usize| {
            let range = start..start + name.len();
            (word_around(text, range.clone()) == range).then_some(Self {
                text,
                start,
                end: range.end,
            })
        };
        text.match_indices(name).filter_map(move |(start, _)| whole(start))
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    fn before(&self) -> &'t str {
        &self.text[..self.start]
    }

    fn after(&self) -> &'t str {
        &self.text[self.end..]
    }

    fn line_before(&self) -> &'t str {
        self.before().rsplit('\n').next().unwrap_or_default()
    }

    /// Of something: after a dot, an arrow or two colons.
    pub(super) fn is_member(&self) -> bool {
        let before = self.before();
        before.ends_with('.') && !before.ends_with("..")
            || before.ends_with("->")
            || before.ends_with("::")
    }

    /// Given to something here by a word such as `def`.
    pub(super) fn is_defined(&self) -> bool {
        let word = self.line_before().split_whitespace().next_back().unwrap_or_default();
        self.line_before().ends_with(' ') && DEFINE.contains(&word)
    }

    /// In a comment to the line's end, or the whole of a string.
    pub(super) fn is_prose(&self) -> bool {
        let line = self.line_before();
        let quoted =
            |quote: char| self.before().ends_with(quote) && self.after().starts_with(quote);
        line.contains("//")
            || line
                .split_once('#')
                .is_some_and(|(code, _)| code.trim().is_empty() || code.ends_with(' '))
            || quoted('"')
            || quoted('\'')
    }

    /// The name of an argument or of an object's field, which means something elsewhere.
    pub(super) fn is_label(&self) -> bool {
        let (before, after) = (self.line_before().trim_end(), self.after().trim_start());
        let first = before.chars().next_back();
        let argument =
            after.starts_with('=') && !after.starts_with("==") && !after.starts_with("=>");
        argument && matches!(first, Some('(' | ',')) && !self.defines_parameters()
            || after.starts_with(':') && !after.starts_with("::") && first == Some('{')
    }

    fn defines_parameters(&self) -> bool {
        let line = self.line_before().trim_start();
        DEFINE.iter().any(|word| line.split_whitespace().any(|part| part == *word))
    }
}
