//! What has left this page for model servers, and what is about to.

use super::playground::Playground;
use leptos::prelude::*;
use std::sync::Arc;

/// Older ones are forgotten.
const MOST: usize = 50;

/// One request, byte for byte but for the key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) number: u32,
    pub(crate) url: String,
    pub(crate) body: String,
    /// Whether a key went along.
    pub(crate) keyed: bool,
    /// Secrets that were taken out of the text before.
    pub(crate) redacted: usize,
    /// Who was asked, and why.
    pub(crate) reason: String,
    /// In milliseconds since 1970, for the list.
    pub(crate) at_ms: u64,
    /// How it ended; empty while it goes on.
    pub(crate) outcome: String,
}

#[derive(Debug, Default)]
pub(super) struct Outbox {
    sent: Vec<Sent>,
}

impl Playground {
    pub(super) fn note_sent(&mut self, sent: Sent) {
        self.outbox.sent.insert(0, sent);
        self.outbox.sent.truncate(MOST);
        self.show_outbox();
    }

    pub(super) fn note_outcome(&mut self, number: u32, outcome: String) {
        if let Some(sent) = self.outbox.sent.iter_mut().find(|sent| sent.number == number) {
            sent.outcome = outcome;
        }
        self.show_outbox();
    }

    fn show_outbox(&self) {
        let outbox = Arc::new(self.outbox.sent.clone());
        self.screen.update(|screen| screen.outbox = outbox);
    }
}
