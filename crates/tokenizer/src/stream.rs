//! Tokens to text as they come: whole characters only.

use crate::Tokenizer;

/// Text so far; see [`Tokenizer::stream`].
#[derive(Debug)]
pub struct Stream<'a> {
    tokenizer: &'a Tokenizer,
    /// Bytes that are no whole character yet.
    waiting: Vec<u8>,
}

impl<'a> Stream<'a> {
    pub(crate) fn new(tokenizer: &'a Tokenizer) -> Self {
        Self { tokenizer, waiting: Vec::new() }
    }

    /// What the next token adds; bytes that can never become text become a mark that says so.
    pub fn step_lossy(&mut self, token: u32) -> String {
        let mut text = self.step(token);
        while let Err(error) = std::str::from_utf8(&self.waiting)
            && let Some(wrong) = error.error_len()
        {
            self.waiting.drain(..wrong);
            text.push(char::REPLACEMENT_CHARACTER);
            text.push_str(&self.take_whole());
        }
        text
    }

    /// What the next token adds. Bytes that can never become text hold back all that comes after.
    pub fn step(&mut self, token: u32) -> String {
        self.waiting.extend(self.tokenizer.bytes(token));
        self.take_whole()
    }

    fn take_whole(&mut self) -> String {
        let whole = match std::str::from_utf8(&self.waiting) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let rest = self.waiting.split_off(whole);
        let text = std::mem::replace(&mut self.waiting, rest);
        String::from_utf8(text).unwrap_or_default()
    }
}
