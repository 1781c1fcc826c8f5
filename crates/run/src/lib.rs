//! What running a project means, without a browser: which runtime runs which file ([`plan`]), what
//! the console holds ([`Console`]), how a run goes on from start to end ([`Run`]), how long its start is
//! waited for ([`Start`]). Knows nothing of
//! frames, files on disk or time; moments are handed in, in milliseconds.

mod console;
mod life;
mod plan;
pub mod rust;
mod start;

pub use console::{Console, Row};
pub use life::{Asked, Run, Step};
pub use plan::{Cannot, Plan, Runtime, plan};
pub use start::{ANSWER_MS, Late, Start, Waiting};
