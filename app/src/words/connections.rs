//! The words of the connections: their list, their form, who answers what, and locked keys.

pub(crate) const CONNECTIONS: &str = "Connections";
pub(crate) const ABOUT: &str = "Model servers that speak the OpenAI protocol: llama.cpp, Ollama, LM Studio or vLLM on your \
     machine, or a provider. Nothing is sent before you have allowed it.";
pub(crate) const USE: &str = "Use";
pub(crate) const FORGET: &str = "Forget";
pub(crate) const ASKED_FIRST: &str = " · is asked first";

/// `verb` is one of the above.
pub(crate) fn to_connection(verb: &str, name: &str) -> String {
    format!("{verb} {name}")
}

// The form.
pub(crate) const NAME: &str = "Name";
pub(crate) const NAME_HINT: &str = "what you call it";
pub(crate) const ADDRESS: &str = "Address";
pub(crate) const KEY: &str = "Key";
pub(crate) const KEY_HINT: &str = "stays in memory; empty for none";
pub(crate) const KEYS_FROM: &str = "Keys from";
pub(crate) const KEYS_FROM_HINT: &str = "or where short-lived keys come from";
pub(crate) const MODEL: &str = "Model";
pub(crate) const MODEL_HINT: &str = "check the connection for a list";
pub(crate) const SPEAKS: &str = "Speaks";
pub(crate) const SAVE: &str = "Save";
pub(crate) const CHECK: &str = "Check";
pub(crate) const ASKING: &str = "Asking…";
pub(crate) const RELOAD: &str = "Reload";

// Who answers what.
pub(crate) const WHO_ANSWERS: &str = "Who answers what";
pub(crate) const INSTANT: &str = "what you type, in this tab";
pub(crate) const QUICK: &str = "changes in one file, questions";
pub(crate) const HEAVY: &str = "several files, plans, long texts";
pub(crate) const ECONOMICAL: &str = "reviews, documentation, tests";
pub(crate) const THE_FIRST: &str = "the first";
pub(crate) const NONE: &str = "none";
pub(crate) const CONNECTION: &str = "Connection";
pub(crate) const ITS_OWN_MODEL: &str = "its own model";
pub(crate) const EFFORT: &str = "Effort";
pub(crate) const EFFORT_IS: &str = "How long it may think";

/// `what` is the connection, the model or the effort.
pub(crate) fn of_tier(what: &str, tier: &str) -> String {
    format!("{what} of {tier}")
}

// Locked keys.
pub(crate) const PASSPHRASE: &str = "Passphrase";
pub(crate) const UNLOCK: &str = "Unlock";
pub(crate) const LOCK_ANEW: &str = "Lock anew";
pub(crate) const KEEP_LOCKED: &str = "Keep locked";
pub(crate) const FORGET_KEPT: &str = "Forget kept keys";
pub(crate) const KEPT: &str = "Keys are kept in this browser, locked with your passphrase.";
pub(crate) const CAN_BE_KEPT: &str =
    "Keys can be kept in this browser, locked with a passphrase that is kept nowhere.";
