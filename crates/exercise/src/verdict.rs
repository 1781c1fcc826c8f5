//! What a check found: which tests passed, and what the others got instead of what was expected.

use crate::Exercise;
use serde::Serialize;

/// One thing that was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Test {
    pub name: String,
    pub passed: bool,
    /// What came, or what went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub got: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
}

impl Test {
    fn of(name: &str, passed: bool) -> Self {
        Self { name: name.into(), passed, ..Self::default() }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    pub passed: bool,
    /// What was expected to be printed; empty where only tests say.
    pub expected: String,
    /// All that was printed.
    pub output: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<Test>,
}

impl Verdict {
    /// Judges a run that ended well (`ok`) or not, printed `output`, and said this of its tests. A run
    /// that was no check has said nothing of them, and they do not count. What only prints may end with an
    /// error, for that is printed too.
    #[must_use]
    pub fn of(exercise: &Exercise, ok: bool, output: &str, said: Option<Vec<Test>>) -> Self {
        let mut tests = Vec::new();
        if let Some(expected) = &exercise.expected {
            tests.push(printed(output, expected));
        }
        if let Some(said) = said.filter(|_| exercise.expected.is_none() || exercise.tests()) {
            let silent = said.is_empty();
            let failed = said.iter().any(|test| !test.passed);
            tests.extend(said);
            if !ok && !failed {
                tests.push(Test::of("The program ends without an error", false));
            } else if silent {
                let wants = exercise.tests();
                let name = if wants { "A test runs" } else { "The program ends without an error" };
                tests.push(Test::of(name, !wants));
            }
        }
        Self {
            passed: tests.iter().all(|test| test.passed),
            expected: exercise.expected.clone().unwrap_or_default(),
            output: output.into(),
            tests,
        }
    }

    /// In a sentence, to be read aloud.
    #[must_use]
    pub fn sentence(&self) -> String {
        let failed: Vec<_> = self.tests.iter().filter(|test| !test.passed).collect();
        match failed.as_slice() {
            [] => "Everything passed.".into(),
            [one] => format!(
                "{} of {} passed. Not yet: {}.",
                self.tests.len() - 1,
                self.tests.len(),
                one.name
            ),
            [first, ..] => format!(
                "{} of {} passed. First of those that did not: {}.",
                self.tests.len() - failed.len(),
                self.tests.len(),
                first.name
            ),
        }
    }
}

/// White space at the ends of lines and of the text does not count.
fn printed(output: &str, expected: &str) -> Test {
    let lines = |text: &str| {
        text.trim_end().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>()
    };
    let (got, wanted) = (lines(output), lines(expected));
    let passed = got == wanted;
    let shown = |lines: Vec<String>| (!passed).then(|| lines.join("\n"));
    Test { name: "What it prints".into(), passed, got: shown(got), expected: shown(wanted) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(name: &str, passed: bool) -> Test {
        Test { name: name.into(), passed, ..Test::default() }
    }

    fn exercise(tests: &str, expected: Option<&str>) -> Exercise {
        Exercise { tests: tests.into(), expected: expected.map(Into::into), ..Exercise::default() }
    }

    #[test]
    fn space_at_the_ends_of_lines_does_not_count() {
        let passes = |output: &str, expected: &str| {
            Verdict::of(&exercise("", Some(expected)), true, output, None).passed
        };
        assert!(passes("a \n b\n\n", "a\n b"));
        assert!(!passes("a \n b\n\n", "a\nb"));
        assert!(!passes("a", ""));
        assert!(passes("", "\n"));
    }

    #[test]
    fn a_check_passes_when_everything_does() {
        let both = exercise("t", Some("1"));
        for (ok, output, said, passed, count) in [
            (true, "1", Some(vec![test("a", true)]), true, 2),
            (true, "2", Some(vec![test("a", true)]), false, 2),
            (true, "1", Some(vec![test("a", false)]), false, 2),
            (true, "1", Some(vec![]), false, 2),
            (true, "1", None, true, 1),
            (false, "1", Some(vec![test("a", true)]), false, 3),
            (false, "2", Some(vec![]), false, 2),
        ] {
            let verdict = Verdict::of(&both, ok, output, said);
            assert_eq!((verdict.passed, verdict.tests.len()), (passed, count), "{verdict:?}");
        }
    }

    #[test]
    fn without_tests_it_counts_what_is_printed_or_that_it_ends_well() {
        for (expected, ok, passed) in [
            (Some("1"), true, true),
            (Some("1"), false, true),
            (None, true, true),
            (None, false, false),
        ] {
            let verdict = Verdict::of(&exercise("", expected), ok, "1", Some(vec![]));
            assert_eq!((verdict.passed, verdict.tests.len()), (passed, 1), "{verdict:?}");
        }
    }

    #[test]
    fn a_sentence_says_what_to_look_at_first() {
        let said =
            |tests: Vec<Test>| Verdict::of(&exercise("t", None), true, "", Some(tests)).sentence();
        assert_eq!(said(vec![test("a", true)]), "Everything passed.");
        assert_eq!(said(vec![test("a", true), test("b", false)]), "1 of 2 passed. Not yet: b.");
        let two = vec![test("a", false), test("b", false), test("c", true)];
        assert_eq!(said(two), "1 of 3 passed. First of those that did not: a.");
    }
}
