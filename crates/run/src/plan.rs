//! Which file a run starts with, and what runs it: a table of languages, and the rule that a script
//! belongs to the page that names it.

use flint_protocol::SourceFile;

/// What runs a file. Adding a language is a row in [`RUNTIMES`] and a file under
/// `sandbox/language`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Runtime {
    /// A document with its scripts and styles, shown.
    Document,
    /// JavaScript and TypeScript, in a worker.
    Script,
    /// Python by MicroPython, in a worker.
    Python,
    /// Python by Pyodide, in a worker, for those who want it.
    FullPython,
    /// WebAssembly text, in a worker.
    Wat,
    /// Rust by an endpoint that the user has named.
    Rust,
}

const RUNTIMES: [(&str, Runtime); 6] = [
    ("html", Runtime::Document),
    ("javascript", Runtime::Script),
    ("typescript", Runtime::Script),
    ("python", Runtime::Python),
    ("wat", Runtime::Wat),
    ("rust", Runtime::Rust),
];

impl Runtime {
    /// The name of its bundle, if it runs in the frame.
    #[must_use]
    pub const fn bundle(self) -> Option<&'static str> {
        match self {
            Self::Document => Some("document"),
            Self::Script => Some("script"),
            Self::Python => Some("python"),
            Self::FullPython => Some("full-python"),
            Self::Wat => Some("wat"),
            Self::Rust => None,
        }
    }

    /// Whether its output is something to look at.
    #[must_use]
    pub const fn shows(self) -> bool {
        matches!(self, Self::Document)
    }
}

/// What a press of “Run” does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub runtime: Runtime,
    /// Path of the file to start with.
    pub entry: String,
}

/// Nothing can be run, and why, for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cannot(pub String);

/// What runs when `open` is the open file; `language` names a path's language.
///
/// # Errors
/// [`Cannot`] when the open file is of a kind that does not run.
pub fn plan(
    files: &[SourceFile],
    open: &str,
    language: impl Fn(&str) -> &'static str,
) -> Result<Plan, Cannot> {
    let kind = language(open);
    if matches!(kind, "javascript" | "typescript" | "css") {
        let pages = files.iter().filter(|file| language(&file.path) == "html");
        let naming = |page: &&SourceFile| names(&page.text, open);
        let page = pages.clone().find(naming);
        let page = page.or_else(|| pages.clone().next().filter(|_| kind == "css"));
        if let Some(page) = page {
            return Ok(Plan { runtime: Runtime::Document, entry: page.path.clone() });
        }
    }
    let row = RUNTIMES.iter().find(|(name, _)| *name == kind);
    row.map(|(_, runtime)| Plan { runtime: *runtime, entry: open.to_owned() }).ok_or_else(|| {
        Cannot(format!(
            "{open} is not something that runs. Open a JavaScript, TypeScript, Python, Rust, HTML or WAT file and run that."
        ))
    })
}

/// Whether a page's text names this file in an attribute.
fn names(page: &str, path: &str) -> bool {
    page.match_indices(path).any(|(at, _)| {
        let before = page[..at].trim_end_matches("./");
        let after = page[at + path.len()..].chars().next();
        before.ends_with(['"', '\'', '=']) && after.is_none_or(|c| "\"'? >#".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(path: &str) -> &'static str {
        match path.rsplit_once('.').map_or("", |(_, end)| end) {
            "js" => "javascript",
            "ts" => "typescript",
            "html" => "html",
            "css" => "css",
            "py" => "python",
            "wat" => "wat",
            _ => "text",
        }
    }

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.into(), text: text.into() }
    }

    #[test]
    fn the_open_file_decides() {
        let files = [
            file("index.html", r#"<script src="./app.js"></script>"#),
            file("app.js", ""),
            file("my-app.js", ""),
            file("style.css", ""),
            file("tool.py", ""),
            file("add.wat", ""),
        ];
        for (open, runtime, entry) in [
            ("index.html", Runtime::Document, "index.html"),
            ("app.js", Runtime::Document, "index.html"),
            ("my-app.js", Runtime::Script, "my-app.js"),
            ("style.css", Runtime::Document, "index.html"),
            ("tool.py", Runtime::Python, "tool.py"),
            ("add.wat", Runtime::Wat, "add.wat"),
        ] {
            let expected = Plan { runtime, entry: entry.into() };
            assert_eq!(plan(&files, open, language), Ok(expected), "{open}");
        }
    }

    #[test]
    fn what_does_not_run_says_so() {
        for open in ["notes.md", "style.css"] {
            let Err(Cannot(reason)) = plan(&[file(open, "")], open, language) else {
                panic!("{open} does not run");
            };
            assert!(reason.starts_with(open), "{reason}");
        }
    }
}
