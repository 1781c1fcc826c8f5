//! When a completion is long enough, and how much of it is sure, read off its text.

use flint_protocol::{FinishReason, Limits};

/// A line that comes this often in a row is a loop.
const SAME_LINES: usize = 3;

/// Follows a completion as it grows.
#[derive(Debug)]
pub(crate) struct StopRules<'a> {
    limits: Limits,
    tokens_left: u32,
    /// Product of the current line's token probabilities.
    likelihood: f32,
    /// First line with text after the cursor's own line.
    next_line: Option<&'a str>,
    text: String,
    lines: u32,
    /// Bytes of the text that have been handed out.
    handed_out: usize,
}

impl<'a> StopRules<'a> {
    pub(crate) fn new(limits: &Limits, suffix: &'a str) -> Self {
        let next_line = suffix.lines().skip(1).map(str::trim).find(|line| line.len() > 2);
        Self {
            limits: *limits,
            tokens_left: limits.max_tokens,
            likelihood: 1.0,
            next_line,
            text: String::new(),
            lines: 1,
            handed_out: 0,
        }
    }

    /// Takes the next token's probability, before its text; may end the completion without it. A
    /// word that would have gone on with that token is not sure either and is taken back.
    pub(crate) fn token(&mut self, probability: f32, word_goes_on: bool) -> Option<FinishReason> {
        self.likelihood *= probability;
        let finish = if self.tokens_left == 0 {
            FinishReason::TokenLimit
        } else if self.likelihood < self.limits.min_likelihood {
            FinishReason::Unsure
        } else {
            self.tokens_left -= 1;
            return None;
        };
        if word_goes_on {
            self.text.truncate(self.handed_out.max(word_start(&self.text)));
        }
        Some(finish)
    }

    /// Takes the text of a token; may end the completion within it.
    pub(crate) fn push(&mut self, piece: &str) -> Option<FinishReason> {
        for (index, part) in piece.split('\n').enumerate() {
            if index > 0 {
                if let Some(finish) = self.line_ended() {
                    return Some(finish);
                }
                self.text.push('\n');
                self.lines += 1;
                self.likelihood = 1.0;
            }
            self.text.push_str(part);
        }
        None
    }

    /// Text that has become sure since the last call: all of it at the end, before that all but
    /// the last word, which may yet turn out to be cut.
    pub(crate) fn take_sure(&mut self, ended: bool) -> &str {
        let sure = if ended { self.text.len() } else { word_start(&self.text) };
        let from = self.handed_out.min(sure);
        self.handed_out = sure.max(self.handed_out);
        &self.text[from..sure]
    }

    /// How likely the present line is to be right.
    pub(crate) fn likelihood(&self) -> f32 {
        self.likelihood
    }

    /// All text kept so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The text ends right before a line break: is this where to stop?
    fn line_ended(&self) -> Option<FinishReason> {
        if self.lines >= self.limits.max_lines {
            return Some(FinishReason::LineLimit);
        }
        let mut lines = self.text.rsplit('\n').map(str::trim);
        let last = lines.next().unwrap_or_default();
        let same = lines.take(SAME_LINES - 1).filter(|line| *line == last).count();
        let repeats = !last.is_empty() && same == SAME_LINES - 1;
        (repeats || self.next_line == Some(last)).then_some(FinishReason::Repetition)
    }
}

/// Where the word at the text's end begins; the end if it ends with none.
fn word_start(text: &str) -> usize {
    text.trim_end_matches(|last: char| last.is_alphanumeric() || last == '_').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(max_lines: u32) -> Limits {
        Limits { max_tokens: 99, max_lines, min_likelihood: 0.25 }
    }

    /// Feeds pieces; returns the kept text and why it ended.
    fn run(max_lines: u32, suffix: &str, pieces: &[&str]) -> (String, Option<FinishReason>) {
        let limits = limits(max_lines);
        let mut rules = StopRules::new(&limits, suffix);
        let mut streamed = String::new();
        for piece in pieces {
            let finish = rules.push(piece);
            streamed.push_str(rules.take_sure(finish.is_some()));
            if finish.is_some() {
                assert_eq!(streamed, rules.text());
                return (streamed, finish);
            }
        }
        streamed.push_str(rules.take_sure(true));
        assert_eq!(streamed, rules.text());
        (streamed, None)
    }

    #[test]
    fn a_line_ends_where_it_becomes_unlikely() {
        let limits = Limits { max_tokens: 3, ..limits(9) };
        let mut rules = StopRules::new(&limits, "");
        assert_eq!(rules.token(0.6, false), None);
        assert_eq!(rules.token(0.6, false), None);
        assert_eq!(rules.push("a line\n"), None);
        assert_eq!(rules.token(0.6, false), None, "every line begins anew");
        assert_eq!(rules.token(0.9, false), Some(FinishReason::TokenLimit));
        assert_eq!(rules.token(0.1, false), Some(FinishReason::TokenLimit));
    }

    #[test]
    fn a_word_that_becomes_unsure_is_not_left_half() {
        for (word_goes_on, kept) in [(true, "x % "), (false, "x % divis")] {
            let limits = limits(1);
            let mut rules = StopRules::new(&limits, "");
            assert_eq!(rules.push("x % divis"), None);
            assert_eq!(rules.take_sure(false), "x % ");
            assert_eq!(rules.token(0.1, word_goes_on), Some(FinishReason::Unsure));
            assert_eq!(rules.text(), kept);
            assert_eq!(rules.take_sure(true), &kept[4..]);
        }
    }

    #[test]
    fn one_line_stops_before_its_break() {
        let (text, finish) = run(1, "", &["log(", "x);\n\n", "y"]);
        assert_eq!((text.as_str(), finish), ("log(x);", Some(FinishReason::LineLimit)));
    }

    #[test]
    fn a_break_at_once_means_nothing_to_add() {
        assert_eq!(run(1, "", &["\n"]).0, "");
    }

    #[test]
    fn a_block_keeps_its_inner_breaks() {
        let (text, finish) = run(3, "", &["a\nb", "\nc\n", "d"]);
        assert_eq!((text.as_str(), finish), ("a\nb\nc", Some(FinishReason::LineLimit)));
    }

    #[test]
    fn the_same_line_three_times_is_a_loop() {
        let (text, finish) = run(9, "", &["x = 1\n", "x = 1\n", "x = 1", "\nx = 1\n"]);
        let looped = "x = 1\nx = 1\nx = 1";
        assert_eq!((text.as_str(), finish), (looped, Some(FinishReason::Repetition)));
    }

    #[test]
    fn text_that_stands_below_already_ends_it() {
        let (_, finish) = run(9, "\n\n    return total\n", &["total += x\n", "    return total\n"]);
        assert_eq!(finish, Some(FinishReason::Repetition));
    }
}
