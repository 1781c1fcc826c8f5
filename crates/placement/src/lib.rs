//! Where a model's edits go: from the text of its answer to files, in exactly one place or not at all.
//!
//! ```text
//! answer ──parse──▶ edits ──place, each in its file──▶ splices ──all or none──▶ files
//!                                   │
//!                                   └── refused: the reason, and every place it might have meant
//! ```
//!
//! Models copy text badly: they lose indentation, lines, quotes and line ends. [`Parser`] reads what
//! they mean in four formats, while it streams; the fourth, a [`Region`] written anew, has its place
//! from whoever asks. [`plan`] looks for the lines of an edit in the file at
//! one tier of strictness after the other (see [`Tier`]) and takes the first tier that knows a place.
//! More than one place there is a refusal, never a guess: stated line numbers are believed only where
//! other hunks confirm them. The crate knows texts and nothing of disks, editors or models.

mod anchor;
mod diff;
mod edit;
mod find;
mod fold;
mod indent;
mod lines;
mod look_alike;
mod parse;
mod path;
mod place;
mod plan;
mod refusal;
mod region;
mod splice;

pub use edit::{Answer, Change, Edit, Line, Mark, Problem, Replace};
pub use find::Tier;
pub use parse::{MOST_BYTES, Parser, parse, parse_region};
pub use path::is_inside;
pub use plan::{File, FileChange, Hunk, Plan, plan};
pub use refusal::{Candidate, Reason, Refusal};
pub use region::Region;
pub use splice::{Splice, apply};
