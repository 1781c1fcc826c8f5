//! Who makes suggestions. So far one: the model worker in this browser.

mod catalogue;
mod local;
mod patience;
mod worker_port;

pub(crate) use local::{LocalEngine, Report, Signal, Status};
