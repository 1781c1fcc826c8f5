//! The words of the settings, with the keys.

pub(crate) const SETTINGS: &str = "Settings";
pub(crate) const THEME: &str = "Theme";
pub(crate) const CODE_SIZE: &str = "Code size";
pub(crate) const TAB_WIDTH: &str = "Tab width";
pub(crate) const SUGGEST_IN: &str = "Suggest in";

// Switches, each with what it means.
pub(crate) const SUGGESTIONS: &str = "Suggestions";
pub(crate) const SUGGESTIONS_IS: &str = "Grey text after the cursor, made in this tab";
pub(crate) const WRAP: &str = "Wrap long lines";
pub(crate) const WRAP_IS: &str = "Instead of scrolling sideways";
pub(crate) const LIVE_PREVIEW: &str = "Live preview";
pub(crate) const LIVE_PREVIEW_IS: &str = "A page that is shown follows what you type";
pub(crate) const FULL_PYTHON: &str = "Full Python";
pub(crate) const FULL_PYTHON_IS: &str = "CPython with its whole standard library, by Pyodide: 13 MB, fetched once and kept; off removes it";
pub(crate) const VIM: &str = "Vim keys";
pub(crate) const VIM_IS: &str = "Escape leaves insert mode; Escape, then Tab leaves the editor";

// Keys of the suggestions.
pub(crate) const KEYS: &str = "Keys of the suggestions";
pub(crate) const KEYS_HOW: &str =
    "Press one of the buttons, then the key. Keys that are taken are refused.";
pub(crate) const RESTORE_KEYS: &str = "Restore the first keys";
pub(crate) const PRESS_A_KEY: &str = "Press a key";

pub(crate) fn key_of(deed: &str, key: &str) -> String {
    format!("{deed}: {key}")
}

// Keys that cannot be chosen; `⌘` stands for what the system has.
pub(crate) const OTHER_KEYS: &str = "Other keys";
pub(crate) const OTHERS: [(&str, &str); 7] = [
    ("Run", "⌘ Enter"),
    ("Run what is selected", "⌘ ⇧ Enter"),
    ("Check an exercise", "⌘ Alt Enter"),
    ("Stop", "⌘ ."),
    ("Change with a model", "⌘ I"),
    ("Format", "⇧ Alt F"),
    ("Leave the editor, with vim keys too", "Esc, then Tab"),
];
