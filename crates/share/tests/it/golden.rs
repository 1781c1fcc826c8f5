//! `tests/golden/v1.txt`: links as they were once given away, one a line, the first line that of
//! project 0. They must open what they opened then, whatever later versions write.
//!
//! A released link is never changed: to add some, append what `cargo run -p flint-share --example links`
//! prints beyond the lines that are there.

use crate::projects::project;
use crate::size;
use flint_share::{decode, encode};
use std::{env, fs, path::PathBuf};

const LINKS: &str = include_str!("../golden/v1.txt");
/// How many links the file holds at least.
const LEAST: usize = 260;

#[test]
fn every_link_ever_made_opens_the_same_text() {
    let mut opened = 0;
    for (number, link) in (0..).zip(LINKS.lines()) {
        let found = decode(link).expect("a project").expect("readable");
        assert_eq!(found, project(number), "link {number}");
        opened += 1;
    }
    assert!(opened >= LEAST, "{opened} links");
    let cases = LINKS.lines().count();
    let bytes = size::of_100_lines();
    report(&format!(r#"{{"cases":{cases},"opened":{opened},"bytes_100_lines":{bytes}}}"#));
}

#[test]
fn what_is_written_today_opens_too() {
    for number in 0..1000 {
        let project = project(number);
        let link = encode(&project).expect("small enough");
        assert_eq!(decode(&format!("#{link}")), Some(Ok(project)));
    }
}

fn report(json: &str) {
    let target = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| target.into(), PathBuf::from);
    let folder = env::var_os("FLINT_REPORTS").map_or_else(|| target.join("report"), PathBuf::from);
    fs::create_dir_all(&folder).expect("the report folder can be made");
    fs::write(folder.join("links.json"), json).expect("the report can be written");
}
