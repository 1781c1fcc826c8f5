//! How much of a file the model sees: whole lines near the cursor, cut where the KV cache likes it.

use crate::{Error, Tokenizer};

/// Prefix cuts happen only where a line starts after a multiple of this many bytes, so that the
/// window stands still while somebody types and moves in large steps when it must.
const STEP_BYTES: usize = 512;

/// No tokenizer of ours makes fewer tokens of a text than this: bytes per token at the most.
/// Bounds the work on a huge file before any token is counted.
const MAX_BYTES_PER_TOKEN: usize = 16;

/// Tokens of the end of `prefix`, at most `budget`.
pub(crate) fn prefix(
    tokenizer: &Tokenizer,
    prefix: &str,
    budget: usize,
) -> Result<Vec<u32>, Error> {
    let mut start = prefix.len().saturating_sub(budget * MAX_BYTES_PER_TOKEN);
    if start > 0 {
        start = cut_after(prefix, start);
    }
    let mut tokens = tokenizer.encode(&prefix[start..])?;
    while tokens.len() > budget {
        let next = cut_after(prefix, start + 1);
        if next >= prefix.len() || line_start(prefix, next) != next {
            // One line longer than the window: nothing to keep but its end.
            tokens.drain(..tokens.len() - budget);
            break;
        }
        start = next;
        tokens = tokenizer.encode(&prefix[start..])?;
    }
    Ok(tokens)
}

/// Tokens of the beginning of `suffix`, at most `budget`, whole lines where there are any.
pub(crate) fn suffix(
    tokenizer: &Tokenizer,
    suffix: &str,
    budget: usize,
) -> Result<Vec<u32>, Error> {
    let end = floor_char_boundary(suffix, budget * MAX_BYTES_PER_TOKEN);
    let mut tokens = tokenizer.encode(&suffix[..end])?;
    if tokens.len() <= budget {
        return Ok(tokens);
    }
    let mut kept = Vec::new();
    for line in suffix[..end].split_inclusive('\n') {
        let line = tokenizer.encode(line)?;
        if kept.len() + line.len() > budget {
            break;
        }
        kept.extend(line);
    }
    if kept.is_empty() {
        tokens.truncate(budget);
        return Ok(tokens);
    }
    Ok(kept)
}

/// The first line start at or after the next multiple of the step; the text's end if none.
fn cut_after(text: &str, from: usize) -> usize {
    let multiple = from.next_multiple_of(STEP_BYTES);
    if multiple >= text.len() {
        return text.len();
    }
    let bytes = &text.as_bytes()[multiple..];
    match bytes.iter().position(|&byte| byte == b'\n') {
        Some(offset) => multiple + offset + 1,
        None => text.len(),
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
