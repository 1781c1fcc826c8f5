//! The words of changes with a model: what is asked, leave to send it, the answer, the review.

pub(crate) const BAR: &str = "Change with a model";
pub(crate) const CLOSE: &str = "Close the bar";
pub(crate) const CLOSE_BY_KEY: &str = "Close (Esc)";
pub(crate) const CONNECTIONS: &str = "Connections…";
pub(crate) const ANSWER: &str = "Answer";
pub(crate) const STOP: &str = "stop";
pub(crate) const STOP_KEY: &str = "Esc";
pub(crate) const ASK_MORE: &str = "Ask more";
pub(crate) const ASK_AGAIN: &str = "Ask again";
pub(crate) const OTHER_WORDS: &str = "Other words";

pub(crate) fn answers(server: &str) -> String {
    format!("{server} answers…")
}

/// How much of the question has been read, in parts of one.
pub(crate) fn reads(part: f64) -> String {
    format!("reads the question, {:.0} %", part * 100.0)
}

pub(crate) fn pace(pieces: u32, rate: f64) -> String {
    format!("{pieces} tokens, {rate:.0} a second")
}

// What is asked.
pub(crate) const TASK_CHANGE: &str = "Change";
pub(crate) const TASK_PLAN: &str = "Plan";
pub(crate) const TASK_ASK: &str = "Ask about";
pub(crate) const TASK_REVIEW: &str = "Review";
pub(crate) const TASK_DOCUMENT: &str = "Document";
pub(crate) const TASK_TEST: &str = "Test";
pub(crate) const NO_SERVER: &str = "No model server is named yet. Name one, on this machine or elsewhere, and it can change code as you say; or take a bigger model into this tab, which answers questions without any server.";
pub(crate) const MODELS: &str = "Models…";
pub(crate) const WHAT_TO_DO: &str = "What to do";
pub(crate) const WORDS_HINT: &str = "what should be different, or what is the question?";
pub(crate) const ASK: &str = "Ask";
pub(crate) const ALL_FILES: &str = "All files";
pub(crate) const ALL_FILES_IS: &str = "All files go along and may be changed";
pub(crate) const AUTO: &str = "Auto";
pub(crate) const WHO_ANSWERS: &str = "Who answers";
pub(crate) const WHO_ANSWERS_BY_KEY: &str = "Who answers (Alt ↑ ↓)";
pub(crate) const SERVER: &str = "Connections";

pub(crate) fn all_files(count: usize) -> String {
    format!("all {count} files")
}

// Leave to send it.
/// Before the address.
pub(crate) const LEAVES: &str = "This leaves your device for ";
/// After the address.
pub(crate) const LEAVES_IF: &str = " if you allow it. What you ask of this server from then on is sent without this question; \
     the menu shows all that was sent.";
pub(crate) const ALLOW: &str = "Allow and send";
pub(crate) const DO_NOT_SEND: &str = "Do not send";
pub(crate) const YOUR_KEY: &str = "(your key)";
pub(crate) const IS_SAID: &str = "What is said";
pub(crate) const BYTES: &str = "Byte for byte";
pub(crate) const IS_SENT: &str = "What is sent";

pub(crate) fn redacted(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "One thing that looks like a secret was taken out of it.".into(),
        more => format!("{more} things that look like secrets were taken out of it."),
    }
}

// The review.
pub(crate) const PROPOSED: &str = "Proposed changes";
pub(crate) const NEXT: &str = "next";
pub(crate) const NEXT_KEY: &str = "F7";
pub(crate) const ACCEPT_ONE: &str = "accept";
pub(crate) const ACCEPT_KEY: &str = "Alt Y";
pub(crate) const REJECT_ONE: &str = "reject";
pub(crate) const REJECT_KEY: &str = "Alt N";
pub(crate) const ACCEPT_ALL: &str = "accept all";
pub(crate) const ACCEPT_ALL_KEY: &str = "⇧ Alt Y";
pub(crate) const REJECT_ALL: &str = "reject all";
pub(crate) const REJECT_ALL_KEY: &str = "⇧ Alt N";
pub(crate) const ACCEPT: &str = "Accept";
pub(crate) const REJECT: &str = "Reject";
pub(crate) const FILES: &str = "Files with changes";
pub(crate) const NEW_FILE: &str = "new file";
pub(crate) const GOES: &str = "goes";
pub(crate) const ITS_TEXT: &str = "Its text";
pub(crate) const STEPS: &str = "Steps of the plan";
pub(crate) const LEFT: &str = "left";
pub(crate) const ACCEPTED: &str = "accepted";
pub(crate) const REJECTED: &str = "rejected";
pub(crate) const BEING_WRITTEN: &str = "being written…";
pub(crate) const NO_CHANGE: &str = "no change";
pub(crate) const REVISE: &str = "Revise…";
pub(crate) const REVISE_HOW: &str = "How the step shall be different";
pub(crate) const REVISE_HINT: &str = "how shall this step be different?";

pub(crate) fn changes(count: usize) -> String {
    if count == 1 { "1 change".into() } else { format!("{count} changes") }
}

/// How many changes are left, and what became of the others.
pub(crate) fn counts(hunks: usize, accepted: usize, without_place: usize, files: usize) -> String {
    let mut words = changes(hunks);
    if accepted > 0 {
        words += &format!(" left, {accepted} accepted");
    }
    if files > 1 {
        words += &format!(" in {files} files");
    }
    if without_place > 0 {
        words += &format!(", {without_place} of lines that you have changed");
    }
    words
}

/// `verb` accepts or rejects.
pub(crate) fn decide(verb: &str, what: &str) -> String {
    format!("{verb} {what}")
}

pub(crate) fn all_in(path: &str) -> String {
    format!("all in {path}")
}

pub(crate) fn becomes(path: &str, changes: usize) -> String {
    if changes > 1 {
        format!("becomes {path}, {changes} changes")
    } else {
        format!("becomes {path}")
    }
}

/// `what` is left, accepted or rejected.
pub(crate) fn of_step(count: usize, what: &str) -> String {
    format!("{count} {what}")
}

pub(crate) fn revise(step: &str) -> String {
    format!("Revise {step}")
}
