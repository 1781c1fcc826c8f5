//! `cargo xtask report`: the figures that the suites wrote, as a table.

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let folder = workspace.reports();
    if !folder.is_dir() {
        println!("no figures yet: cargo xtask test writes them");
        return Ok(());
    }
    let mut files: Vec<_> =
        fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    for path in files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path)?;
        let figures: Value = serde_json::from_str(&text)
            .with_context(|| format!("{} is not JSON", path.display()))?;
        print_figures(&name, &figures);
    }
    Ok(())
}

fn print_figures(name: &str, figures: &Value) {
    let Value::Object(figures) = figures else {
        println!("{name:<12} {figures}");
        return;
    };
    for (index, (key, value)) in figures.iter().enumerate() {
        let label = if index == 0 { name } else { "" };
        println!("{label:<12} {key:<28} {value}");
    }
}
