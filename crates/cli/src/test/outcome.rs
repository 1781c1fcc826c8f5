//! What became of the examples: said by the runner in the browser, printed for people or as JSON.

use serde::{Deserialize, Serialize};
use similar::{ChangeTag, TextDiff};
use std::fmt;

/// What the runner says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum News {
    Example(Outcome),
    Done,
    /// Nothing can be run.
    Broken {
        reason: String,
    },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Outcome {
    path: String,
    /// Where the example begins in Markdown, counted from 1.
    line: Option<usize>,
    /// Which of a built page's examples it is, counted from 1.
    number: usize,
    language: String,
    status: Status,
    /// Why it failed or was not run.
    reason: Option<String>,
    expected: Option<String>,
    printed: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Passed,
    Failed,
    /// It needs what a tab has not.
    NotRun,
}

#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) examples: Vec<Outcome>,
    passed: usize,
    pub(crate) failed: usize,
    not_run: usize,
}

impl Report {
    pub(crate) fn new(mut examples: Vec<Outcome>) -> Self {
        examples.sort_by(|a, b| (&a.path, a.line, a.number).cmp(&(&b.path, b.line, b.number)));
        let count = |status| examples.iter().filter(|example| example.status == status).count();
        let (passed, failed) = (count(Status::Passed), count(Status::Failed));
        Self { passed, failed, not_run: count(Status::NotRun), examples }
    }

    pub(crate) fn summary(&self) -> String {
        let Self { examples, passed, failed, not_run } = self;
        let total = examples.len();
        let examples = if total == 1 { "example" } else { "examples" };
        let mut summary = format!("{total} {examples}: {passed} passed, {failed} failed");
        if *not_run > 0 {
            summary.push_str(&format!(", {not_run} not run"));
        }
        summary
    }
}

/// A line for the example, and what differs under it.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.status {
            Status::Passed => "ok",
            Status::Failed => "FAILED",
            Status::NotRun => "not run",
        };
        let place = match self.line {
            Some(line) => format!("{}:{line}", self.path),
            None => format!("{} example {}", self.path, self.number),
        };
        write!(f, "{word:<8} {place} ({})", self.language)?;
        if let Some(reason) = &self.reason {
            write!(f, ": {}", reason.trim_end().replace('\n', "\n         "))?;
        }
        writeln!(f)?;
        let (Some(expected), Some(printed), Status::Failed) =
            (&self.expected, &self.printed, self.status)
        else {
            return Ok(());
        };
        let (expected, printed) = (expected.trim_end(), printed.trim_end());
        for change in TextDiff::from_lines(expected, printed).iter_all_changes() {
            let mark = match change.tag() {
                ChangeTag::Delete => "expected",
                ChangeTag::Insert => "printed ",
                ChangeTag::Equal => "        ",
            };
            writeln!(f, "         {mark} │ {}", change.value().trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_shown_line_by_line() {
        let outcome = Outcome {
            path: "guide.md".into(),
            line: Some(4),
            number: 1,
            language: "js".into(),
            status: Status::Failed,
            reason: Some("it printed something else".into()),
            expected: Some("1\n2\n".into()),
            printed: Some("1\n3\n".into()),
        };
        let text = outcome.to_string();
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        let expected = [
            "FAILED   guide.md:4 (js): it printed something else",
            "│ 1",
            "expected │ 2",
            "printed  │ 3",
        ];
        assert_eq!(lines, expected);
        let report = Report::new(vec![outcome]);
        assert_eq!(report.summary(), "1 example: 0 passed, 1 failed");
    }
}
