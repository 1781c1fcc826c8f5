//! `flint edit` and `flint ask` against a server that says what it is told.

use crate::scripted::{Act, DONE, STOP, Server, chunk, last_chunk, piece, stream_head};
use std::fs;
use std::process::{Command, Output};

fn answer(text: &str) -> Vec<Act> {
    let whole = format!("{}{STOP}{DONE}", piece(text));
    vec![stream_head(), chunk(whole.as_bytes()), last_chunk()]
}

fn flint(folder: &tempfile::TempDir, server: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flint"))
        .args(arguments)
        .args(["--server", server, "--model", "scripted"])
        .env("FLINT_KEY", "sk-secret")
        .current_dir(folder.path())
        .output()
        .expect("it runs")
}

#[test]
fn an_edit_is_asked_for_and_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.py");
    let server = Server::start();
    let edit = "<<<<<<< SEARCH\nx = 1\n=======\nx = 2\n>>>>>>> REPLACE\n";
    fs::write(&path, "x = 1\nk = 'sk-abcdefghijklmnop1234'\n").expect("written");
    let url = server.script(answer(&format!("a.py\n{edit}")));
    let output = flint(&folder, &url, &["edit", "two", "a.py"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(fs::read_to_string(&path).expect("text"), "x = 2\nk = 'sk-abcdefghijklmnop1234'\n");
    let sent = server.take_log().requests.join("");
    assert!(sent.contains("x = 1") && sent.contains("two") && !sent.contains("sk-"), "{sent}");
    // A file that was not named stays as it is, and with it all others.
    fs::write(folder.path().join("b.py"), "x = 1\n").expect("written");
    let url = server.script(answer(&format!("b.py\n{edit}")));
    let output = flint(&folder, &url, &["edit", "two", "a.py"]);
    assert!(!output.status.success());
    assert_eq!(fs::read_to_string(folder.path().join("b.py")).expect("text"), "x = 1\n");
}

#[test]
fn an_answer_is_printed_as_it_comes() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start();
    let url = server.script(answer("All is well."));
    let output = flint(&folder, &url, &["ask", "well?"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "All is well.\n");
    let output = flint(&folder, "http://example.com", &["ask", "well?"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("without encryption"));
}
