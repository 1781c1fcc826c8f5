//! Answers of servers, good and bad, cut in every way.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod answers;
mod fuzz;
