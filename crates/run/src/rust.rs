//! Rust for a playground endpoint: the project's files as one, and the answer's places in them. The
//! request is `execute`'s of the Rust playground, as mdBook's run button and others use it.

use flint_protocol::{Entry, Level, Place, SourceFile, Value};

/// What the endpoint is asked, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustRequest {
    pub code: String,
    /// `bin` when there is a `main`, else `lib`.
    pub crate_type: &'static str,
    /// Whether there are tests to run, and no `main`.
    pub tests: bool,
}

/// The file at `entry` with the project's other files in place of its `mod name;` lines.
#[must_use]
pub fn request(files: &[SourceFile], entry: &str) -> RustRequest {
    let text = files.iter().find(|file| file.path == entry).map_or("", |file| &file.text);
    let folder = entry.rsplit_once('/').map_or("", |(folder, _)| folder);
    let code = inline(files, folder, text, 0);
    let has_main = code.contains("fn main(");
    let tests = !has_main && code.contains("#[test]");
    RustRequest { code, crate_type: if has_main { "bin" } else { "lib" }, tests }
}

/// How deep modules may lie in each other; deeper ones are left to the compiler to complain about.
const MOST_DEEP: usize = 8;

fn inline(files: &[SourceFile], folder: &str, text: &str, depth: usize) -> String {
    let mut whole = String::new();
    for line in text.split_inclusive('\n') {
        match module_of(line).filter(|_| depth < MOST_DEEP).and_then(|(before, name)| {
            let at = |path: String| files.iter().find(|file| file.path == path);
            let stem = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            let file = at(format!("{stem}.rs")).or_else(|| at(format!("{stem}/mod.rs")))?;
            Some(format!(
                "{before}mod {name} {{ {} }}\n",
                inline(files, &stem, &file.text, depth + 1)
            ))
        }) {
            Some(module) => whole.push_str(&module),
            None => whole.push_str(line),
        }
    }
    whole
}

/// What stands before `mod name;`, and the name, when a line is that and nothing else.
fn module_of(line: &str) -> Option<(&str, &str)> {
    let statement = line.trim_end().strip_suffix(';')?;
    let (before, name) = statement.rsplit_once("mod ")?;
    let visible = before.trim();
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (plain && (visible.is_empty() || visible.starts_with("pub"))).then_some((before, name))
}

/// What the endpoint answered, as the console shows it: errors of the compiler with their places.
#[must_use]
pub fn entries(stdout: &str, stderr: &str, entry: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |level, text: &str, trace| {
        let part = Value { text: text.to_owned(), ..Value::default() };
        entries.push(Entry { level, depth: 0, parts: vec![part], trace });
    };
    for message in messages(stderr) {
        let level = match message {
            message if message.starts_with("error") || message.contains("panicked at") => {
                Level::Error
            }
            message if message.starts_with("warning") => Level::Warn,
            _ => Level::Note,
        };
        add(level, message, place_in(message, entry).into_iter().collect());
    }
    if !stdout.is_empty() {
        add(Level::Text, stdout, vec![]);
    }
    entries
}

/// The compiler's messages: each begins at the margin with `error`, `warning` or a panic.
fn messages(stderr: &str) -> Vec<&str> {
    let begins =
        |line: &str| ["error", "warning", "thread '"].iter().any(|word| line.starts_with(word));
    let mut found = Vec::new();
    let mut from = 0;
    let mut at = 0;
    for line in stderr.split_inclusive('\n') {
        if begins(line) && at > from {
            found.push(stderr[from..at].trim_end());
            from = at;
        }
        at += line.len();
    }
    found.push(stderr[from..].trim_end());
    found.retain(|message| !message.trim().is_empty());
    found
}

/// The first `src/main.rs:3:5` of a message, as a place in the entry file.
fn place_in(message: &str, entry: &str) -> Option<Place> {
    let after = ["src/main.rs:", "src/lib.rs:"]
        .iter()
        .find_map(|file| message.split_once(file).map(|(_, after)| after))?;
    let mut numbers = after.split(|c: char| !c.is_ascii_digit()).map(str::parse::<u32>);
    let line = numbers.next()?.ok()?;
    let column = numbers.next().and_then(Result::ok).unwrap_or(0);
    Some(Place { path: entry.to_owned(), line, column, function: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.into(), text: text.into() }
    }

    #[test]
    fn modules_are_put_in_place_and_lines_of_the_entry_before_them_stay() {
        let files = [
            file("src/main.rs", "// one\npub mod shape;\nfn main() {}\n"),
            file("src/shape.rs", "mod inner;"),
            file("src/shape/inner.rs", "pub fn f() {}"),
        ];
        let RustRequest { code, crate_type, tests } = request(&files, "src/main.rs");
        assert_eq!(code, "// one\npub mod shape { mod inner { pub fn f() {} }\n }\nfn main() {}\n");
        assert_eq!((crate_type, tests), ("bin", false));
    }

    #[test]
    fn a_library_with_tests_runs_them() {
        for (text, expected) in [
            ("pub fn f() {}", ("lib", false)),
            ("#[test] fn t() {}", ("lib", true)),
            ("fn main() {} #[test] fn t() {}", ("bin", false)),
            ("mod missing;\nfn main() {}", ("bin", false)),
        ] {
            let RustRequest { crate_type, tests, .. } = request(&[file("a.rs", text)], "a.rs");
            assert_eq!((crate_type, tests), expected, "{text}");
        }
    }

    #[test]
    fn a_module_that_names_itself_ends() {
        let files = [file("a.rs", "mod b;"), file("b.rs", "mod b;"), file("b/b.rs", "mod b;")];
        assert!(request(&files, "a.rs").code.len() < 1_000);
    }

    #[test]
    fn messages_have_their_places() {
        let stderr = "   Compiling playground\nwarning: unused\n --> src/main.rs:2:9\n\nerror[E0308]: mismatched types\n --> src/main.rs:4:5\n  |\nthread 'main' panicked at src/main.rs:7:1:\nno\n";
        let shown: Vec<_> = entries("out\n", stderr, "a.rs")
            .into_iter()
            .map(|entry| (entry.level, entry.trace.first().map(|place| (place.line, place.column))))
            .collect();
        assert_eq!(
            shown,
            [
                (Level::Note, None),
                (Level::Warn, Some((2, 9))),
                (Level::Error, Some((4, 5))),
                (Level::Error, Some((7, 1))),
                (Level::Text, None),
            ]
        );
    }
}
