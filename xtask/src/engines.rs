//! The browsers beside Chromium, and the core of the stories told in each of them over WebDriver. Where
//! an engine is not and cannot be installed, that is said, and the report names those that ran.

use crate::{browser, build, setup, workspace::Workspace};
use anyhow::Result;
use std::path::PathBuf;

const GECKODRIVER: &str = "0.37.1";
/// Debian's places of WebKitGTK's small browser: its driver drives no other.
const MINI_BROWSERS: [&str; 3] = [
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
];

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    build::run(workspace)?;
    let chromium = setup::browser(workspace)?;
    if (firefox().is_none() || webkit().is_none()) && setup::can_install(workspace)? {
        setup::install(workspace, &["firefox-esr", "webkit2gtk-driver", "xvfb"])?;
    }
    let stories = ["--test", "--test-concurrency=1", "e2e/engines/core.test.mjs"];
    let mut node = browser::node(workspace, &chromium, &stories);
    match firefox() {
        Some(firefox) => {
            node = node.env("FIREFOX", firefox).env("GECKODRIVER", geckodriver(workspace)?);
        }
        None => eprintln!("Firefox is not here, so nothing runs in it (Debian: firefox-esr)"),
    }
    match webkit() {
        Some((driver, browser)) => {
            node = node.env("WEBKIT_DRIVER", driver).env("MINI_BROWSER", browser);
        }
        None => eprintln!(
            "WebKitGTK is not here, so nothing runs in it (Debian: webkit2gtk-driver and xvfb)"
        ),
    }
    Ok(node.run()?)
}

fn firefox() -> Option<PathBuf> {
    setup::find("firefox-esr").or_else(|| setup::find("firefox"))
}

/// Its driver and its browser; it needs a screen too.
fn webkit() -> Option<(PathBuf, PathBuf)> {
    setup::find("Xvfb")?;
    let browser = MINI_BROWSERS.iter().map(PathBuf::from).find(|path| path.is_file())?;
    Some((setup::find("WebKitWebDriver")?, browser))
}

/// Mozilla publishes it as a package of cargo's.
fn geckodriver(workspace: &Workspace) -> Result<PathBuf> {
    // Unoptimised: it hands commands on.
    setup::cargo_program(workspace, "geckodriver", GECKODRIVER, &["--locked", "--profile", "dev"])
}
