//! Answers as models write them, against files whose right outcome is known by how they were made.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod case;
mod chance;
mod collected;
mod corpus;
mod families;
mod hostile;
mod regional;
#[path = "../../../assist/tests/it/report.rs"]
mod report;
mod ruined;
mod source;
mod write;
