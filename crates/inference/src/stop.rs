//! When a completion is long enough, read off its text.

use flint_protocol::FinishReason;

/// A line that comes this often in a row is a loop.
const SAME_LINES: usize = 3;

/// Follows a completion's text as it grows.
#[derive(Debug)]
pub(crate) struct StopRules<'a> {
    max_lines: usize,
    /// First line with text after the cursor's own line.
    next_line: Option<&'a str>,
    text: String,
    lines: usize,
}

/// What to do with the newest piece of text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Bytes of the piece to keep.
    pub(crate) keep: usize,
    pub(crate) finish: Option<FinishReason>,
}

impl<'a> StopRules<'a> {
    pub(crate) fn new(max_lines: usize, suffix: &'a str) -> Self {
        let next_line = suffix.lines().skip(1).map(str::trim).find(|line| line.len() > 2);
        Self { max_lines: max_lines.max(1), next_line, text: String::new(), lines: 1 }
    }

    /// Takes the next piece and says how much of it belongs to the completion.
    pub(crate) fn push(&mut self, piece: &str) -> Verdict {
        for (at, _) in piece.match_indices('\n') {
            let done = self.text.len();
            self.text.push_str(&piece[..at]);
            let finish = self.line_ended();
            self.text.truncate(done);
            if let Some(finish) = finish {
                self.text.push_str(&piece[..at]);
                return Verdict { keep: at, finish: Some(finish) };
            }
            self.lines += 1;
        }
        self.text.push_str(piece);
        Verdict { keep: piece.len(), finish: None }
    }

    /// All text kept so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// `text` ends right before a line break: is this where to stop?
    fn line_ended(&self) -> Option<FinishReason> {
        if self.lines >= self.max_lines {
            return Some(FinishReason::LineLimit);
        }
        let mut lines = self.text.rsplit('\n').map(str::trim);
        let last = lines.next().unwrap_or_default();
        let repeats = !last.is_empty() && lines.take(SAME_LINES - 1).filter(|l| *l == last).count() == SAME_LINES - 1;
        if repeats || self.next_line == Some(last) {
            return Some(FinishReason::Repetition);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds pieces; returns the kept text and why it ended.
    fn run(max_lines: usize, suffix: &str, pieces: &[&str]) -> (String, Option<FinishReason>) {
        let mut rules = StopRules::new(max_lines, suffix);
        let mut kept = String::new();
        for piece in pieces {
            let verdict = rules.push(piece);
            kept.push_str(&piece[..verdict.keep]);
            if verdict.finish.is_some() {
                assert_eq!(kept, rules.text());
                return (kept, verdict.finish);
            }
        }
        assert_eq!(kept, rules.text());
        (kept, None)
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
        assert_eq!((text.as_str(), finish), ("x = 1\nx = 1\nx = 1", Some(FinishReason::Repetition)));
    }

    #[test]
    fn text_that_stands_below_already_ends_it() {
        let (_, finish) = run(9, "\n\n    return total\n", &["total += x\n", "    return total\n"]);
        assert_eq!(finish, Some(FinishReason::Repetition));
    }
}
