//! The open file as counted tokens, line by line, so that an edit costs a line and not a file.

use crate::{Error, Tokenizer};
use flint_ngram::Cache;
use std::collections::HashMap;

/// Text further from the cursor than this is not counted: bounds memory on a huge file.
const MAX_BYTES_EACH_SIDE: usize = 60_000;

/// Counts of the open file without the line that is being written.
#[derive(Debug, Default)]
pub(crate) struct History {
    pub(crate) cache: Cache,
    lines: HashMap<String, Vec<u32>>,
}

impl History {
    /// Counts what stands before and after the cursor's line.
    pub(crate) fn set(
        &mut self,
        tokenizer: &Tokenizer,
        prefix: &str,
        suffix: &str,
    ) -> Result<(), Error> {
        let before = prefix.rfind('\n').map_or("", |end| &prefix[..=end]);
        let after = suffix.find('\n').map_or("", |start| &suffix[start + 1..]);
        let mut lines: HashMap<String, Vec<u32>> = HashMap::new();
        let mut tokens = Vec::new();
        for line in chunks(nearest_end(before)).chain(chunks(nearest_start(after))) {
            let (line, counted) = match self.lines.remove_entry(line) {
                Some(known) => known,
                None => match lines.get_key_value(line) {
                    Some((_, counted)) => {
                        tokens.extend_from_slice(counted);
                        continue;
                    }
                    None => (line.to_owned(), tokenizer.encode(line)?),
                },
            };
            tokens.extend_from_slice(&counted);
            lines.insert(line, counted);
        }
        self.lines = lines;
        self.cache.set(&tokens);
        Ok(())
    }
}

/// Lines, each with the blank lines that follow it: where the tokenizer itself splits.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let line_end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let blank = rest[line_end..].len() - rest[line_end..].trim_start().len();
        let last_break = rest[line_end..line_end + blank].rfind('\n').map_or(0, |end| end + 1);
        let (chunk, next) = rest.split_at(line_end + last_break);
        rest = next;
        Some(chunk)
    })
}

/// Whole lines at the end of a text.
fn nearest_end(text: &str) -> &str {
    let far = text.len().saturating_sub(MAX_BYTES_EACH_SIDE);
    match text.as_bytes()[far..].iter().position(|&byte| byte == b'\n') {
        Some(end) if far > 0 => &text[far + end + 1..],
        _ => text,
    }
}

/// Whole lines at the beginning of a text.
fn nearest_start(text: &str) -> &str {
    let near = text.len().min(MAX_BYTES_EACH_SIDE);
    match text.as_bytes()[..near].iter().rposition(|&byte| byte == b'\n') {
        Some(end) if near < text.len() => &text[..=end],
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_stay_with_the_line_before() {
        let text = "a\n\n  \n    b\nc";
        assert_eq!(chunks(text).collect::<Vec<_>>(), ["a\n\n  \n", "    b\n", "c"]);
    }

    #[test]
    fn far_text_is_left_out_in_whole_lines() {
        let text = "0123456789\n".repeat(8_000);
        assert!(nearest_end(&text).len() <= MAX_BYTES_EACH_SIDE);
        assert!(nearest_end(&text).starts_with('0') && nearest_start(&text).ends_with('\n'));
    }
}
