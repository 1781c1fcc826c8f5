//! A bigger model rests while its tab is hidden: its memory is free for what the user looks at, and the page's own model
//! is there at once when they come back, until the bigger one is.

use super::playground::Playground;
use super::{Message, ModelDeed};
use crate::engines::Bigger;
use crate::page;
use crate::words::engines as words;
use gloo_timers::callback::Timeout;

/// Who looks at another tab for less comes back to what they left.
const RESTS_AFTER_MS: u32 = 60_000;

/// Whether one rests, and what is waited for.
#[derive(Default)]
pub(super) struct Rest {
    watched: bool,
    timer: Option<Timeout>,
    resting: Option<Bigger>,
}

impl Playground {
    /// From when a bigger model is at work for the first time.
    pub(super) fn watch_the_tab(&mut self) {
        if !std::mem::replace(&mut self.models.rest.watched, true) {
            let session = self.session;
            page::follow_visibility(move |hidden| {
                session.send(Message::Models(ModelDeed::Hidden(hidden)));
            });
        }
    }

    /// The tab is hidden, or shown again.
    pub(super) fn tab_is_hidden(&mut self, hidden: bool) {
        let session = self.session;
        let later = move || session.send(Message::Models(ModelDeed::Rest));
        self.models.rest.timer = hidden.then(|| Timeout::new(RESTS_AFTER_MS, later));
        if !hidden && let Some(bigger) = self.models.rest.resting.take() {
            self.prepare(bigger);
        }
    }

    pub(super) fn rest_bigger(&mut self) {
        if self.tab_answers() {
            // Somebody waits for what it is writing.
            return self.tab_is_hidden(true);
        }
        let Some(bigger) = self.engine.bigger().cloned() else { return };
        let name = bigger.name.clone();
        self.models.rest.resting = Some(bigger);
        self.start_own();
        self.warn(&words::rests(&name));
    }

    /// Another model was chosen: nothing comes back.
    pub(super) fn forget_resting(&mut self) {
        self.models.rest.resting = None;
    }
}
