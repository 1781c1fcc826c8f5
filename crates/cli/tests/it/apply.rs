//! `flint apply`: what it prints, what it leaves behind and how it ends.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

const FILES: [(&str, &str); 3] = [
    ("a.py", "x = 1\ny = 2\nx = 1\n"),
    ("src/b.js", "let a = 1;\r\nlet b = 2;\r\n"),
    (".config/c.txt", "c\n"),
];

/// Applies a patch to the files; gives whether it ended well, its answer, and the folder afterwards.
fn apply(patch: &str) -> (bool, Value, Vec<(String, String)>) {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in FILES {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text).expect("written");
    }
    let outside = tempfile::NamedTempFile::new().expect("a file");
    fs::write(outside.path(), patch).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_flint"))
        .args(["apply", &outside.path().to_string_lossy(), "--json", "--dir"])
        .arg(folder.path())
        .output()
        .expect("it runs");
    let printed = serde_json::from_slice(&output.stdout).expect("JSON");
    (output.status.success(), printed, shown(folder.path(), folder.path()))
}

fn shown(root: &Path, folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            files.extend(shown(root, &path));
        } else {
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(path).expect("text")));
        }
    }
    files.sort();
    files
}

fn untouched() -> Vec<(String, String)> {
    let mut files: Vec<_> = FILES.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
    files.sort();
    files
}

#[test]
fn a_patch_for_several_files_is_applied() {
    let (ok, printed, files) = apply(
        "*** Begin Patch\n*** Update File: a.py\n-y = 2\n+y = 3\n*** Update File: src/b.js\n*** Move to: src/c.js\n let a = 1;\n-let b = 2;\n+let b = 3;\n*** Add File: new/d.txt\n+d\n*** Delete File: .config/c.txt\n*** End Patch\n",
    );
    assert!(ok, "{printed}");
    let what: Vec<_> = printed["applied"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["path"].as_str().expect("text"), one["what"].as_str().expect("text")))
        .collect();
    let expected = [
        ("new/d.txt", "created"),
        (".config/c.txt", "deleted"),
        ("a.py", "changed"),
        ("src/b.js", "moved"),
    ];
    assert_eq!(what, expected);
    assert_eq!(printed["refused"], json!([]));
    let expected = [
        ("a.py", "x = 1\ny = 3\nx = 1\n"),
        ("new/d.txt", "d\n"),
        ("src/c.js", "let a = 1;\r\nlet b = 3;\r\n"),
    ];
    assert_eq!(files, expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
}

#[test]
fn one_refusal_leaves_every_file_as_it_is() {
    let good = "a.py\n<<<<<<< SEARCH\ny = 2\n=======\ny = 3\n>>>>>>> REPLACE\n";
    let ambiguous = "a.py\n<<<<<<< SEARCH\nx = 1\n=======\nx = 3\n>>>>>>> REPLACE\n";
    let (ok, printed, files) = apply(&format!("{good}{ambiguous}"));
    assert!(!ok);
    assert_eq!(files, untouched());
    assert_eq!(printed["applied"], json!([]));
    let refused = &printed["refused"][0];
    assert_eq!((&refused["path"], &refused["code"]), (&json!("a.py"), &json!("ambiguous")));
    let lines: Vec<_> = refused["candidates"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|place| (place["line"].as_u64(), place["text"].as_str()))
        .collect();
    assert_eq!(lines, [(Some(1), Some("x = 1")), (Some(3), Some("x = 1"))]);
    for bad in ["good words", "*** Begin Patch\n*** Add File: /tmp/x\n+x\n*** End Patch\n"] {
        let (ok, printed, files) = apply(bad);
        assert!(!ok && printed["refused"][0]["reason"].is_string());
        assert_eq!(files, untouched());
    }
}
