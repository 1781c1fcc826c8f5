//! A file's language, by its extension. Names are those of the model's language markers.

use crate::words::choices as words;

/// The language of the file at `path`; `text` when the extension says nothing.
pub(crate) fn of(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "js" | "mjs" | "cjs" | "jsx" => "javascript",
        "ts" | "mts" | "cts" | "tsx" => "typescript",
        "py" | "pyi" => "python",
        "rs" => "rust",
        "html" | "htm" => "html",
        "css" => "css",
        "wat" | "wast" => "wat",
        "md" => "markdown",
        "json" => "json",
        "sh" | "bash" | "zsh" => "shell",
        _ => "text",
    }
}

/// What begins a comment in the language of the file at `path`.
pub(crate) fn comment(path: &str) -> &'static str {
    match of(path) {
        "python" | "shell" => "# ",
        "wat" => ";; ",
        _ => "// ",
    }
}

/// Languages in which something is suggested, and what people call them.
pub(crate) const NAMES: [(&str, &str); 10] = [
    ("javascript", words::JAVASCRIPT),
    ("typescript", words::TYPESCRIPT),
    ("python", words::PYTHON),
    ("rust", words::RUST),
    ("html", words::HTML),
    ("css", words::CSS),
    ("wat", words::WAT),
    ("markdown", words::MARKDOWN),
    ("json", words::JSON),
    ("shell", words::SHELL),
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_last_extension_decides() {
        let languages = ["a.RS", "a.min.js", "src/x.py", "Makefile", ".gitignore"].map(super::of);
        assert_eq!(languages, ["rust", "javascript", "python", "text", "text"]);
    }
}
