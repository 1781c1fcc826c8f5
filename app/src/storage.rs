//! What outlives the page: the draft and the settings. A browser without storage is as welcome
//! as any other; then nothing is kept and [`Storage::keeps`] says so.

use crate::project::Draft;
use crate::theme::Theme;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The draft's key, for those who listen to changes.
pub(crate) const DRAFT: &str = "flint:draft:1";
const SETTINGS: &str = "flint:settings:1";

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

/// The browser's storage for this page, if it has any.
#[derive(Debug)]
pub(crate) struct Storage {
    local: Option<web_sys::Storage>,
}

/// The text could not be kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotKept;

impl Storage {
    pub(crate) fn open() -> Self {
        let window = web_sys::window();
        Self { local: window.and_then(|window| window.local_storage().ok().flatten()) }
    }

    pub(crate) fn keeps(&self) -> bool {
        self.local.is_some()
    }

    pub(crate) fn draft(&self) -> Option<Draft> {
        self.read(DRAFT)
    }

    pub(crate) fn keep_draft(&self, draft: &Draft) -> Result<(), NotKept> {
        self.write(DRAFT, draft)
    }

    pub(crate) fn settings(&self) -> Settings {
        self.read(SETTINGS).unwrap_or_default()
    }

    pub(crate) fn keep_settings(&self, settings: Settings) -> Result<(), NotKept> {
        self.write(SETTINGS, &settings)
    }

    fn read<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let text = self.local.as_ref()?.get_item(key).ok().flatten()?;
        serde_json::from_str(&text).ok()
    }

    fn write<T: Serialize>(&self, key: &str, value: &T) -> Result<(), NotKept> {
        let Some(local) = &self.local else {
            return Ok(()); // said once, by `keeps`
        };
        let text = serde_json::to_string(value).map_err(|_| NotKept)?;
        local.set_item(key, &text).map_err(|_| NotKept)
    }
}
