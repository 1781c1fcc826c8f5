//! A mirror of the open file: text, cursor, the parser's word on its place, and revision.

use crate::Syntax;

/// A replacement of `from..to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub from: usize,
    pub to: usize,
    pub insert: String,
}

/// Where the user is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    pub at: usize,
    /// There is a selection, or more than one cursor.
    pub selecting: bool,
    /// An input method is composing text.
    pub composing: bool,
}

impl Cursor {
    /// A plain cursor: no selection, no composition.
    pub fn at(at: usize) -> Self {
        Self { at, ..Self::default() }
    }
}

/// The open file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    path: String,
    language: String,
    text: String,
    cursor: Cursor,
    syntax: Syntax,
    revision: u64,
}

/// A change or cursor that does not fit the text: the mirror is out of step with the editor.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct OutOfStep;

impl Document {
    /// # Errors
    /// [`OutOfStep`] when the cursor is not a character border of the text.
    pub(crate) fn open(
        path: String,
        language: String,
        text: String,
        cursor: Cursor,
        syntax: Syntax,
    ) -> Result<Self, OutOfStep> {
        if !text.is_char_boundary(cursor.at) {
            return Err(OutOfStep);
        }
        Ok(Self { path, language, text, cursor, syntax, revision: 0 })
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn language(&self) -> &str {
        &self.language
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// What the parser says of the cursor's place.
    pub(crate) fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    /// Grows with every edit.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Text before the cursor.
    pub(crate) fn before(&self) -> &str {
        &self.text[..self.cursor.at]
    }

    /// Text after the cursor.
    pub(crate) fn after(&self) -> &str {
        &self.text[self.cursor.at..]
    }

    /// The cursor's line after the cursor.
    pub(crate) fn rest_of_line(&self) -> &str {
        self.after().split('\n').next().unwrap_or_default()
    }

    /// The document as it would be with `text` written at the cursor. No parser has seen it.
    pub(crate) fn with_written(&self, text: &str) -> Self {
        let mut written = Self { syntax: Syntax::default(), ..self.clone() };
        written.text.insert_str(self.cursor.at, text);
        written.cursor = Cursor::at(self.cursor.at + text.len());
        written
    }

    pub(crate) fn move_cursor(&mut self, cursor: Cursor, syntax: Syntax) -> Result<(), OutOfStep> {
        if !self.text.is_char_boundary(cursor.at) {
            return Err(OutOfStep);
        }
        self.cursor = cursor;
        self.syntax = syntax;
        Ok(())
    }

    /// Applies an edit from its last change to its first, so that earlier offsets stay true.
    pub(crate) fn apply(
        &mut self,
        changes: &[Change],
        cursor: Cursor,
        syntax: Syntax,
    ) -> Result<(), OutOfStep> {
        let mut next_from = self.text.len();
        for change in changes.iter().rev() {
            let fits = change.from <= change.to
                && change.to <= next_from
                && self.text.is_char_boundary(change.from)
                && self.text.is_char_boundary(change.to);
            if !fits {
                return Err(OutOfStep);
            }
            self.text.replace_range(change.from..change.to, &change.insert);
            next_from = change.from;
        }
        self.revision += 1;
        self.move_cursor(cursor, syntax)
    }
}
