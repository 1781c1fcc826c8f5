//! Who makes suggestions: the model worker in this browser, with the page's own model or a bigger one.

mod bigger;
mod catalogue;
mod local;
mod patience;
mod prediction;
mod worker_port;

pub(crate) use bigger::{Bigger, Choices};
pub(crate) use catalogue::{Suggested, suggested};
pub(crate) use local::{LocalEngine, Report, Signal, Status};
pub(crate) use prediction::{Prediction, predict};
pub(crate) use worker_port::{PortEvent, WorkerPort};
