//! What an answer asks for, before anybody knows where it goes.

/// What a model's answer holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub edits: Vec<Edit>,
    /// What cannot be an edit: cut off or malformed. An answer with problems is not applied.
    pub problems: Vec<Problem>,
}

/// A part of an answer that says nothing certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub path: Option<String>,
    pub reason: crate::Reason,
}

/// One change to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file as the answer names it; None when it names none.
    pub path: Option<String>,
    pub change: Change,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Replace(Replace),
    /// A file that is not there yet.
    Create {
        text: String,
    },
    /// A file goes; what the answer believes to be in it, when it says so.
    Delete {
        before: Option<Vec<String>>,
    },
    Move {
        to: String,
    },
}

/// Lines that become other lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replace {
    pub lines: Vec<Line>,
    /// The same, if the kept lines have no mark in front: models forget it. Empty where there are no
    /// marks.
    pub unmarked: Vec<Line>,
    /// Lines that stand above, outermost first; the place must be in their block.
    pub anchors: Vec<String>,
    /// A line that probably stands above.
    pub heading: Option<String>,
    /// The number of the first line, from 1, as the answer states it: often wrong.
    pub stated_line: Option<usize>,
    /// The lines are the file's last.
    pub at_end: bool,
    /// The first line, counted from 0, where whoever asked knows it. Nothing else is looked at then.
    pub at: Option<usize>,
}

/// A line of an edit, without its line end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub mark: Mark,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Keep,
    Remove,
    Add,
}

impl Replace {
    /// From the two sides; what is the same on both is kept.
    pub(crate) fn from_sides(before: &[String], after: &[String]) -> Self {
        Self { lines: crate::diff::marked(before, after), ..Self::default() }
    }

    /// Takes in a line of a diff, which has a mark in front.
    pub(crate) fn push_marked(&mut self, line: &str) {
        let mark = match line.as_bytes().first() {
            Some(b'+') => Mark::Add,
            Some(b'-') => Mark::Remove,
            _ => Mark::Keep,
        };
        let bare = line.strip_prefix(['+', '-', ' ']).unwrap_or(line);
        let whole = if mark == Mark::Keep { line } else { bare };
        self.lines.push(Line { mark, text: bare.to_owned() });
        self.unmarked.push(Line { mark, text: whole.to_owned() });
    }

    /// The lines that the file should hold now.
    pub(crate) fn before(&self) -> Vec<&str> {
        self.side(Mark::Add)
    }

    /// The lines that it should hold afterwards.
    pub(crate) fn after(&self) -> Vec<&str> {
        self.side(Mark::Remove)
    }

    fn side(&self, without: Mark) -> Vec<&str> {
        let lines = self.lines.iter().filter(|line| line.mark != without);
        lines.map(|line| line.text.as_str()).collect()
    }
}
