//! The open file as counted lines, kept by line, so that an edit costs a line and not a file.

use crate::{
    Tokenizer,
    lines::{Weaver, counted, lines},
    pieces::Pieces,
};
use flint_ngram::{Cache, Item};
use flint_protocol::Neighbour;

/// Text further from the cursor than this is not counted: bounds memory on a huge file.
const MAX_BYTES_EACH_SIDE: usize = 60_000;

/// Counts of the open file without the line that is being written.
#[derive(Debug, Default)]
pub(crate) struct History {
    pub(crate) cache: Cache,
    /// The project's other files.
    others: Vec<Item>,
    lines: Pieces,
}

/// What stands above the line that is being written.
#[derive(Debug)]
pub(crate) struct Above {
    pub(crate) items: Vec<Item>,
    pub(crate) weaver: Weaver,
}

impl History {
    /// From now on counts these texts too, which do not change while somebody types.
    pub(crate) fn know<'n>(
        &mut self,
        tokenizer: &Tokenizer,
        neighbours: impl Iterator<Item = &'n Neighbour>,
    ) {
        self.others.clear();
        for Neighbour { text, .. } in neighbours {
            self.others.push(Item { token: tokenizer.markers.fim_middle, key: 0 });
            self.others.extend(counted(tokenizer, text));
        }
    }

    /// Counts what stands before and after the cursor's line.
    pub(crate) fn set(&mut self, tokenizer: &Tokenizer, prefix: &str, suffix: &str) -> Above {
        let before = prefix.rfind('\n').map_or("", |end| &prefix[..=end]);
        let after = suffix.find('\n').map_or("", |start| &suffix[start + 1..]);
        self.lines.begin();
        let (mut items, weaver) = self.weave(tokenizer, nearest_end(before));
        let above = items.clone();
        let (below, _) = self.weave(tokenizer, nearest_start(after));
        // Nothing is known of what the missing line leads to.
        items.push(Item { token: tokenizer.markers.fim_middle, key: 0 });
        items.extend(below);
        items.extend_from_slice(&self.others);
        self.cache.set(&items);
        Above { items: above, weaver }
    }

    fn weave(&mut self, tokenizer: &Tokenizer, text: &str) -> (Vec<Item>, Weaver) {
        let (mut items, mut weaver) = (Vec::new(), Weaver::default());
        for line in lines(text) {
            weaver.begin_line(tokenizer, line.columns, &mut items);
            weaver.fill_line(self.lines.tokens(tokenizer, line.text), &mut items);
        }
        (items, weaver)
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
