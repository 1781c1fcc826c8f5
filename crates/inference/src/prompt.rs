//! The fill-in-the-middle prompt in suffix-prefix-middle order.
//!
//! `<|lang:X|><|file_sep|>PATH\n<|fim_suffix|>SUFFIX<|fim_prefix|>PREFIX<|fim_middle|>`
//!
//! The prefix comes last, so typing only appends tokens and the KV cache keeps everything before
//! them. Source: Bavarian et al., "Efficient Training of Language Models to Fill in the Middle",
//! arXiv 2207.14255, section 3 (SPM). Each part is tokenized on its own, as in training: the
//! cursor may stand inside a word.

use crate::{Error, Tokenizer, pieces::Pieces, window};
use flint_protocol::CompletionRequest;

/// What follows the cursor matters less than what precedes it.
const MAX_SUFFIX_TOKENS: usize = 96;
const MAX_PATH_BYTES: usize = 120;
/// Markers of the format.
const MARKER_TOKENS: usize = 5;
/// A window smaller than this completes nothing worth reading.
const MIN_PREFIX_TOKENS: usize = 16;

/// A prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prompt {
    pub(crate) tokens: Vec<u32>,
}

/// Builds a prompt that fits in `context` tokens together with `max_tokens` of answer.
///
/// # Errors
/// When the context has no room for a prompt.
pub(crate) fn build(
    tokenizer: &Tokenizer,
    kept: &mut Pieces,
    request: &CompletionRequest,
    context: usize,
) -> Result<Prompt, Error> {
    let markers = tokenizer.markers;
    let path = tokenizer.encode(&format!("{}\n", path_end(&request.path)));
    let answer = request.limits.max_tokens as usize;
    let fixed = MARKER_TOKENS + path.len() + answer;
    let room = context.saturating_sub(fixed);
    if room < MIN_PREFIX_TOKENS {
        return Err(Error::SmallContext { context });
    }
    kept.begin();
    let suffix =
        window::suffix((tokenizer, kept), &request.suffix, MAX_SUFFIX_TOKENS.min(room / 4));
    let prefix = window::prefix((tokenizer, kept), &request.prefix, room - suffix.len());

    let mut tokens = Vec::with_capacity(context);
    tokens.extend(tokenizer.language_marker(&request.language));
    tokens.push(markers.file_separator);
    tokens.extend(path);
    tokens.push(markers.fim_suffix);
    tokens.extend(suffix);
    tokens.push(markers.fim_prefix);
    tokens.extend(prefix);
    tokens.push(markers.fim_middle);
    Ok(Prompt { tokens })
}

/// The last parts of a long path: the file's name says the most.
fn path_end(path: &str) -> &str {
    let mut start = path.len().saturating_sub(MAX_PATH_BYTES);
    while !path.is_char_boundary(start) {
        start += 1;
    }
    &path[start..]
}
