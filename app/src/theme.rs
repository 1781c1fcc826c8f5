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
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

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
