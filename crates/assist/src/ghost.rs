//! Ghost text: a suggestion drawn after the cursor and not yet part of the file.

/// What is drawn, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ghost {
    /// Byte offset in the open file; always the cursor.
    pub at: usize,
    /// Never blank.
    pub text: String,
}

impl Ghost {
    /// Ghost text for `text`, or none when there would be nothing to see.
    pub(crate) fn new(at: usize, text: &str) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Self { at, text: text.to_owned() })
    }

    /// The next word with the space before it, or the next run of punctuation.
    pub fn first_word(&self) -> &str {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let start = self.text.len() - self.text.trim_start().len();
        let rest = &self.text[start..];
        let starts_word = rest.starts_with(is_word);
        let len = rest
            .find(|c: char| c.is_whitespace() || is_word(c) != starts_word)
            .unwrap_or(rest.len());
        &self.text[..start + len]
    }

    /// The first line, or the line break and the next one when the ghost text begins with a break.
    pub fn first_line(&self) -> &str {
        let blank = self.text.len() - self.text.trim_start_matches('\n').len();
        let len = self.text[blank..].find('\n').unwrap_or(self.text.len() - blank);
        &self.text[..blank + len]
    }
}
