//! When the draft is kept: soon after a keystroke, and when the page goes away.

use super::Message;
use super::playground::Playground;
use super::screen::Notice;
use crate::archive::Archive;
use crate::history::Reason;
use crate::page;
use crate::project::Draft;
use crate::storage::{Kept, NotKept, Storage};
use crate::words::notices as words;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// With the time that a busy machine and its disk take, it stays under a second. Typing on does not
/// put it off.
const AFTER_KEYSTROKE_MS: u32 = 200;
/// Who types for longer than this finds a snapshot of the way.
const SNAPSHOT_EVERY_MS: f64 = 600_000.0;

/// What is not on the disk yet.
#[derive(Debug, Default)]
pub(super) struct Unkept {
    /// Runs while there is text that was not handed over.
    timer: Option<Timeout>,
    /// When the text was handed over that the database has not confirmed.
    in_flight_ms: Option<f64>,
    asked_to_persist: bool,
}

/// The newest of what the page before this one left.
pub(super) fn left_behind(archive: Archive, storage: &Storage) -> Option<Draft> {
    let kept = archive.first_draft().and_then(|text| Kept::from_text(&text));
    let newest = kept.into_iter().chain(storage.journal());
    newest.max_by(|a, b| a.at_ms.total_cmp(&b.at_ms)).map(|kept| kept.draft)
}

impl Unkept {
    /// What is on screen is not to be kept as it is.
    pub(super) fn forget(&mut self) {
        *self = Self { asked_to_persist: self.asked_to_persist, ..Self::default() };
    }
}

impl Playground {
    pub(super) fn keep_draft_soon(&mut self) {
        if self.is_embedded() {
            return; // it is the host's
        }
        let session = self.session;
        self.unkept.timer.get_or_insert_with(|| {
            Timeout::new(AFTER_KEYSTROKE_MS, move || session.send(Message::KeepDraft))
        });
    }

    pub(super) fn keep_draft(&mut self) {
        if self.unkept.timer.take().is_none() {
            return;
        }
        self.leave_link();
        let kept = self.draft_now();
        if !self.archive.outlives() {
            self.keep_in_storage(&kept);
            return;
        }
        if self.unkept.in_flight_ms.is_some() {
            // The database is slow: should the page die now, the text is where writing takes no time, if it has room.
            let _ = self.storage.write_journal(&kept);
        }
        self.unkept.in_flight_ms = Some(kept.at_ms);
        let (session, written) = (self.session, self.archive.keep_draft(&kept.to_text()));
        spawn_local(async move {
            let at_ms = kept.at_ms;
            session.send(Message::DraftKept { at_ms, kept: written.await });
        });
        self.snapshot_now_and_then();
    }

    /// The page may be gone before a database answers: what it has not confirmed is written down
    /// where that takes no time.
    pub(super) fn leave(&mut self) {
        if self.unkept.timer.is_some() || self.unkept.in_flight_ms.is_some() {
            let kept = self.draft_now();
            // A failure has no one to tell any more, and the database gets the text too.
            let _ = self.storage.write_journal(&kept);
        }
        self.keep_draft();
    }

    pub(super) fn draft_kept(&mut self, at_ms: f64, kept: bool) {
        if self.unkept.in_flight_ms != Some(at_ms) {
            return; // a newer write is under way, or what is shown is not the user's draft any more
        }
        if !kept {
            let kept = self.draft_now();
            self.keep_in_storage(&kept);
        } else {
            self.unkept.in_flight_ms = None;
            self.storage.clear_journal();
            if !std::mem::replace(&mut self.unkept.asked_to_persist, true) {
                self.archive.ask_to_persist();
            }
        }
    }

    pub(super) fn keep_settings(&self) {
        if self.storage.keeps() {
            self.warn_unless(self.storage.keep_settings(&self.settings));
        }
    }

    /// What this page shows is only in this page now: the history gets it.
    pub(super) fn draft_kept_elsewhere(&mut self) {
        self.snapshot(Reason::OtherTab);
        self.warn(words::OPEN_ELSEWHERE);
    }

    pub(super) fn warn(&self, message: &str) {
        let message = message.to_owned();
        self.screen.update(|screen| screen.notice = Some(Notice::Warning { message }));
    }

    fn draft_now(&mut self) -> Kept {
        self.read_editor();
        Kept { at_ms: page::wall_clock_ms(), draft: self.project.draft() }
    }

    fn keep_in_storage(&self, kept: &Kept) {
        // Without any storage the status bar has said so from the beginning.
        if self.storage.keeps() {
            self.warn_unless(self.storage.write_journal(kept));
        }
    }

    fn warn_unless(&self, kept: Result<(), NotKept>) {
        if kept == Err(NotKept) {
            self.warn(words::STORAGE_FULL);
        }
    }

    fn snapshot_now_and_then(&mut self) {
        let now = page::wall_clock_ms();
        let newest = self.history.snapshots().first().map_or(0.0, |snapshot| snapshot.id);
        if now - newest.max(self.opened_at_ms) > SNAPSHOT_EVERY_MS {
            self.snapshot(Reason::Typing);
        }
    }
}
