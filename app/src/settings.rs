//! What the user chose, for this browser.

use crate::theme::Theme;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    pub(crate) suggestions: bool,
    pub(crate) theme: Theme,
    /// Of the code, in CSS pixels.
    pub(crate) font_size: u8,
    /// How wide a tab character shows, in spaces.
    pub(crate) tab_size: u8,
    pub(crate) wrap: bool,
    pub(crate) vim: bool,
    /// Whether a preview that is shown follows the text.
    pub(crate) live_preview: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            suggestions: true,
            theme: Theme::System,
            font_size: 14,
            tab_size: 4,
            wrap: false,
            vim: false,
            live_preview: true,
        }
    }
}
