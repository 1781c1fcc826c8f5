//! What is said of the models in the tab and of what they suggest.

use std::fmt::Display;

pub(crate) const STOPPED: &str = "its worker stopped, which most often means that memory is full";
pub(crate) const SILENT: &str = "it did not answer any more";
pub(crate) const OTHER_VERSION: &str =
    "The page and its model worker are of different versions. Reload the page.";
pub(crate) const STOPPED_OFTEN: &str = "The model worker stopped several times in a row, so there are no suggestions. Try again, or close other tabs to free memory.";
pub(crate) const NO_WORKER: &str =
    "This page was built without its model worker, so there are no suggestions.";
pub(crate) const NOT_STARTED: &str =
    "The browser did not start the model worker, so there are no suggestions.";

pub(crate) const NOT_AN_ADDRESS: &str = "Write owner/name as at the hub, or an address that begins with https://, or with http:// on this machine.";
pub(crate) const NOT_A_HUB: &str =
    "A hub's address begins with https://, or with http:// on this machine.";
pub(crate) const FILES_MISSING: &str = "Choose a .gguf file, or an ONNX model's files together: config.json, tokenizer.json, the .onnx file and what belongs to it.";
pub(crate) const FROM_DISK: &str = "From your disk";

pub(crate) const SLOWEST: &str = "Less than a token a second here";

const ARGUMENTS_CHANGE: &str = "arguments change";

/// `why` is the end of a sentence, without its full stop.
pub(crate) fn unusable(name: &str, why: &str) -> String {
    format!("{name} cannot be used: {why}.")
}

/// After what went wrong with a bigger model.
pub(crate) fn fallen_back(message: &str) -> String {
    format!("{message} Suggestions are the page's own model's again.")
}

pub(crate) fn rests(name: &str) -> String {
    format!(
        "{name} rests, because this tab was hidden and its memory is needed elsewhere. The page's own model suggests \
         until it is back, which takes some seconds from when you look here again."
    )
}

/// After what went wrong with the models in the tab.
pub(crate) fn stand_in(message: &str, server: &str) -> String {
    format!(
        "{message} Shall {server} make suggestions? What stands around the cursor is sent there as you type."
    )
}

pub(crate) fn disk_model(bytes: u64) -> String {
    format!("From disk, {:.1} MB", bytes as f64 / 1e6)
}

pub(crate) fn list_not_fetched(path: &str, reason: &str) -> String {
    format!(
        "The list of models ({path}) could not be fetched: {reason}. Check the connection and try again."
    )
}

pub(crate) fn list_unreadable(path: &str, error: impl Display) -> String {
    format!(
        "The list of models ({path}) cannot be read: {error}. Whoever runs this site must repair it."
    )
}

pub(crate) fn list_without(path: &str, default: &str) -> String {
    format!(
        "The list of models ({path}) has no “{default}”. Whoever runs this site must repair it."
    )
}

/// Of so many tenths of a gigabyte.
pub(crate) fn too_large(tenths: u64) -> String {
    format!("Needs {}.{} GB of memory, more than a tab gets here", tenths / 10, tenths % 10)
}

pub(crate) fn tokens_per_second(rate: f64, is_fast_enough: bool) -> String {
    let slow = if is_fast_enough { "" } else { ": slow while you type" };
    format!("About {rate:.0} tokens a second here{slow}")
}

pub(crate) fn suggestion(text: &str) -> String {
    format!("Suggestion: {text}")
}

/// The next edit, read aloud: one name for another, or something about arguments.
pub(crate) fn next_change(left: usize, line: usize, names: Option<(&str, &str)>) -> String {
    let what = match names {
        Some((old, new)) => format!("{old} becomes {new}"),
        None => ARGUMENTS_CHANGE.into(),
    };
    format!("Next change, of {left}: line {line}, {what}.")
}

/// What the key does that takes the next edit: change what is `here`, or go there.
pub(crate) fn next_step(here: bool, line: usize, left: usize) -> String {
    let more = if left > 1 { format!(" ({left} left)") } else { String::new() };
    if here { format!("change{more}") } else { format!("go to line {line}{more}") }
}
