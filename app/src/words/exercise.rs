//! The words of an exercise: its buttons, and what a check found.

pub(crate) const GIVEN_LINES: &str = "The marked lines are given: they stay as they are.";
pub(crate) const RUNNING: &str = "Running…";
pub(crate) const CHECK: &str = "Check";
pub(crate) const START_OVER: &str = "Start over";
pub(crate) const EDIT: &str = "Edit exercise";
pub(crate) const EDIT_IS: &str = "Show the file with the exercise's marks";
pub(crate) const PASSED: &str = "Passed: ";
pub(crate) const NOT_YET: &str = "Not yet: ";
pub(crate) const EXPECTED: &str = "expected";
pub(crate) const GOT: &str = "got";
pub(crate) const EMPTY_LINE: &str = "(an empty line)";

pub(crate) fn check_key(modifier: &str) -> String {
    format!("{modifier} Alt Enter")
}

pub(crate) fn all_passed(count: usize) -> String {
    if count == 1 { "Passed".to_owned() } else { format!("All {count} passed") }
}

pub(crate) fn passed(count: usize, of: usize) -> String {
    format!("{count} of {of} passed")
}
