//! Puts the parts of a wasm module that are fetched when they are wanted into files of their own. The
//! crate says by `#[wasm_split]` which functions begin such a part; what only they reach goes with them.

use crate::workspace::Workspace;
use anyhow::{Result, anyhow};
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

/// What was split: the module that is fetched first, and the others.
pub(crate) struct Split {
    pub(crate) main: PathBuf,
    pub(crate) parts: Vec<PathBuf>,
}

/// Splits `compiled`, which must have been linked with its relocations. The parts go into `out`, where
/// wasm-bindgen's glue is to be called `name`.js; the module that it takes goes beside `compiled`.
pub(crate) fn split(
    workspace: &Workspace,
    compiled: &Path,
    out: &Path,
    name: &str,
) -> Result<Split> {
    let (main, glue) = (compiled.with_extension("main.wasm"), format!("./{name}.js"));
    let wasm = workspace.shell.read_binary_file(compiled)?;
    let mut options = Options::new(&wasm);
    options.output_dir = out;
    options.main_out_path = &main;
    options.main_module = &glue;
    let split = transform(options).map_err(|error| anyhow!("{error:#}"))?;
    Ok(Split { main, parts: split.split_modules })
}
