//! The playground's page: an editor whose suggestions are made in the tab.

mod components;
mod editor;
mod engines;
mod example;
mod language;
mod network;
mod page;
mod project;
mod runner;
mod session;
mod storage;
mod theme;

fn main() {
    leptos::mount::mount_to_body(components::App);
}
