//! What the page shows. Components read the screen and send messages; none keeps state of its own.

#![expect(unreachable_pub, reason = "the component macro writes `pub`")]

mod app;
mod code;
mod engine;
mod ghost_keys;
mod header;
mod icon;
mod notice;
mod rename;
mod status_bar;
mod tabs;

pub(crate) use app::App;
