//! Names of files in answers: how models decorate them, and which may be written.

/// The path that a line of an answer names, without its decoration; None when it names none.
pub(crate) fn named(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches('#').trim_start_matches("//").trim();
    let line = ["File:", "file:", "Path:", "path:", "Filename:", "filename:"]
        .iter()
        .find_map(|label| line.strip_prefix(label))
        .unwrap_or(line);
    let bare = line.trim().trim_matches(['*', '`', '"', '\'', ':', ' ']);
    let plausible = !bare.is_empty()
        && bare.len() < 200
        && bare.contains(['.', '/'])
        && !bare.ends_with(['.', '/'])
        && !bare.contains(char::is_whitespace)
        && !bare.contains(['<', '>', '(', ')', '{', '}', '=', ';', ',', '|', '?']);
    plausible.then(|| bare.to_owned())
}

/// The path of a `---` or `+++` line: without the `a/` or `b/` and the time behind it. None is
/// `/dev/null`.
pub(crate) fn of_header(rest: &str) -> Option<String> {
    let name = rest.split('\t').next().unwrap_or_default().trim();
    let name = name.trim_matches('"');
    if name == "/dev/null" {
        return None;
    }
    let name = name.strip_prefix("a/").or_else(|| name.strip_prefix("b/")).unwrap_or(name);
    Some(name.to_owned())
}

/// Whether a path stays in the folder that it is relative to.
#[must_use]
pub fn is_inside(path: &str) -> bool {
    let parts: Vec<_> = path.split(['/', '\\']).collect();
    let plain = |part: &&str| !part.is_empty() && *part != ".." && !part.contains(['\0', ':']);
    !path.is_empty() && parts.iter().all(plain)
}

/// `./a/b` as `a/b`.
pub(crate) fn plain(path: &str) -> &str {
    path.trim_start_matches("./")
}

/// Which of `paths` an answer means by `name`: that one, or the only one that ends so.
pub(crate) fn meant<'a>(name: &str, paths: impl Iterator<Item = &'a str> + Clone) -> Option<usize> {
    let name = plain(name);
    if let Some(at) = paths.clone().position(|path| plain(path) == name) {
        return Some(at);
    }
    let ends = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|before| before.ends_with('/'))
    };
    let mut found = paths.enumerate().filter(|(_, path)| {
        let path = plain(path);
        ends(path, name) || ends(name, path)
    });
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_without_their_decoration() {
        for (line, path) in [
            ("src/a.py", Some("src/a.py")),
            ("**`src/a.py`**:", Some("src/a.py")),
            ("### src/a.py", Some("src/a.py")),
            ("// src/a.js", Some("src/a.js")),
            ("File: a.py", Some("a.py")),
            ("Here is the change.", None),
            ("Done.", None),
            ("f(a.b)", None),
            ("python", None),
        ] {
            assert_eq!(named(line).as_deref(), path, "{line}");
        }
    }

    #[test]
    fn a_path_means_one_file() {
        let paths = ["a.py", "src/b.py", "lib/b.py", "src/c.py"];
        for (name, at) in [
            ("a.py", Some(0)),
            ("./a.py", Some(0)),
            ("b.py", None),
            ("c.py", Some(3)),
            ("project/src/c.py", Some(3)),
            ("d.py", None),
        ] {
            assert_eq!(meant(name, paths.into_iter()), at, "{name}");
        }
    }

    #[test]
    fn nothing_leaves_the_folder() {
        for path in ["", "/etc/passwd", "../a", "a/../../b", "a//b", "c:\\a", "a\\..\\b"] {
            assert!(!is_inside(path), "{path}");
        }
        assert!(is_inside("src/a.b/c.py") && is_inside("..a"));
    }
}
