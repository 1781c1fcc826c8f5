//! What the console holds: a bounded list of rows. A program that prints for ever neither fills the
//! memory nor slows the page; what is left out is counted and said.

use flint_protocol::{Entry, Level};
use std::collections::VecDeque;
use std::sync::Arc;

/// Rows kept; beyond, the oldest go.
const MOST_ROWS: usize = 1_000;
/// Characters of one row of running text; beyond, a new one begins.
const MOST_TEXT: usize = 10_000;

/// One line of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Grows by one; a row keeps its number while it is there.
    pub number: u64,
    /// Raised when the row's content changes.
    pub revision: u32,
    pub entry: Arc<Entry>,
    /// How often it came in a row.
    pub times: u32,
}

#[derive(Clone, Debug, Default)]
pub struct Console {
    rows: VecDeque<Row>,
    next: u64,
    /// Entries that are not shown: dropped by the frame, or pushed out here.
    left_out: u64,
    errors: u32,
    /// Whether the last row is text that the next text continues.
    open: bool,
}

impl Console {
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &Row> {
        self.rows.iter()
    }

    #[must_use]
    pub const fn left_out(&self) -> u64 {
        self.left_out
    }

    /// How many errors the program printed or died of.
    #[must_use]
    pub const fn errors(&self) -> u32 {
        self.errors
    }

    pub fn clear(&mut self) {
        let next = self.next;
        *self = Self { next, ..Self::default() };
    }

    pub fn drop_entries(&mut self, count: u32) {
        self.left_out += u64::from(count);
    }

    pub fn push(&mut self, entry: Entry) {
        match entry.level {
            Level::Clear => return self.clear(),
            Level::Text => return self.write(&entry),
            Level::Error => self.errors += 1,
            _ => {}
        }
        self.open = false;
        if let Some(last) = self.rows.back_mut().filter(|last| *last.entry == entry) {
            last.times += 1;
            last.revision += 1;
            return;
        }
        self.add(entry);
    }

    /// Appends running text; a line end closes its row.
    fn write(&mut self, entry: &Entry) {
        let text: String = entry.parts.iter().map(|part| part.text.as_str()).collect();
        for line in text.split_inclusive('\n') {
            let (line, ends) = line.strip_suffix('\n').map_or((line, false), |line| (line, true));
            let last = self.rows.back_mut().filter(|_| self.open);
            let last = last.filter(|row| row.entry.parts[0].text.len() + line.len() <= MOST_TEXT);
            if let Some(row) = last {
                let entry = Arc::make_mut(&mut row.entry);
                entry.parts[0].text.push_str(line);
                row.revision += 1;
            } else {
                let mut entry = entry.clone();
                entry.parts.truncate(1);
                entry.parts.resize_with(1, Default::default);
                line.clone_into(&mut entry.parts[0].text);
                self.add(entry);
            }
            self.open = !ends;
        }
    }

    fn add(&mut self, entry: Entry) {
        let number = self.next;
        self.next += 1;
        self.rows.push_back(Row { number, revision: 0, entry: Arc::new(entry), times: 1 });
        if self.rows.len() > MOST_ROWS {
            self.rows.pop_front();
            self.left_out += 1;
        }
    }

    /// Everything as plain text, for the clipboard and for comparing with what was expected.
    #[must_use]
    pub fn text(&self, wanted: impl Fn(Level) -> bool) -> String {
        let mut text = String::new();
        for row in self.rows.iter().filter(|row| wanted(row.entry.level)) {
            let parts: Vec<_> = row.entry.parts.iter().map(|part| part.text.as_str()).collect();
            for _ in 0..row.times {
                text.push_str(&"  ".repeat(row.entry.depth.into()));
                text.push_str(&parts.join(" "));
                text.push('\n');
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flint_protocol::Value;
    use proptest::prelude::*;

    fn entry(level: Level, text: &str) -> Entry {
        let part = Value { text: text.into(), ..Value::default() };
        Entry { level, depth: 0, parts: vec![part], trace: vec![] }
    }

    fn shown(console: &Console) -> Vec<String> {
        let show = |row: &Row| match row.times {
            1 => row.entry.parts[0].text.clone(),
            n => format!("{} x{n}", row.entry.parts[0].text),
        };
        console.rows().map(show).collect()
    }

    #[test]
    fn the_same_thing_again_is_counted() {
        let mut console = Console::default();
        for text in ["a", "a", "b", "a"] {
            console.push(entry(Level::Log, text));
        }
        assert_eq!(shown(&console), ["a x2", "b", "a"]);
        assert_eq!(console.text(|_| true), "a\na\nb\na\n");
    }

    #[test]
    fn running_text_goes_on_until_its_line_ends() {
        let mut console = Console::default();
        for text in ["one ", "two\nthree", " four\n", "five"] {
            console.push(entry(Level::Text, text));
        }
        console.push(entry(Level::Log, "six"));
        console.push(entry(Level::Text, "seven"));
        assert_eq!(shown(&console), ["one two", "three four", "five", "six", "seven"]);
    }

    #[test]
    fn clearing_forgets_and_errors_are_counted() {
        let mut console = Console::default();
        console.push(entry(Level::Error, "a"));
        assert_eq!(console.errors(), 1);
        console.push(entry(Level::Clear, ""));
        assert_eq!((shown(&console), console.errors()), (vec![], 0));
    }

    proptest! {
        #[test]
        fn it_stays_bounded_and_counts_what_it_leaves_out(count in 0_usize..3_000, dropped in 0_u32..50) {
            let mut console = Console::default();
            for n in 0..count {
                console.push(entry(Level::Log, &n.to_string()));
            }
            console.drop_entries(dropped);
            prop_assert!(console.rows().len() <= MOST_ROWS);
            let all = console.rows().len() as u64 + console.left_out();
            prop_assert_eq!(all, count as u64 + u64::from(dropped));
        }

        #[test]
        fn running_text_keeps_every_character(pieces in prop::collection::vec("[a\n]{0,4}", 0..60)) {
            let mut console = Console::default();
            for piece in &pieces {
                console.push(entry(Level::Text, piece));
            }
            let whole = pieces.concat();
            let expected: Vec<&str> = whole.split_inclusive('\n').map(|line| line.trim_end_matches('\n')).collect();
            prop_assert_eq!(shown(&console), expected);
        }
    }
}
