//! How long the link of a program of 100 lines is.

use flint_share::{File, Project, encode};

/// An ordinary program, written by hand, with little that repeats.
const PROGRAM: &str = include_str!("../golden/100_lines.py");

/// Characters of its link after the page's address.
pub(crate) fn of_100_lines() -> usize {
    assert_eq!(PROGRAM.lines().count(), 100);
    let file = File { path: "main.py".into(), text: PROGRAM.into() };
    let link = encode(&Project { files: vec![file], ..Project::default() });
    link.expect("small enough").len() + 1
}

#[test]
fn a_program_of_100_lines_fits_2_kb() {
    let bytes = of_100_lines();
    assert!(bytes <= 2048, "{bytes} bytes");
}
