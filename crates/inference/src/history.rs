//! The open file as counted lines, kept by line, so that an edit costs a line and not a file.

use crate::{
    Error, Tokenizer,
    lines::{Weaver, lines},
};
use flint_ngram::{Cache, Item};
use std::collections::HashMap;

/// Text further from the cursor than this is not counted: bounds memory on a huge file.
const MAX_BYTES_EACH_SIDE: usize = 60_000;

/// Counts of the open file without the line that is being written.
#[derive(Debug, Default)]
pub(crate) struct History {
    pub(crate) cache: Cache,
    lines: HashMap<String, Vec<u32>>,
}

/// What stands above the line that is being written.
#[derive(Debug)]
pub(crate) struct Above {
    pub(crate) items: Vec<Item>,
    pub(crate) weaver: Weaver,
}

impl History {
    /// Counts what stands before and after the cursor's line.
    pub(crate) fn set(
        &mut self,
        tokenizer: &Tokenizer,
        prefix: &str,
        suffix: &str,
    ) -> Result<Above, Error> {
        let before = prefix.rfind('\n').map_or("", |end| &prefix[..=end]);
        let after = suffix.find('\n').map_or("", |start| &suffix[start + 1..]);
        let mut known = HashMap::new();
        let (mut items, weaver) = self.weave(tokenizer, nearest_end(before), &mut known)?;
        let above = items.clone();
        let (below, _) = self.weave(tokenizer, nearest_start(after), &mut known)?;
        // Nothing is known of what the missing line leads to.
        items.push(Item { token: tokenizer.markers.fim_middle, key: 0 });
        items.extend(below);
        self.lines = known;
        self.cache.set(&items);
        Ok(Above { items: above, weaver })
    }

    fn weave(
        &mut self,
        tokenizer: &Tokenizer,
        text: &str,
        known: &mut HashMap<String, Vec<u32>>,
    ) -> Result<(Vec<Item>, Weaver), Error> {
        let (mut items, mut weaver) = (Vec::new(), Weaver::default());
        for line in lines(text) {
            weaver.begin_line(tokenizer, line.columns, &mut items);
            if !known.contains_key(line.text) {
                let (text, tokens) = match self.lines.remove_entry(line.text) {
                    Some(entry) => entry,
                    None => (line.text.to_owned(), tokenizer.encode(line.text)?),
                };
                known.insert(text, tokens);
            }
            weaver.fill_line(&known[line.text], &mut items);
        }
        Ok((items, weaver))
    }
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
    fn far_text_is_left_out_in_whole_lines() {
        let text = "0123456789\n".repeat(8_000);
        assert!(nearest_end(&text).len() <= MAX_BYTES_EACH_SIDE);
        assert!(nearest_end(&text).starts_with('0') && nearest_start(&text).ends_with('\n'));
    }
}
