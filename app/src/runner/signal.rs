//! What reaches the runner, and what it has to say about it.

use super::frame::FrameEvent;
use super::runtimes::Bundle;
use flint_protocol::{Entry, Scroll};
use flint_run::{Runtime, Waiting};

/// Something reached the runner: from the frame with this number, the network or a timer.
#[derive(Debug)]
pub(crate) enum Signal {
    Frame(u32, FrameEvent),
    Fetched(Runtime, Result<Bundle, String>),
    /// So many tenths of a runtime's files are here.
    Coming(Runtime, u8),
    /// The page has shown this batch of that frame's output.
    Shown(u32, u32),
    /// Time to ask the running frame how it is.
    Tick,
    /// Time to make a spare.
    Spare(Runtime),
    /// The running frame with this number has waited for this for too long.
    Late(u32, Waiting),
    /// The preview of before this run has been shown for long enough.
    ShownForLong(u32),
    /// Whether the page went on while a frame was busy.
    Isolated(bool),
}

/// What the session must know.
#[derive(Debug)]
pub(crate) enum Report {
    /// What runs the language is on its way.
    Fetching {
        tenths: u8,
    },
    Running,
    Output {
        entries: Vec<Entry>,
        dropped: u32,
    },
    /// The document was scrolled to here.
    Scrolled(Scroll),
    Asks {
        prompt: String,
    },
    Busy {
        ms: f64,
    },
    Finished {
        ok: bool,
        ms: f64,
    },
    /// The run could not begin or go on, and why.
    Failed {
        message: String,
    },
}
