//! The assistant from outside: stories as marked text, and random sessions under a judge.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod alternatives;
mod flicker;
mod memory;
mod next_edit;
mod report;
mod routing;
mod scene;
mod stories;
mod typist;
