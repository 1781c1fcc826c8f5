//! Where test figures go: `NAME.json` in `FLINT_REPORTS` or `target/report`.

use std::{env, fs, path::PathBuf};

/// How much longer than usual the suites run, from `FLINT_TEST_SCALE`.
pub(crate) fn scale() -> usize {
    env::var("FLINT_TEST_SCALE").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

pub(crate) fn write(name: &str, json: &str) {
    let folder = env::var_os("FLINT_REPORTS").map_or_else(default_folder, PathBuf::from);
    fs::create_dir_all(&folder).expect("the report folder can be made");
    fs::write(folder.join(format!("{name}.json")), json).expect("the report can be written");
}

fn default_folder() -> PathBuf {
    let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.into(), PathBuf::from);
    target.join("report")
}
