//! The one dialog that may be open.

use super::HistoryView;
use super::playground::Playground;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    History,
}

impl Playground {
    pub(super) fn open_dialog(&mut self, dialog: Dialog) {
        match dialog {
            Dialog::History => self.open_history(),
        }
    }

    pub(super) fn close_dialog(&self) {
        self.screen.update(|screen| {
            screen.dialog = None;
            screen.history = HistoryView::default();
        });
    }
}
