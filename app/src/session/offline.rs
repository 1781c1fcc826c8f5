//! The page without a network, and newer versions of it: what the user is told.

use super::Message;
use super::playground::Playground;
use crate::offline::{self, Signal};
use leptos::prelude::*;

impl Playground {
    /// Once; when the page has nothing better to do.
    pub(super) fn store_everything(&mut self) {
        if !std::mem::replace(&mut self.stores_everything, true) {
            let session = self.session;
            offline::store_everything(move |signal| session.send(Message::Offline(signal)));
        }
    }

    pub(super) fn offline_signals(&self, signal: Signal) {
        self.screen.update(|screen| match signal {
            Signal::Ready => screen.offline_ready = true,
            Signal::Update => screen.update_waits = true,
        });
    }

    pub(super) fn take_update(&mut self) {
        self.keep_draft();
        offline::reload();
    }

    /// A notice goes; the one about a new version stands behind the others.
    pub(super) fn dismiss_notice(&self) {
        self.screen.update(|screen| {
            if screen.notice.take().is_none() {
                screen.update_waits = false;
            }
        });
    }
}
