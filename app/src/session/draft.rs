//! When the draft is kept: soon after the last keystroke, and when the page goes away.

use super::Message;
use super::playground::Playground;
use super::screen::Notice;
use crate::page;
use crate::storage::NotKept;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

const AFTER_LAST_KEYSTROKE_MS: u32 = 250;
/// Typing without a pause does not put it off for longer than this.
const AT_LATEST_MS: f64 = 1_000.0;

impl Playground {
    pub(super) fn keep_draft_soon(&mut self) {
        let now = page::now_ms();
        let since = *self.unkept_since_ms.get_or_insert(now);
        if self.keep_timer.is_none() || now - since < AT_LATEST_MS {
            let session = self.session;
            let timer =
                Timeout::new(AFTER_LAST_KEYSTROKE_MS, move || session.send(Message::KeepDraft));
            self.keep_timer = Some(timer);
        }
    }

    pub(super) fn keep_draft(&mut self) {
        self.keep_timer = None;
        if self.unkept_since_ms.take().is_some() {
            self.read_editor();
            let kept = self.storage.keep_draft(&self.project.draft());
            self.warn_unless(kept);
        }
    }

    pub(super) fn keep_settings(&self) {
        let kept = self.storage.keep_settings(self.settings);
        self.warn_unless(kept);
    }

    pub(super) fn warn_of_other_tab(&self) {
        self.warn("This project is also open in another tab. What is kept is what the last one to type shows: close one of them.");
    }

    fn warn_unless(&self, kept: Result<(), NotKept>) {
        if kept == Err(NotKept) {
            self.warn("The browser's storage is full, so this text will be gone when the page closes. Copy what you need, or delete large files.");
        }
    }

    fn warn(&self, message: &str) {
        let message = message.to_owned();
        self.screen.update(|screen| screen.notice = Some(Notice::Warning { message }));
    }
}
