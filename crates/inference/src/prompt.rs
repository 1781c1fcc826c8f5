//! The fill-in-the-middle prompt, in the order of the model's family. Ours:
//!
//! `<|lang:X|><|file_sep|>PATH\n<|fim_suffix|>SUFFIX<|fim_prefix|>PREFIX<|fim_middle|>`
//!
//! Where the prefix comes last, typing only appends tokens and the KV cache keeps everything before
//! them. Source: Bavarian et al., "Efficient Training of Language Models to Fill in the Middle",
//! arXiv 2207.14255, section 3 (SPM). Each part is tokenized on its own, as in training: the
//! cursor may stand inside a word.

use crate::{Error, Tokenizer, fim::Order, neighbours, pieces::Pieces, window};
use flint_protocol::{CompletionRequest, Neighbour};

/// What follows the cursor matters less than what precedes it.
const MAX_SUFFIX_TOKENS: usize = 96;
const MAX_PATH_BYTES: usize = 120;
/// Most markers of a format.
const MARKER_TOKENS: usize = 5;
/// Room that is kept for an answer, however short a one is asked for: if it went by the request, the window would move
/// at every place where a block may follow, and back, and all of it would be read anew each time.
const ANSWER_TOKENS: usize = 96;
/// But no more than this share of a small context.
const ANSWER_SHARE: usize = 4;
/// A window smaller than this completes nothing worth reading.
const MIN_PREFIX_TOKENS: usize = 16;

/// A prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prompt {
    pub(crate) tokens: Vec<u32>,
}

/// Builds a prompt that fits in `context` tokens together with `max_tokens` of answer. `others` are the project's other
/// files, nearest first.
///
/// # Errors
/// When the context has no room for a prompt.
pub(crate) fn build(
    tokenizer: &Tokenizer,
    kept: &mut Pieces,
    request: &CompletionRequest,
    others: &[Neighbour],
    context: usize,
) -> Result<Prompt, Error> {
    let fim = &tokenizer.fim;
    let path = match fim.file {
        Some(_) => tokenizer.encode(&format!("{}\n", path_end(&request.path))),
        None => Vec::new(),
    };
    let kept_free = ANSWER_TOKENS.min(context / ANSWER_SHARE);
    let answer = kept_free.max(request.limits.max_tokens as usize);
    let fixed = MARKER_TOKENS + path.len() + answer;
    let room = context.saturating_sub(fixed);
    if room < MIN_PREFIX_TOKENS {
        return Err(Error::SmallContext { context });
    }
    kept.begin();
    let others = neighbours::before((tokenizer, kept), others, path_end(&request.path), room);
    let room = room - others.len();
    let suffix = match fim.order {
        Order::SuffixFirst => behind_closers(&request.suffix),
        Order::PrefixFirst => &request.suffix,
        Order::PrefixOnly => "",
    };
    let suffix = window::suffix((tokenizer, kept), suffix, MAX_SUFFIX_TOKENS.min(room / 4));
    let prefix = window::prefix((tokenizer, kept), &request.prefix, room - suffix.len());

    let mut tokens = Vec::with_capacity(context);
    tokens.extend(fim.begin);
    tokens.extend(tokenizer.language_marker(&request.language));
    tokens.extend(others);
    tokens.extend(fim.file);
    tokens.extend(path);
    fim.arrange(&prefix, &suffix, &mut tokens);
    Ok(Prompt { tokens })
}

/// The suffix without what only closes the cursor's line. An editor writes closing brackets with the opening ones, and
/// in a prompt that the suffix begins all tokens behind them would be read anew, at the opening and at the closing one.
/// What a completion repeats of them is taken off where it is shown. Models whose prompts begin with the prefix gain
/// nothing by it, and get the text as it is.
fn behind_closers(suffix: &str) -> &str {
    let line = suffix.find('\n').unwrap_or(suffix.len());
    let (rest, lines) = suffix.split_at(line);
    if rest.chars().all(|c| ")]}>\"'`;, \t\r".contains(c)) { lines } else { suffix }
}

/// The last parts of a long path: the file's name says the most.
fn path_end(path: &str) -> &str {
    let mut start = path.len().saturating_sub(MAX_PATH_BYTES);
    while !path.is_char_boundary(start) {
        start += 1;
    }
    &path[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use flint_protocol::{Limits, RequestId};
    use std::path::Path;

    /// Whether a closing bracket behind the cursor makes another prompt, in this order.
    fn reads_closers(order: Order) -> bool {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../static/models/flint-nano/tokenizer.json");
        let mut tokenizer =
            Tokenizer::from_json(&std::fs::read(path).expect("a file")).expect("a tokenizer");
        tokenizer.fim.order = order;
        let tokens = |suffix: &str| {
            let request = CompletionRequest {
                id: RequestId(1),
                language: "python".into(),
                path: "open.py".into(),
                prefix: "print(".into(),
                suffix: suffix.into(),
                limits: Limits { max_tokens: 8, max_lines: 1, min_likelihood: 0.0 },
                alternative: 0,
            };
            let prompt = build(&tokenizer, &mut Pieces::default(), &request, &[], 512);
            prompt.expect("a prompt").tokens
        };
        tokens(")\nlast()\n") != tokens("\nlast()\n")
    }

    #[test]
    fn what_closes_the_line_is_left_out_where_all_behind_it_would_be_read_anew() {
        assert!(!reads_closers(Order::SuffixFirst));
        assert!(reads_closers(Order::PrefixFirst));
        assert!(!reads_closers(Order::PrefixOnly), "nothing behind the cursor is read");
    }
}
