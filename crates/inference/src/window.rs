//! How much of a file the model sees: whole lines near the cursor, cut where the KV cache likes it.

use crate::{
    Tokenizer,
    pieces::{Pieces, pieces},
};

/// Prefix cuts happen only where a line starts after a multiple of this many bytes, so that the
/// window stands still while somebody types and moves in large steps when it must.
const STEP_BYTES: usize = 512;

/// No tokenizer of ours makes fewer tokens of a text than this: bytes per token at the most.
/// Bounds the work on a huge file before any token is counted.
const MAX_BYTES_PER_TOKEN: usize = 16;

/// Tokens of the end of `prefix`, at most `budget`.
pub(crate) fn prefix(
    (tokenizer, kept): (&Tokenizer, &mut Pieces),
    prefix: &str,
    budget: usize,
) -> Vec<u32> {
    let far = prefix.len().saturating_sub(budget * MAX_BYTES_PER_TOKEN);
    let from = if far > 0 { line_after(prefix, far.next_multiple_of(STEP_BYTES)) } else { 0 };
    let all = pieces(&prefix[from..]);
    let (mut first, mut start, mut count) = (all.len(), prefix.len(), 0);
    for piece in all.iter().rev() {
        count += kept.tokens(tokenizer, piece).len();
        if count > budget {
            break;
        }
        first -= 1;
        start -= piece.len();
    }
    if count > budget {
        first += after_step(&all[first..], start);
    }
    let mut tokens = Vec::with_capacity(budget);
    for piece in &all[first..] {
        tokens.extend_from_slice(kept.tokens(tokenizer, piece));
    }
    if tokens.is_empty()
        && let Some(line) = all.last()
    {
        // One line longer than the window: nothing to keep but its end.
        let line = kept.tokens(tokenizer, line);
        tokens.extend_from_slice(&line[line.len().saturating_sub(budget)..]);
    }
    tokens
}

/// How many of `pieces`, of which the first is at `start`, lie before the next step; none if all do.
fn after_step(pieces: &[&str], start: usize) -> usize {
    let step = start.next_multiple_of(STEP_BYTES);
    let starts = pieces.iter().scan(start, |at, piece| {
        let start = *at;
        *at += piece.len();
        Some(start)
    });
    let before = starts.take_while(|at| *at < step).count();
    if before == pieces.len() { 0 } else { before }
}

/// Tokens of the beginning of `suffix`, at most `budget`, whole lines where there are any.
pub(crate) fn suffix(
    (tokenizer, kept): (&Tokenizer, &mut Pieces),
    suffix: &str,
    budget: usize,
) -> Vec<u32> {
    let tokens = whole_lines((tokenizer, kept), suffix, budget);
    if tokens.is_empty()
        && let Some(line) = pieces(beginning(suffix, budget)).first()
    {
        // One line longer than the budget: nothing to keep but its beginning.
        return kept.tokens(tokenizer, line)[..budget].to_vec();
    }
    tokens
}

/// Tokens of the beginning of `text`, at most `budget`, cut where a line ends.
pub(crate) fn whole_lines(
    (tokenizer, kept): (&Tokenizer, &mut Pieces),
    text: &str,
    budget: usize,
) -> Vec<u32> {
    let mut tokens = Vec::with_capacity(budget);
    for piece in pieces(beginning(text, budget)) {
        let piece = kept.tokens(tokenizer, piece);
        if tokens.len() + piece.len() > budget {
            break;
        }
        tokens.extend_from_slice(piece);
    }
    tokens
}

/// As much of `text` as `budget` tokens can hold.
fn beginning(text: &str, budget: usize) -> &str {
    &text[..floor_char_boundary(text, budget * MAX_BYTES_PER_TOKEN)]
}

/// The first line start at or after `from`; the text's end if none.
fn line_after(text: &str, from: usize) -> usize {
    let Some(bytes) = text.as_bytes().get(from..) else { return text.len() };
    bytes.iter().position(|&byte| byte == b'\n').map_or(text.len(), |offset| from + offset + 1)
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
