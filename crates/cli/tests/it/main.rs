//! `flint` as a program.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod apply;
mod ask;
mod faults;
#[path = "../../../assist/tests/it/report.rs"]
mod report;
mod scripted;
mod sockets;
