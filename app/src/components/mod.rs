//! What the page shows. Components read the screen and send messages; none keeps state of its own.

#![expect(unreachable_pub, reason = "the component macro writes `pub`")]

mod app;
mod code;
mod connections;
mod console;
mod dialogs;
mod edit_bar;
mod edit_consent;
mod edit_review;
mod edit_words;
mod embed;
mod engine;
mod exercise;
mod gallery;
mod ghost_keys;
mod header;
mod history;
mod icon;
mod import;
mod key_choices;
mod later;
mod lazy;
mod ledger;
mod locked_keys;
mod menu;
mod models;
mod network;
mod notice;
mod outbox;
mod panel;
mod questions;
mod rename;
mod run_button;
mod said;
mod settings;
mod share;
mod shortcuts;
mod status_bar;
mod tabs;
mod tiers;
mod value;

pub(crate) use app::App;
