//! Light, dark or as the system has it.

use crate::page;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// The one that a press of the theme button brings.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// `light` or `dark`, as it looks now.
    pub(crate) fn scheme(self) -> &'static str {
        let dark = || {
            let query = web_sys::window()?.match_media("(prefers-color-scheme: dark)").ok()??;
            Some(query.matches())
        };
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System if dark().unwrap_or(false) => "dark",
            Self::System => "light",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Makes the page look like this: the style sheet follows `data-theme` on the root element.
    pub(crate) fn put_on(self) {
        if let Some(root) = page::document().and_then(|document| document.document_element()) {
            // Fails only for names that are no attribute names.
            let _ = root.set_attribute("data-theme", self.name());
        }
    }
}
