//! Who answers what: one of four tiers for each request, with the reason in words.
//!
//! ```text
//! Wanted + Conditions ──route──▶ Route { tier, reason, consent } or NoRoute, a sentence
//! how it went ──Health::note──▶ three misses in a row: the tier is passed over for a while
//! ```
//!
//! Each tier has its own record: what one has used up or lost says nothing about the others.

mod health;
mod pace;
mod reason;
mod route;
mod tier;

pub use health::{Health, Outcome, Turn};
pub use pace::Pace;
pub use reason::{NoRoute, Out, Reason, Why};
pub use route::{Conditions, Route, Server, Tab, Wanted, route};
pub use tier::{Tier, Work};
