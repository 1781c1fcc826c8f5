//! Links from outside: every one ever made opens, and no text makes the reader fall over.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod golden;
mod hostile;
mod projects;
mod size;
