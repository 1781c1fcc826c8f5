//! What outlives the page: the draft and the settings. A browser without storage is as welcome
//! as any other; then nothing is kept and [`Storage::keeps`] says so.

use crate::project::Draft;
use crate::theme::Theme;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The draft's key, for those who listen to changes.
pub(crate) const DRAFT: &str = "flint:draft:1";
/// Read by `js/policy.js` too, which lets the page reach these and no others.
const ENDPOINTS: &str = "flint:endpoints:1";
const RUN_ONCE: &str = "flint:run-once:1";
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

/// Addresses that the user has named and allowed.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Endpoints {
    rust: Option<String>,
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

    /// Where Rust may be sent, if the user has named a place.
    pub(crate) fn endpoint(&self) -> Option<String> {
        self.read::<Endpoints>(ENDPOINTS)?.rust
    }

    pub(crate) fn keep_endpoint(&self, address: &str) -> Result<(), NotKept> {
        self.write(ENDPOINTS, &Endpoints { rust: Some(address.to_owned()) })
    }

    /// After the next load, the open file is run, once. Whether this browser can remember that.
    pub(crate) fn run_once_loaded(&self) -> bool {
        self.local.as_ref().is_some_and(|local| local.set_item(RUN_ONCE, "1").is_ok())
    }

    pub(crate) fn take_run_once(&self) -> bool {
        let Some(local) = &self.local else { return false };
        let wanted = local.get_item(RUN_ONCE).ok().flatten().is_some();
        wanted && local.remove_item(RUN_ONCE).is_ok()
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
