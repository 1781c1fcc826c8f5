//! Counted next-token models: what followed these tokens before?
//!
//! [`Cache`] counts the open file, as it is edited; [`Table`] is a packed file of what many
//! independent packages have in common. Both answer a context with [`Successors`], and [`Gate`]
//! mixes those into the transformer's distribution, shortest context first. The crate is pure:
//! tokens in, counts out.

mod cache;
mod counts;
mod gate;
mod hash;
mod table;

pub use cache::Cache;
pub use counts::{Counts, CountsError};
pub use gate::{BUCKETS, Evidence, Fit, Gate, Mixture};
pub use hash::{CONTEXT_LENGTHS, CONTEXTS, MAX_CONTEXT, contexts};
pub use table::{Entry, Table, in_group};

/// A token where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Item {
    pub token: u32,
    /// Names how the line above its own begins; the same for every token of a line.
    pub key: u32,
}

/// Where counts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The packed table of other people's code.
    Table,
    /// The open file.
    Cache,
    /// Words of the open file that begin like the one at the cursor.
    Words,
}

/// What followed one context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Successors {
    /// Tokens with how often each followed.
    pub counts: Vec<(u32, u32)>,
}

impl Successors {
    pub fn total(&self) -> u32 {
        self.counts.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }
}
