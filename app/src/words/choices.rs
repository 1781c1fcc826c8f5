//! What is said of the user's choices: keys of the suggestions, languages, connections and their
//! keys.

use std::fmt::Display;

pub(crate) const ACCEPT_ALL: &str = "Accept all";
pub(crate) const ACCEPT_WORD: &str = "Accept a word";
pub(crate) const ACCEPT_LINE: &str = "Accept a line";
pub(crate) const DISMISS: &str = "Dismiss";
pub(crate) const NEXT: &str = "Another suggestion, or ask for one";
pub(crate) const PREVIOUS: &str = "The suggestion before";
pub(crate) const ANNOUNCE: &str = "Read the suggestion aloud";

pub(crate) const KEY_WRITES: &str = "This key writes text. Take one with Ctrl, ⌘ or Alt.";
pub(crate) const KEY_NEEDED: &str = "The editor needs this key. Take another one.";
/// The keys that keyboards call by words.
pub(crate) const ESCAPE: &str = "Esc";
pub(crate) const CONTROL: &str = "Ctrl";

pub(crate) const JAVASCRIPT: &str = "JavaScript";
pub(crate) const TYPESCRIPT: &str = "TypeScript";
pub(crate) const PYTHON: &str = "Python";
pub(crate) const RUST: &str = "Rust";
pub(crate) const HTML: &str = "HTML";
pub(crate) const CSS: &str = "CSS";
pub(crate) const WAT: &str = "WebAssembly text";
pub(crate) const MARKDOWN: &str = "Markdown";
pub(crate) const JSON: &str = "JSON";
pub(crate) const SHELL: &str = "Shell";

pub(crate) const CHAT: &str = "Chat Completions";
pub(crate) const RESPONSES: &str = "Responses";
pub(crate) const SOCKET: &str = "Responses over a WebSocket";

pub(crate) const SAVED: &str = "Saved.";
pub(crate) const ADDRESS_NEW: &str =
    "This address is new to the page. Save it, then reload: your text is kept.";
pub(crate) const NOTHING_KEPT: &str =
    "This browser keeps nothing for this page, so no other address can be reached.";

pub(crate) const KEYS_LOCKED: &str = "The keys are kept in this browser, locked.";
pub(crate) const KEYS_NOT_KEPT: &str = "This browser cannot keep them.";
pub(crate) const KEYS_UNLOCKED: &str = "Unlocked: the keys are in memory until the page closes.";
pub(crate) const OTHER_PASSPHRASE: &str = "This passphrase does not open them.";
pub(crate) const KEYS_FORGOTTEN: &str = "No key is kept any more.";

/// `deed` is what the key does.
pub(crate) fn key_taken(deed: &str) -> String {
    format!("“{deed}” has this key. Give it another one first.")
}

/// A server, and the model that it is asked for.
pub(crate) fn server(name: &str, model: &str) -> String {
    format!("{name} · {model}")
}

pub(crate) fn bad_key_address(error: impl Display) -> String {
    format!("Key address: {error}")
}

pub(crate) fn short_passphrase(least: usize) -> String {
    format!("Take {least} characters or more: whoever gets at this browser may try many.")
}
