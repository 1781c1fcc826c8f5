//! Who makes suggestions: the model worker in this browser, with the page's own model or a bigger one.

mod bigger;
mod catalogue;
mod local;
mod patience;
mod worker_port;

pub(crate) use bigger::{Bigger, Choices};
pub(crate) use catalogue::{Suggested, suggested};
pub(crate) use local::{LocalEngine, Report, Signal, Status};
