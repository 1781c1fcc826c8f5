//! Counted next-token models: what followed these tokens before?
//!
//! [`Cache`] counts the open file, as it is edited; [`Table`] is a packed file of what many
//! independent packages have in common. Both answer a context with [`Successors`] at several
//! orders, and [`Gate`] mixes those into the transformer's distribution, shortest context first.
//! The crate is pure: tokens in, counts out.

mod cache;
mod counts;
mod gate;
mod hash;
mod table;

pub use cache::Cache;
pub use counts::{Counts, CountsError};
pub use gate::{BUCKETS, Fit, Gate, Mixture};
pub use hash::{CONTEXT_LENGTHS, MAX_CONTEXT, context_hash};
pub use table::{Entry, Table};

/// Where counts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The packed table of other people's code.
    Table,
    /// The open file.
    Cache,
}

/// What followed one context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Successors {
    /// Tokens with how often each followed; no token twice.
    pub counts: Vec<(u32, u32)>,
}

impl Successors {
    pub fn total(&self) -> u32 {
        self.counts.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }
}
