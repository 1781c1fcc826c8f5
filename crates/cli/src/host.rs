//! The decode loop's place in a terminal: nothing interrupts it.

use flint_inference::Host;
use std::time::Instant;

pub(crate) struct TerminalHost {
    started: Instant,
}

impl TerminalHost {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now() }
    }
}

impl Host for TerminalHost {
    fn now_ms(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }

    async fn proceed(&mut self) -> bool {
        true
    }

    fn text(&mut self, _text: &str) {}
}
