//! The page's end of running code: frames without an origin, the runtimes they are handed, and one
//! run at a time. A stranger's program is never nearer than a frame and a message port.

mod endpoint;
mod frame;
mod isolation;
mod leaving;
mod local;
mod runtimes;
mod signal;
mod slot;
mod spare;
mod starting;
mod watch;

pub(crate) use endpoint::{Answer, Asking, ask};
pub(crate) use local::Runner;
pub(crate) use signal::{Report, Signal};
