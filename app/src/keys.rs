//! The keys of the suggestions: what each does, which are taken, what may not be one.
//!
//! A key is spelled as the editor spells it: `Mod-ArrowRight`, `Alt-]`. `Mod` is Ctrl, or ⌘ on a Mac.

use crate::editor::GhostKey;
use crate::words::choices as words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What can be given a key: its name in the settings, its words, its first key.
pub(crate) const DEEDS: [(GhostKey, &str, &str); 7] = [
    (GhostKey::AcceptAll, words::ACCEPT_ALL, "Tab"),
    (GhostKey::AcceptWord, words::ACCEPT_WORD, "Mod-ArrowRight"),
    (GhostKey::AcceptLine, words::ACCEPT_LINE, "Mod-ArrowDown"),
    (GhostKey::Dismiss, words::DISMISS, "Escape"),
    (GhostKey::Next, words::NEXT, "Alt-]"),
    (GhostKey::Previous, words::PREVIOUS, "Alt-["),
    (GhostKey::Announce, words::ANNOUNCE, "Alt-/"),
];

/// Keys that write, move or belong to the page.
const TAKEN: [&str; 26] = [
    "Enter",
    "Backspace",
    "Delete",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "ArrowDown",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "Mod-Enter",
    "Mod-Shift-Enter",
    "Mod-.",
    "Mod-i",
    "Alt-Shift-f",
    "F7",
    "Shift-F7",
    "Mod-z",
    "Mod-y",
    "Mod-Shift-z",
    "Mod-c",
    "Mod-v",
    "Mod-x",
    "Mod-a",
    "Mod-f",
];

/// The keys that the user has chosen instead of the first ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Keys(BTreeMap<GhostKey, String>);

impl Keys {
    pub(crate) fn of(&self, deed: GhostKey) -> &str {
        let first = DEEDS.iter().find(|(known, ..)| *known == deed);
        self.0.get(&deed).map_or_else(|| first.map_or("", |(.., key)| key), String::as_str)
    }

    /// All of them, each with what it does.
    pub(crate) fn all(&self) -> Vec<(GhostKey, String)> {
        DEEDS.map(|(deed, ..)| (deed, self.of(deed).to_owned())).into()
    }

    pub(crate) fn are_the_first(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives `deed` this key.
    ///
    /// # Errors
    /// Why it cannot have it, for the user.
    pub(crate) fn choose(&mut self, deed: GhostKey, key: &str) -> Result<(), String> {
        let writes = !key.contains("Mod-") && !key.contains("Alt-") && key.chars().count() == 1
            || key.strip_prefix("Shift-").is_some_and(|rest| rest.chars().count() == 1);
        if writes || key == "Space" {
            return Err(words::KEY_WRITES.into());
        }
        if TAKEN.contains(&key) {
            return Err(words::KEY_NEEDED.into());
        }
        let other = DEEDS.iter().find(|(other, ..)| *other != deed && self.of(*other) == key);
        if let Some((_, deed, _)) = other {
            return Err(words::key_taken(deed));
        }
        self.0.insert(deed, key.to_owned());
        self.0.retain(|deed, key| {
            DEEDS.iter().all(|(known, _, first)| known != deed || first != key)
        });
        Ok(())
    }
}

/// A key as it stands on the keyboard.
pub(crate) fn label(key: &str, modifier: &str) -> String {
    let parts = key.split('-').map(|part| match part {
        "Mod" => modifier,
        "Shift" => "⇧",
        "ArrowRight" => "→",
        "ArrowLeft" => "←",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "Escape" => words::ESCAPE,
        other => other,
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// The key of a keyboard event, from what is held and its two names; nothing for a modifier alone.
pub(crate) fn pressed(held: Held, key: &str, code: &str) -> Option<String> {
    if matches!(key, "Control" | "Meta" | "Alt" | "Shift" | "AltGraph" | "Unidentified") {
        return None;
    }
    // With Alt, some systems make another character of the key: its place says which it is.
    let name = match code.strip_prefix("Key").or_else(|| code.strip_prefix("Digit")) {
        Some(letter) if held.alt || held.command => letter.to_lowercase(),
        _ if held.alt => {
            PLACES.iter().find(|(place, _)| *place == code).map_or(key, |(_, key)| key).to_owned()
        }
        _ if key == " " => "Space".to_owned(),
        _ => key.to_owned(),
    };
    let held = [(held.command, "Mod-"), (held.alt, "Alt-"), (held.shift, "Shift-")];
    let held: String = held.into_iter().filter_map(|(is, name)| is.then_some(name)).collect();
    Some(held + &name)
}

const PLACES: [(&str, &str); 9] = [
    ("BracketLeft", "["),
    ("BracketRight", "]"),
    ("Backslash", "\\"),
    ("Slash", "/"),
    ("Comma", ","),
    ("Period", "."),
    ("Semicolon", ";"),
    ("Quote", "'"),
    ("Equal", "="),
];

/// The modifiers that are held; `command` is Ctrl, or ⌘ on a Mac.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Held {
    pub(crate) command: bool,
    pub(crate) alt: bool,
    pub(crate) shift: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_chosen_and_the_first_one_is_no_choice() {
        let mut keys = Keys::default();
        assert_eq!(keys.choose(GhostKey::AcceptAll, "Mod-j"), Ok(()));
        assert_eq!(keys.of(GhostKey::AcceptAll), "Mod-j");
        assert_eq!(keys.choose(GhostKey::Next, "Tab"), Ok(()), "Tab is free now");
        assert!(keys.choose(GhostKey::AcceptAll, "Tab").is_err());
        assert_eq!(keys.choose(GhostKey::Next, "Alt-]"), Ok(()));
        assert_eq!(keys.choose(GhostKey::AcceptAll, "Tab"), Ok(()));
        assert!(keys.are_the_first());
    }

    #[test]
    fn conflicts_are_found() {
        let mut keys = Keys::default();
        for (key, word) in [
            ("Escape", "Dismiss"),
            ("a", "writes"),
            ("Shift-a", "writes"),
            ("Space", "writes"),
            ("Mod-Enter", "editor"),
            ("Enter", "editor"),
        ] {
            let refused = keys.choose(GhostKey::AcceptAll, key).expect_err(key);
            assert!(refused.contains(word), "{key}: {refused}");
        }
        assert_eq!(keys, Keys::default());
    }

    #[test]
    fn an_event_is_a_key() {
        let held = |command, alt, shift| Held { command, alt, shift };
        for (held, key, code, expected) in [
            (held(false, false, false), "Tab", "Tab", Some("Tab")),
            (held(true, false, false), "j", "KeyJ", Some("Mod-j")),
            (held(true, false, true), "J", "KeyJ", Some("Mod-Shift-j")),
            (held(false, true, false), "‘", "BracketRight", Some("Alt-]")),
            (held(false, true, false), "å", "KeyA", Some("Alt-a")),
            (held(false, false, false), " ", "Space", Some("Space")),
            (held(true, false, false), "Control", "ControlLeft", None),
        ] {
            assert_eq!(pressed(held, key, code).as_deref(), expected, "{key} {code}");
        }
        assert_eq!(label("Mod-ArrowRight", "⌘"), "⌘ →");
    }

    #[test]
    fn choices_are_kept_as_text() {
        let mut keys = Keys::default();
        keys.choose(GhostKey::Dismiss, "Mod-d").expect("a free key");
        let text = serde_json::to_string(&keys).expect("a map of texts");
        assert_eq!(text, r#"{"dismiss":"Mod-d"}"#);
        assert_eq!(serde_json::from_str::<Keys>(&text).expect("the same"), keys);
    }
}
