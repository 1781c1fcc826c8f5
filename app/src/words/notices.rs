//! What is said of the project: its files, the draft that is kept, the history, links, imports,
//! formatting and exercises.

pub(crate) const UNDONE: &str = "Undone.";

pub(crate) const OPEN_ELSEWHERE: &str = "This project is also open in another tab. What is kept is what the last one to type shows: close one of them. The history has both texts.";
pub(crate) const STORAGE_FULL: &str = "The browser's storage is full, so this text will be gone when the page closes. Copy what you need, or delete large files.";

pub(crate) const HISTORY_FULL: &str =
    "The browser has no room for the history: what you see now cannot be gone back to later.";
pub(crate) const SNAPSHOT_GONE: &str = "This snapshot is no longer in the browser's storage.";
pub(crate) const RESTORED: &str = "The project is back as it was.";

pub(crate) const BEFORE_RUN: &str = "Before a run";
pub(crate) const BEFORE_IMPORT: &str = "Before an import";
pub(crate) const BEFORE_GOING_BACK: &str = "Before going back";
pub(crate) const BEFORE_LINK: &str = "Before opening a link";
pub(crate) const BEFORE_EXAMPLE: &str = "Before opening an example";
pub(crate) const BEFORE_DELETING: &str = "Before deleting a file";
pub(crate) const BEFORE_OTHER_TAB: &str = "Before another tab wrote";
pub(crate) const BEFORE_CHANGES: &str = "Before changes by a model";
pub(crate) const BEFORE_EXERCISE: &str = "Before an exercise";
pub(crate) const WHILE_TYPING: &str = "While typing";

pub(crate) const ADDED: &str = "added";
pub(crate) const REMOVED: &str = "removed";
pub(crate) const CHANGED: &str = "changed";

pub(crate) const NOTHING_NEW: &str = "Nothing is new: the project has these files.";

pub(crate) const CHANGED_MEANWHILE: &str = "The text was changed meanwhile.";
pub(crate) const FORMATTER_SILENT: &str = "The formatter did not answer.";

pub(crate) const NO_CHECK: &str = "A check can look at JavaScript, TypeScript, Python and WebAssembly text. This file can be run, and looked at by yourself.";
pub(crate) const GIVEN: &str = "These lines are given and cannot be changed.";
pub(crate) const STARTED_OVER: &str =
    "The file is as it was at the beginning. Undo brings yours back.";
pub(crate) const IS_EXERCISE: &str =
    "This project is an exercise. “Edit exercise” beside its task shows it with its marks.";
pub(crate) const HAS_MARKS: &str = "The file has the marks of an exercise now. Fill them in, and choose “Make an exercise” again to try it.";
pub(crate) const EXERCISE_MADE: &str =
    "This is the exercise as others get it. “Share” gives the link.";
pub(crate) const EXERCISE_MARKS: &str =
    "These are the exercise's marks. “Make an exercise” in the menu tries it.";

/// Where a file is now, from 1.
pub(crate) fn moved(path: &str, place: usize, of: usize) -> String {
    format!("{path} is file {place} of {of}.")
}

pub(crate) fn bad_name(path: &str) -> String {
    format!("“{path}” is not a file name. Use a name like main.js or src/lib.rs.")
}

pub(crate) fn name_taken(path: &str) -> String {
    format!("There is a {path} already. Choose another name.")
}

pub(crate) fn imported(first: &str, count: usize) -> String {
    match count {
        1 => format!("{first} is imported."),
        many => format!("{many} files are imported."),
    }
}

pub(crate) fn example_open(path: &str) -> String {
    format!("{path} is open. What was here is in the history.")
}

pub(crate) fn well_formatted(path: &str) -> String {
    format!("{path} is well formatted.")
}

pub(crate) fn formatted(path: &str) -> String {
    format!("{path} is formatted.")
}

pub(crate) fn not_formatted(path: &str, line: u32, column: u32, reason: &str) -> String {
    format!("{path} cannot be formatted: line {line}, column {column}: {reason}")
}
