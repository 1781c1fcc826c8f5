//! The playground's page: an editor whose suggestions are made in the tab.

mod archive;
mod components;
mod connections;
mod diff;
mod divider;
mod editor;
mod embed;
mod engines;
mod example;
mod examples;
mod exercise;
mod file_name;
mod formatter;
mod history;
mod keys;
mod language;
mod locked;
mod models;
mod network;
mod offline;
mod page;
mod pass;
mod project;
mod project_changes;
mod proposal;
mod remote;
mod reorder;
mod runner;
mod session;
mod settings;
mod socket;
mod storage;
mod syntax;
mod theme;
mod tiers;
mod transaction;
mod transfer;
mod words;

fn main() {
    // In a turn of its own: this one has compiled the code.
    leptos::prelude::set_timeout(
        || leptos::mount::mount_to_body(components::App),
        std::time::Duration::ZERO,
    );
}
