//! The suggestions' times: taken here, shown when somebody wants to see them, sent nowhere.

use super::playground::Playground;
use super::{Dialog, Message};
use crate::page;
use crate::transfer;
use flint_assist::{Entry, Layer, STAGES, Tally};
use flint_protocol::{RequestId, Timings};
use leptos::prelude::*;
use serde::Serialize;
use std::sync::Arc;

/// What the panel draws.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LedgerView {
    /// Oldest first.
    pub(crate) entries: Vec<Entry>,
    pub(crate) tally: Tally,
}

impl Playground {
    pub(super) fn time_wanted(&mut self, layer: Layer, id: Option<RequestId>) {
        let now = page::now_ms();
        // What was not caused by a key begins where it is wanted.
        let key_ms = if self.key_ms > 0.0 { self.key_ms } else { now };
        self.key_ms = 0.0;
        self.ledger.wanted(layer, id, key_ms, now);
    }

    pub(super) fn time_drawn(&mut self) {
        if self.ledger.drawn(page::now_ms()) {
            let session = self.session;
            page::after_next_frame(move || session.send(Message::Painted));
        }
    }

    pub(super) fn time_done(&mut self, id: RequestId, timings: Timings) {
        let arrived_ms = timings.arrived_ms - page::opened_ms();
        self.ledger.done(id, Timings { arrived_ms, ..timings });
    }

    pub(super) fn open_ledger(&self) {
        let entries = self.ledger.entries().cloned().collect();
        let view = LedgerView { entries, tally: self.assist.tally() };
        self.screen.update(|screen| screen.ledger = Arc::new(view));
        self.show_dialog(Dialog::Ledger);
    }

    pub(super) fn export_ledger(&self) {
        let session = self.session;
        let text =
            serde_json::to_string_pretty(&exported(&session.now(|screen| screen.ledger.clone())));
        let refused = move |message| session.send(Message::Refused(message));
        transfer::save_text("suggestions.json", &text.unwrap_or_default(), refused);
    }
}

#[derive(Serialize)]
struct Exported {
    shown: u32,
    accepted: u32,
    dismissed: u32,
    characters_saved: u32,
    keys_typed_through: u32,
    wanted: u32,
    cache_hits: u32,
    asked_ahead: u32,
    suggestions: Vec<ExportedEntry>,
}

#[derive(Serialize)]
struct ExportedEntry {
    layer: &'static str,
    total_ms: f64,
    stages_ms: serde_json::Map<String, serde_json::Value>,
    tokens_per_second: f64,
}

fn exported(LedgerView { entries, tally }: &LedgerView) -> Exported {
    let entry = |entry: &Entry| ExportedEntry {
        layer: name(entry.layer),
        total_ms: entry.total_ms,
        stages_ms: STAGES
            .iter()
            .zip(entry.stages)
            .map(|(stage, ms)| ((*stage).to_owned(), ms.into()))
            .collect(),
        tokens_per_second: entry.tokens_per_second,
    };
    Exported {
        shown: tally.shown,
        accepted: tally.accepted,
        dismissed: tally.dismissed,
        characters_saved: tally.saved,
        keys_typed_through: tally.typed_through,
        wanted: tally.wanted,
        cache_hits: tally.cached,
        asked_ahead: tally.ahead,
        suggestions: entries.iter().map(entry).collect(),
    }
}

fn name(layer: Layer) -> &'static str {
    match layer {
        Layer::Engine => "engine",
        Layer::Cache => "cache",
        Layer::Speculation => "ahead",
    }
}
