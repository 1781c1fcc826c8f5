//! The words around the code: the top line, the tabs, the bottom line, the notice.

pub(crate) const FLINT: &str = "Flint";
pub(crate) const NOT_LOADED: &str =
    "This part of Flint could not be fetched. Check the connection, then open it again.";
pub(crate) const EDITOR_HELP: &str = "Suggestions appear as grey text after the cursor. Tab accepts one, \
     or goes to the next place that should follow your last change. \
     To leave the editor press Escape, then Tab.";

// Run.
pub(crate) const RUN: &str = "Run";
pub(crate) const STOP: &str = "Stop";

pub(crate) fn run_by_key(modifier: &str) -> String {
    format!("Run ({modifier} Enter)")
}

pub(crate) fn stop_by_key(modifier: &str) -> String {
    format!("Stop ({modifier} .)")
}

// Files.
pub(crate) const FILES: &str = "Files";
pub(crate) const NEW_FILE: &str = "New file";
pub(crate) const RENAME: &str = "Rename";
pub(crate) const DELETE: &str = "Delete";
pub(crate) const FILE_NAME: &str = "File name";

/// `verb` is one of the above.
pub(crate) fn to_file(verb: &str, path: &str) -> String {
    format!("{verb} {path}")
}

// Ghost text.
pub(crate) const SUGGESTION: &str = "Suggestion";
pub(crate) const ACCEPT: &str = "accept";
pub(crate) const WORD: &str = "word";
pub(crate) const LINE: &str = "line";
pub(crate) const OTHER: &str = "other";
pub(crate) const DISMISS: &str = "dismiss";

pub(crate) fn counted(verb: &str, place: usize, count: usize) -> String {
    format!("{verb} {place}/{count}")
}

// The bottom line.
pub(crate) const NOT_SAVED: &str = "Not saved";
pub(crate) const NOT_SAVED_WHY: &str =
    "This browser gives the page no storage: the text is gone when it closes";
pub(crate) const WORKS_OFFLINE: &str = "Works offline";
pub(crate) const WORKS_OFFLINE_WHY: &str =
    "The page, the model and the languages are stored in this browser";
pub(crate) const SUGGESTIONS: &str = "Suggestions";
pub(crate) const NETWORK_ON: &str = "Network on";

pub(crate) fn place(line: u32, column: u32) -> String {
    format!("Ln {line}, Col {column}")
}

pub(crate) fn may_reach(hosts: &[String]) -> String {
    format!("Programs of this project may reach {}", hosts.join(", "))
}

// The engine.
pub(crate) const STARTING: &str = "Starting the model";
pub(crate) const LOADING: &str = "Loading the model";
pub(crate) const RESTARTING: &str = "Restarting the model";
pub(crate) const NO_SUGGESTIONS: &str = "No suggestions";
pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const DOWNLOAD: &str = "Model download";
pub(crate) const RATE_IS: &str = "Tokens per second while decoding, over the last answers";
pub(crate) const FIRST_TEXT_IS: &str = "From the keystroke to the first text";

pub(crate) fn remote(name: &str) -> String {
    format!("Remote: {name}")
}

pub(crate) fn downloaded(loaded_bytes: u64, total_bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a tenth of a megabyte is exact enough")]
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    format!("{:.1} of {:.1} MB", megabytes(loaded_bytes), megabytes(total_bytes))
}

pub(crate) fn rate(tokens_per_second: f64) -> String {
    format!("{tokens_per_second:.0} tok/s")
}

pub(crate) fn first_text(ms: f64) -> String {
    format!("first text {ms:.0} ms")
}

// The notice.
pub(crate) const CLOSE_NOTICE: &str = "Close this notice";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const SHARED: &str =
    "This project came with a link. Nothing of it runs until you run it. Yours is in the history.";
pub(crate) const BACK_TO_MINE: &str = "Back to mine";
pub(crate) const UPDATE: &str = "A new version of Flint is here.";
pub(crate) const RELOAD: &str = "Reload";
pub(crate) const ALLOW: &str = "Allow";

pub(crate) fn deleted(path: &str) -> String {
    format!("{path} is deleted.")
}
