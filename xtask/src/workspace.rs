//! Where things are, and a shell that stands in the project's root.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use xshell::Shell;

/// The project's folders.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) shell: Shell,
    pub(crate) root: PathBuf,
    /// Everything that may be deleted, this checkout's.
    pub(crate) target: PathBuf,
    /// Tools that outlive `target` and are shared between checkouts.
    pub(crate) cache: PathBuf,
}

impl Workspace {
    pub(crate) fn open() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().context("xtask stands in the project's root")?.to_owned();
        let shell = Shell::new()?;
        shell.change_dir(&root);
        let cache = match std::env::var_os("FLINT_CACHE") {
            Some(folder) => PathBuf::from(folder),
            None => home()?.join(".cache/flint"),
        };
        Ok(Self { shell, target: root.join("target"), root, cache })
    }

    /// Where suites write their figures.
    pub(crate) fn reports(&self) -> PathBuf {
        self.target.join("report")
    }

    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }
}

fn home() -> Result<PathBuf> {
    std::env::var_os("HOME").map(PathBuf::from).context("HOME is not set; set FLINT_CACHE instead")
}
