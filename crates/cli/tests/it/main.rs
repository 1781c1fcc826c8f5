//! `flint` as a program.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod apply;
