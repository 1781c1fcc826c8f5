//! What a file may be called: relative, with `/` between folders, and nothing that points elsewhere.

use crate::words::notices as words;

/// # Errors
/// A sentence for the user when no file can have this name.
pub(crate) fn check(path: &str) -> Result<(), String> {
    if path == sound(path) {
        return Ok(());
    }
    Err(words::bad_name(path))
}

/// The nearest name that a file can have, for names from elsewhere.
pub(crate) fn sound(path: &str) -> String {
    let clean: String = path.chars().filter(|c| !c.is_control()).collect();
    let parts = clean.split(['/', '\\']).map(str::trim);
    let path = parts.filter(|part| !matches!(*part, "" | "." | "..")).collect::<Vec<_>>().join("/");
    if path.is_empty() { "untitled.txt".into() } else { path }
}

/// `path`, or the first of `stem-2.ext`, `stem-3.ext`, … that is not taken.
pub(crate) fn free(path: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(path) {
        return path.to_owned();
    }
    let name_starts = path.rfind('/').map_or(0, |slash| slash + 1);
    let dot = path[name_starts..].rfind('.').filter(|at| *at > 0).map(|at| name_starts + at);
    let (stem, extension) = path.split_at(dot.unwrap_or(path.len()));
    let numbered = |n: u32| format!("{stem}-{n}{extension}");
    (2..).map(numbered).find(|name| !taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_elsewhere_become_sound() {
        for (from, to) in [
            ("a.js", "a.js"),
            ("/etc/passwd", "etc/passwd"),
            ("..\\..\\x.py", "x.py"),
            ("a//./b", "a/b"),
            (" a / b ", "a/b"),
            ("a\nb\u{7f}.js", "ab.js"),
            ("..", "untitled.txt"),
            ("", "untitled.txt"),
        ] {
            assert_eq!(sound(from), to);
            assert_eq!(check(to), Ok(()));
            assert_eq!(check(from).is_ok(), from == to);
        }
    }

    #[test]
    fn a_free_name_keeps_folder_and_extension() {
        let taken = |path: &str| ["src/a.b.js", "src/a.b-2.js", ".env", "Makefile"].contains(&path);
        for (wanted, free_name) in [
            ("new.js", "new.js"),
            ("src/a.b.js", "src/a.b-3.js"),
            (".env", ".env-2"),
            ("Makefile", "Makefile-2"),
        ] {
            assert_eq!(free(wanted, taken), free_name);
        }
    }
}
