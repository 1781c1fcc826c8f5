//! What is said of changes and answers by a model: asking, reviewing, making them and taking them
//! back.

pub(crate) const ANSWERED: &str = "Answered.";
pub(crate) const CUT_SHORT: &str =
    "The answer is longer than the model may write, so it ends in the middle.";
pub(crate) const HELD_BACK: &str = "The server held the answer back.";
pub(crate) const WENT_ROUND: &str =
    "The model began to say the same again and again, so it was stopped.";
pub(crate) const TAB_STOPPED: &str =
    "The model in this tab stopped before its answer was whole. Ask again.";
pub(crate) const NO_ROOM_TO_WRITE: &str = "The model in this tab writes the lines anew, and these are more than it can. Select fewer, or ask a server.";
pub(crate) const EMPTY: &str = "The answer is empty.";

pub(crate) const NO_DIFF: &str =
    "What shows changes could not be fetched. Check the connection and try again.";
pub(crate) const NO_CONNECTION: &str = "Name a model server in Connections first.";

/// What is asked for where nothing else is said.
pub(crate) const REVIEW: &str = "Review this.";
pub(crate) const DOCUMENT: &str = "Document what is not documented.";
pub(crate) const TEST: &str = "Write tests.";

/// `reason` is the end of a sentence that begins with the model's name.
pub(crate) fn mute(model: &str, reason: &str) -> String {
    format!("{model} {reason}, so it answers no questions.")
}

/// Of a long file these lines are asked about, from 1 and with the last.
pub(crate) fn part(path: &str, (first, last): (usize, usize)) -> String {
    format!(
        "Lines {first} to {last} of {path} go along: the model in this tab reads no more. Select others to ask about them."
    )
}

/// What the model is told of such a file's name.
pub(crate) fn part_path(path: &str, (first, last): (usize, usize)) -> String {
    format!("{path} (lines {first} to {last})")
}

pub(crate) fn no_room(path: &str) -> String {
    format!("{path} does not go along: there is no room for it.")
}

/// What is asked for when a program has died, of what it said and the line where it did.
pub(crate) fn fix(said: &str, line: Option<u32>) -> String {
    let line = line.map(|line| format!(" (line {line})")).unwrap_or_default();
    format!("Fix this error: {said}{line}")
}

/// What is asked about: a file, or lines of it, from 1 and with the last.
pub(crate) fn scope(path: &str, lines: Option<(usize, usize)>) -> String {
    match lines {
        None => path.to_owned(),
        Some((first, last)) if first == last => format!("line {last} of {path}"),
        Some((first, last)) => format!("lines {first}–{last} of {path}"),
    }
}

pub(crate) fn decided(count: usize, accepted: bool, left: usize) -> String {
    let what = if accepted { "accepted" } else { "rejected" };
    let changes = if count == 1 { "change" } else { "changes" };
    format!("{count} {changes} {what}, {left} left.")
}

pub(crate) fn syntax_error(path: &str, line: f64) -> String {
    format!(
        "With these changes {path} has a syntax error that it does not have now, near line {line}."
    )
}

pub(crate) fn degraded(tier: &str) -> String {
    format!(
        "{tier} was too slow or failed three times in a row: where another tier can answer, it is asked for the next minute."
    )
}

pub(crate) fn recovered(tier: &str) -> String {
    format!("{tier} is quick again.")
}

pub(crate) fn renamed(path: &str, to: &str) -> String {
    format!("{path} is {to} now.")
}

pub(crate) fn changed(path: &str) -> String {
    format!("{path} is changed.")
}

pub(crate) fn several_changed(count: usize) -> String {
    format!("{count} files are changed.")
}

pub(crate) fn is_another_text(path: &str) -> String {
    format!("{path} is not what it was when it was asked about, so nothing was changed.")
}

pub(crate) fn not_undone(paths: &[String]) -> String {
    format!(
        "{} has been changed since, so nothing was undone. The history has what was there before.",
        paths.join(", ")
    )
}

/// Undo in one file has taken so many others along.
pub(crate) fn undone_along(others: usize) -> String {
    let others = if others == 1 { "another file" } else { "the other files" };
    format!("So is what was changed along with it in {others}.")
}
