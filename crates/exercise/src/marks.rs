//! Marks: the comments that say what the lines below them are.

use crate::{Exercise, Part};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Task,
    Setup,
    Fixed,
    Open,
    Tests,
    Expected,
}

const NAMES: [(&str, Kind); 6] = [
    ("task", Kind::Task),
    ("setup", Kind::Setup),
    ("fixed", Kind::Fixed),
    ("open", Kind::Open),
    ("tests", Kind::Tests),
    ("expected", Kind::Expected),
];

/// The kind that a line marks, and what its comment begins with: `// ` of `// flint: open`.
fn mark_in(line: &str) -> Option<(Kind, &str)> {
    let (before, name) = line.split_once("flint:")?;
    let comment = !before.trim().is_empty() && !before.contains(char::is_alphanumeric);
    // What closes a comment may follow: `-->`, `*/`, `;)`.
    let name = name.trim().trim_end_matches(|c: char| !c.is_alphanumeric());
    let (_, kind) = NAMES.into_iter().find(|(known, _)| comment && *known == name)?;
    Some((kind, before))
}

/// Whether a text has a mark.
#[must_use]
pub fn has_marks(text: &str) -> bool {
    text.lines().any(|line| mark_in(line).is_some())
}

impl Exercise {
    /// Reads a file with marks. A file without any is one open part.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        let mut exercise = Self::default();
        let (mut kind, mut comment) = (Kind::Open, "");
        for line in source.split_inclusive('\n') {
            if let Some(mark) = mark_in(line) {
                (kind, comment) = mark;
                if kind == Kind::Expected {
                    exercise.expected.get_or_insert_default();
                }
                continue;
            }
            match kind {
                Kind::Task => exercise.task.push_str(uncommented(line, comment)),
                Kind::Setup => exercise.setup.push_str(line),
                Kind::Tests => exercise.tests.push_str(line),
                Kind::Fixed => exercise.show(true, line),
                Kind::Open => exercise.show(false, line),
                Kind::Expected => {
                    exercise.expected.get_or_insert_default().push_str(uncommented(line, comment))
                }
            }
        }
        exercise.tidy();
        exercise
    }

    fn show(&mut self, fixed: bool, line: &str) {
        match self.parts.last_mut().filter(|part| part.fixed == fixed) {
            Some(part) => part.text.push_str(line),
            None => self.parts.push(Part { fixed, text: line.into() }),
        }
    }

    /// Blank lines that only set the marks apart go, and every part ends with a line end.
    fn tidy(&mut self) {
        for text in self.expected.iter_mut().chain([&mut self.task]) {
            text.truncate(text.trim_end().len());
        }
        while self.parts.first().is_some_and(|part| part.text.trim().is_empty()) {
            self.parts.remove(0);
        }
        if let Some(last) = self.parts.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            last.text.push('\n');
        }
    }
}

/// A line without what made a comment of it.
fn uncommented<'a>(line: &'a str, comment: &str) -> &'a str {
    let bare = comment.trim();
    match line.trim_start().strip_prefix(bare) {
        Some(rest) if !bare.is_empty() => rest.strip_prefix(' ').unwrap_or(rest),
        _ => line,
    }
}

/// What a page around the playground says of a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    pub setup: &'a str,
    pub tests: &'a str,
    pub expected: Option<&'a str>,
}

/// The same as a file with marks; `comment` begins a comment in its language, `# `.
#[must_use]
pub fn mark(text: &str, given: Given<'_>, comment: &str) -> String {
    let mut source = String::new();
    let mut part = |name: &str, lines: &str| {
        source.push_str(&format!("{comment}flint: {name}\n{}\n", lines.trim_end()));
    };
    if !given.setup.trim().is_empty() {
        part("setup", given.setup);
    }
    part("open", text);
    if !given.tests.trim().is_empty() {
        part("tests", given.tests);
    }
    if let Some(expected) = given.expected {
        let lines = expected.trim_end().lines().map(|line| format!("{comment}{line}"));
        part("expected", &lines.collect::<Vec<_>>().join("\n"));
    }
    source
}

/// A file as the beginning of an exercise: marks around it, to be filled in.
#[must_use]
pub fn template(text: &str, comment: &str) -> String {
    let text = text.trim_end();
    format!(
        "{comment}flint: task\n{comment}Say here what is to be done.\n{comment}flint: open\n{text}\n\n{comment}flint: expected\n{comment}What a run prints.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PYTHON: &str = "\
# flint: task
# Average the numbers.
#
# Of none it is 0.

# flint: setup
import math
# flint: fixed
def average(numbers):
# flint: open
    pass
# flint: fixed

print(average([1, 2]))

# flint: tests
def test_none():
    equal(average([]), 0)
# flint: expected
# 1.5
#   two
";

    #[test]
    fn marks_are_taken_out_and_say_what_the_lines_are() {
        let exercise = Exercise::parse(PYTHON);
        assert_eq!(exercise.task, "Average the numbers.\n\nOf none it is 0.");
        assert_eq!(exercise.setup, "import math\n");
        assert_eq!(exercise.text(), "def average(numbers):\n    pass\n\nprint(average([1, 2]))\n");
        assert_eq!(exercise.parts.iter().map(|p| p.fixed).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(exercise.tests, "def test_none():\n    equal(average([]), 0)\n");
        assert_eq!(exercise.expected.as_deref(), Some("1.5\n  two"));
        assert!(exercise.checks());
        assert_eq!(exercise.first_open(), "def average(numbers):\n".len());
        assert_eq!(Exercise::parse("# flint: fixed\nx\n").first_open(), 0);
    }

    #[test]
    fn a_mark_is_a_comment_in_any_language_and_nothing_else_is_one() {
        for line in
            ["// flint: open", "  ;; flint: open", "<!-- flint: open -->", "/* flint: open */"]
        {
            assert!(has_marks(line), "{line}");
        }
        for line in ["flint: open", "# flint open", "# flint: opened", "x = 1 # flint: open", ""] {
            assert!(!has_marks(line), "{line}");
        }
        assert_eq!(Exercise::parse("a\nb").text(), "a\nb\n");
    }

    #[test]
    fn what_a_page_gives_is_the_same_as_marks() {
        let given = Given { setup: "x = 1\n", tests: "t()", expected: Some("1\n\n2") };
        let exercise = Exercise::parse(&mark("print(x)\n", given, "# "));
        assert_eq!(exercise.setup, "x = 1\n");
        assert_eq!(exercise.text(), "print(x)\n");
        assert_eq!(exercise.tests, "t()\n");
        assert_eq!(exercise.expected.as_deref(), Some("1\n\n2"));
        assert!(!Exercise::parse(&mark("x", Given::default(), "// ")).checks());
    }

    #[test]
    fn a_template_is_an_exercise() {
        let exercise = Exercise::parse(&template("let a = 1;\n", "// "));
        assert_eq!(exercise.text(), "let a = 1;\n");
        assert!(!exercise.task.is_empty() && exercise.checks());
    }

    proptest! {
        #[test]
        fn any_text_is_read(source in "(?s).{0,200}", lines in prop::collection::vec("(# flint: (task|open|fixed|tests|setup|expected)|# a|b|)", 0..20)) {
            let _ = Exercise::parse(&source);
            let exercise = Exercise::parse(&lines.join("\n"));
            prop_assert!(exercise.parts.is_empty() || exercise.text().ends_with('\n'));
            prop_assert!(!has_marks(&exercise.text()));
        }
    }
}
