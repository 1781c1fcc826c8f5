//! What outlives the page in the browser's small, immediate storage: the settings, and the draft
//! where there is no database or no time for one. A browser without storage is as welcome as any
//! other; then nothing is kept.

use crate::connections::Connection;
use crate::engines::Choices;
use crate::project::Draft;
use crate::settings::Settings;
use crate::tiers::Tiers;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Read by `js/policy.js` too, which lets the page reach these and no others.
const ENDPOINTS: &str = "flint:endpoints:1";
const RUN_ONCE: &str = "flint:run-once:1";
/// The draft's only place up to version 0.1, read once.
const OLD_DRAFT: &str = "flint:draft:1";
const JOURNAL: &str = "flint:journal:1";
/// Read by `js/policy.js` too.
const CONNECTIONS: &str = "flint:connections:1";
const TIERS: &str = "flint:tiers:1";
const LOCKED_KEYS: &str = "flint:locked-keys:1";
const SHOW_CONNECTIONS: &str = "flint:show-connections:1";
const MODELS: &str = "flint:models:1";
const SETTINGS: &str = "flint:settings:1";

/// A draft and when it was written, in milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) at_ms: f64,
    pub(crate) draft: Draft,
}

impl Kept {
    pub(crate) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
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

    /// For a page that must not use what this browser keeps.
    pub(crate) const fn none() -> Self {
        Self { local: None }
    }

    pub(crate) fn keeps(&self) -> bool {
        self.local.is_some()
    }

    /// The draft that no database has yet.
    pub(crate) fn journal(&self) -> Option<Kept> {
        let old = || Some(Kept { at_ms: 0.0, draft: self.read(OLD_DRAFT)? });
        self.read(JOURNAL).or_else(old)
    }

    pub(crate) fn write_journal(&self, kept: &Kept) -> Result<(), NotKept> {
        self.write(JOURNAL, kept)
    }

    /// Forgets what the database has by now.
    pub(crate) fn clear_journal(&self) {
        if let Some(local) = &self.local {
            for key in [JOURNAL, OLD_DRAFT] {
                // Fails only where nothing can be stored.
                let _ = local.remove_item(key);
            }
        }
    }

    pub(crate) fn settings(&self) -> Settings {
        self.read(SETTINGS).unwrap_or_default()
    }

    pub(crate) fn keep_settings(&self, settings: &Settings) -> Result<(), NotKept> {
        self.write(SETTINGS, settings)
    }

    /// The bigger models that the user wants.
    pub(crate) fn models(&self) -> Choices {
        self.read(MODELS).unwrap_or_default()
    }

    pub(crate) fn keep_models(&self, choices: &Choices) -> Result<(), NotKept> {
        self.write(MODELS, choices)
    }

    /// Where Rust may be sent, if the user has named a place.
    pub(crate) fn endpoint(&self) -> Option<String> {
        self.read::<Endpoints>(ENDPOINTS)?.rust
    }

    pub(crate) fn keep_endpoint(&self, address: &str) -> Result<(), NotKept> {
        self.write(ENDPOINTS, &Endpoints { rust: Some(address.to_owned()) })
    }

    /// The model servers that the user has named; no keys.
    pub(crate) fn connections(&self) -> Vec<Connection> {
        self.read(CONNECTIONS).unwrap_or_default()
    }

    pub(crate) fn keep_connections(&self, connections: &[Connection]) -> Result<(), NotKept> {
        self.write(CONNECTIONS, &connections)
    }

    /// Which of them answer for which tier.
    pub(crate) fn tiers(&self) -> Tiers {
        self.read(TIERS).unwrap_or_default()
    }

    pub(crate) fn keep_tiers(&self, tiers: &Tiers) -> Result<(), NotKept> {
        self.write(TIERS, tiers)
    }

    /// Keys of model servers, locked.
    pub(crate) fn locked_keys(&self) -> Option<String> {
        self.local.as_ref()?.get_item(LOCKED_KEYS).ok().flatten()
    }

    pub(crate) fn keep_locked_keys(&self, locked: &str) -> Result<(), NotKept> {
        let local = self.local.as_ref().ok_or(NotKept)?;
        local.set_item(LOCKED_KEYS, locked).map_err(|_| NotKept)
    }

    pub(crate) fn forget_locked_keys(&self) {
        if let Some(local) = &self.local {
            // Fails only where nothing can be stored.
            let _ = local.remove_item(LOCKED_KEYS);
        }
    }

    /// After the next load, the open file is run, once. Whether this browser can remember that.
    pub(crate) fn run_once_loaded(&self) -> bool {
        self.note(RUN_ONCE)
    }

    pub(crate) fn take_run_once(&self) -> bool {
        self.take_note(RUN_ONCE)
    }

    /// After the next load, the connections are shown, once.
    pub(crate) fn connections_once_loaded(&self) -> bool {
        self.note(SHOW_CONNECTIONS)
    }

    pub(crate) fn take_connections_once(&self) -> bool {
        self.take_note(SHOW_CONNECTIONS)
    }

    fn note(&self, key: &str) -> bool {
        self.local.as_ref().is_some_and(|local| local.set_item(key, "1").is_ok())
    }

    fn take_note(&self, key: &str) -> bool {
        let Some(local) = &self.local else { return false };
        let wanted = local.get_item(key).ok().flatten().is_some();
        wanted && local.remove_item(key).is_ok()
    }

    fn read<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let text = self.local.as_ref()?.get_item(key).ok().flatten()?;
        serde_json::from_str(&text).ok()
    }

    fn write<T: Serialize>(&self, key: &str, value: &T) -> Result<(), NotKept> {
        let local = self.local.as_ref().ok_or(NotKept)?;
        let text = serde_json::to_string(value).map_err(|_| NotKept)?;
        local.set_item(key, &text).map_err(|_| NotKept)
    }
}
