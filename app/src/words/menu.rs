//! The menu's words.

pub(crate) const MENU: &str = "Menu";
pub(crate) const SHARE: &str = "Share…";
pub(crate) const IMPORT: &str = "Import files…";
pub(crate) const EXPORT_ZIP: &str = "Export as zip";
pub(crate) const EXPORT_PAGE: &str = "Export as one page";
pub(crate) const CHANGE: &str = "Change with a model…";
pub(crate) const FORMAT: &str = "Format file";
pub(crate) const FORMAT_KEY: &str = "⇧ Alt F";
pub(crate) const MAKE_EXERCISE: &str = "Make an exercise";
pub(crate) const EXAMPLES: &str = "Examples…";
pub(crate) const HISTORY: &str = "History…";
pub(crate) const MODELS: &str = "Models for suggestions…";
pub(crate) const CONNECTIONS: &str = "Connections…";
pub(crate) const OUTBOX: &str = "What was sent…";
pub(crate) const LEDGER: &str = "Speed of suggestions…";
pub(crate) const NETWORK: &str = "Network…";
pub(crate) const SETTINGS: &str = "Settings…";

pub(crate) fn change_key(modifier: &str) -> String {
    format!("{modifier} I")
}
