//! Decides what to suggest, when, and when to be silent.
//!
//! One pure function: [`update`] takes the [`State`] and an [`Event`], changes the state and
//! returns the [`Effect`]s for the caller to perform. Nothing here knows of the web, of clocks,
//! of threads or of chance, so every rule can be tested with plain text.
//!
//! [`routing`] decides who answers a request that a person has made, by the same rules.
//!
//! All offsets are bytes of UTF-8. Line breaks are `\n`.

mod alternatives;
mod cache;
mod context;
mod document;
mod effect;
mod erased;
mod event;
mod extent;
mod filter;
mod ghost;
mod ledger;
mod neighbours;
mod next_edit;
mod place;
mod rate;
mod rejection;
mod request;
pub mod routing;
mod running;
mod silence;
mod state;
mod syntax;
mod tally;
mod typed;
mod update;

pub use document::{Change, Cursor, Document};
pub use effect::{Effect, Layer};
pub use event::{Event, UserEvent};
pub use ghost::Ghost;
pub use ledger::{Entry, Ledger, STAGES, percentile};
pub use neighbours::neighbours;
pub use next_edit::NextEdit;
pub use rate::Rate;
pub use silence::Silence;
pub use state::State;
pub use syntax::{Bracket, Syntax, Within};
pub use tally::Tally;
pub use update::update;
