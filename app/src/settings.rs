//! What the user chose, for this browser.

use crate::theme::Theme;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    pub(crate) suggestions: bool,
    pub(crate) theme: Theme,
}

impl Default for Settings {
    fn default() -> Self {
        Self { suggestions: true, theme: Theme::System }
    }
}
