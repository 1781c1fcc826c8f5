//! A Chromium without a window, with a profile that is gone afterwards.

use anyhow::{Context, Result, bail};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

const PLACES: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// No window, nothing asked of its maker, no rest for pages that nobody looks at.
const ARGUMENTS: [&str; 9] = [
    "--headless",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=AutofillServerCommunication",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--window-size=1280,1000",
];

#[derive(Debug)]
pub(crate) struct Browser {
    process: Child,
    _profile: TempDir,
}

impl Browser {
    pub(crate) fn open(program: Option<&Path>, address: &str) -> Result<Self> {
        let program = program.map(Path::to_owned).or_else(find).context(
            "no browser was found: install Chromium or Chrome, or say where it is with --browser",
        )?;
        let profile = tempfile::tempdir().context("there is no place for a browser's profile")?;
        let mut command = Command::new(&program);
        command.args(ARGUMENTS);
        command.arg(format!("--user-data-dir={}", profile.path().display()));
        if is_root() {
            // Chromium refuses to run as root with it; containers of CI often are.
            command.arg("--no-sandbox");
        }
        command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let process = command
            .spawn()
            .with_context(|| format!("{} could not be started", program.display()))?;
        Ok(Self { process, _profile: profile })
    }

    /// An error once the browser has ended by itself.
    pub(crate) fn check(&mut self) -> Result<()> {
        let Some(status) = self.process.try_wait()? else { return Ok(()) };
        let mut words = String::new();
        if let Some(stderr) = &mut self.process.stderr {
            // Its last words; that it ended is said anyway.
            let _ = stderr.read_to_string(&mut words);
        }
        let last = words.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        bail!("the browser ended ({status}): {last}");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn find() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    let on_path = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    on_path.chain(PLACES.iter().map(PathBuf::from)).find(|file| file.is_file())
}

#[cfg(target_os = "linux")]
fn is_root() -> bool {
    use std::os::linux::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.st_uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}
