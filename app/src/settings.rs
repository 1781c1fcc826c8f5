//! What the user chose, for this browser.

use crate::keys::Keys;
use crate::theme::Theme;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    pub(crate) suggestions: bool,
    /// Languages in which nothing is suggested all the same.
    pub(crate) muted: Vec<String>,
    pub(crate) keys: Keys,
    pub(crate) theme: Theme,
    /// Of the code, in CSS pixels.
    pub(crate) font_size: u8,
    /// How wide a tab character shows, in spaces.
    pub(crate) tab_size: u8,
    pub(crate) wrap: bool,
    pub(crate) vim: bool,
    /// Whether a preview that is shown follows the text.
    pub(crate) live_preview: bool,
    /// Python is run by the pack with its whole library.
    pub(crate) full_python: bool,
    /// Percent of the room that are the code's where the panel is beside it, and below it; 0 is as at first.
    pub(crate) code_share: (u8, u8),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            suggestions: true,
            muted: Vec::new(),
            keys: Keys::default(),
            theme: Theme::System,
            font_size: 14,
            tab_size: 4,
            wrap: false,
            vim: false,
            live_preview: true,
            full_python: false,
            code_share: (0, 0),
        }
    }
}

impl Settings {
    /// Whether anything is suggested in files of this language.
    pub(crate) fn suggest_in(&self, language: &str) -> bool {
        self.suggestions && !self.muted.iter().any(|muted| muted == language)
    }

    pub(crate) fn mute(&mut self, language: &str, muted: bool) {
        self.muted.retain(|known| known != language);
        if muted {
            self.muted.push(language.to_owned());
        }
    }
}
