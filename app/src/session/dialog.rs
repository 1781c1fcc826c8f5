//! The one dialog that may be open.

use super::playground::Playground;
use super::{HistoryView, ImportView};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    Share,
    Import,
    History,
    Examples,
    Settings,
    Connections,
    Models,
    Outbox,
    Ledger,
    Network,
}

impl Playground {
    pub(super) fn open_dialog(&mut self, dialog: Dialog) {
        match dialog {
            Dialog::History => self.open_history(),
            Dialog::Share => self.share(),
            Dialog::Connections => self.open_connections(),
            Dialog::Models => self.open_models(),
            Dialog::Ledger => self.open_ledger(),
            Dialog::Import
            | Dialog::Examples
            | Dialog::Settings
            | Dialog::Outbox
            | Dialog::Network => {
                self.show_dialog(dialog);
            }
        }
    }

    pub(super) fn show_dialog(&self, dialog: Dialog) {
        self.screen.update(|screen| screen.dialog = Some(dialog));
    }

    pub(super) fn close_dialog(&self) {
        self.screen.update(|screen| {
            screen.dialog = None;
            screen.history = HistoryView::default();
            screen.import = ImportView::default();
            screen.key_refused = None;
        });
    }
}
