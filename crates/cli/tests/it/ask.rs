//! `flint edit` and `flint ask` against a server that says what it is told.

use crate::scripted::{Act, DONE, STOP, Server, chunk, head, last_chunk, piece, stream_head};
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

/// A file with a server for each tier, and its name.
fn tiers(folder: &tempfile::TempDir, quick: &str, heavy: &str, economical: &str) -> String {
    let path = folder.path().join("servers.json");
    let post = |server: &str, model: &str| serde_json::json!({"server": server, "model": model, "effort": "high", "key_from": "MY_KEY"});
    let posts = serde_json::json!({
        "quick": post(quick, "fast"), "heavy": post(heavy, "deep"), "economical": post(economical, "cheap"),
    });
    fs::write(&path, posts.to_string()).expect("written");
    path.to_string_lossy().into_owned()
}

#[test]
fn each_task_goes_to_its_tier() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start();
    let [quick, heavy, economical] =
        ["quick", "heavy", "economical"].map(|name| server.script(answer(name)));
    let servers = tiers(&folder, &quick, &heavy, &economical);
    fs::write(folder.path().join("a.py"), "x = 1\n").expect("written");
    fs::write(folder.path().join("b.py"), "x = 1\n").expect("written");
    for (arguments, said, reason, model) in [
        (&["ask", "why?"][..], "quick\n", "Quick for a question", "fast"),
        (&["review", "a.py"], "economical\n", "Economical for a review", "cheap"),
        (
            &["edit", "two", "a.py", "b.py", "--dry-run"],
            "heavy\n",
            "Heavy for a change across files",
            "deep",
        ),
        (&["ask", "why?", "--tier", "heavy"], "heavy\n", "Heavy, as you chose", "deep"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_flint"))
            .args(arguments)
            .env("FLINT_SERVERS", &servers)
            .env("MY_KEY", "sk-mine")
            .current_dir(folder.path())
            .output()
            .expect("it runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout), said, "{output:?}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(reason) && !told.contains("sk-"), "{told}");
        let sent = server.take_log().requests.join("");
        assert!(sent.contains(model) && sent.contains(r#""reasoning_effort":"high""#), "{sent}");
    }
}

#[test]
fn a_tier_that_has_nothing_left_is_passed_over_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start();
    let spent = br#"{"error":{"message":"no credit","code":"insufficient_quota"}}"#;
    let spent = server.script(vec![head(429, "application/json", ""), Act::Send(spent.to_vec())]);
    let deep = server.script(answer("deep"));
    let run = |variables: &[(&str, &str)]| {
        Command::new(env!("CARGO_BIN_EXE_flint"))
            .args(["ask", "why?"])
            .env("FLINT_MODEL", "fast")
            .env("XDG_CONFIG_HOME", folder.path())
            .envs(variables.iter().copied())
            .output()
            .expect("it runs")
    };
    let output = run(&[
        ("FLINT_SERVER", &spent),
        ("FLINT_HEAVY_SERVER", &deep),
        ("FLINT_HEAVY_MODEL", "deep"),
    ]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "deep\n", "{told}");
    assert!(told.contains("Heavy, as Quick has used up its quota"), "{told}");
    // Where nobody else is there, it is asked once, and that is that.
    server.take_log();
    let output = run(&[("FLINT_SERVER", &spent)]);
    assert!(!output.status.success());
    assert_eq!(server.take_log().requests.len(), 1);
}

#[test]
fn a_small_model_writes_the_lines_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.py");
    let server = Server::start();
    for (said, expected) in [
        ("```python\nx = 2\nprint(x)\n```\n", "x = 2\nprint(x)\n"),
        ("```python\nx = 2\n# ... rest of the code ...\n```\n", "x = 1\nprint(x)\n"),
    ] {
        fs::write(&path, "x = 1\nprint(x)\n").expect("written");
        let url = server.script(answer(said));
        let output = Command::new(env!("CARGO_BIN_EXE_flint"))
            .args(["edit", "two", "a.py", "--server", &url, "--model", "tiny-3b"])
            .current_dir(folder.path())
            .output()
            .expect("it runs");
        assert_eq!(output.status.success(), expected.contains('2'), "{output:?}");
        assert_eq!(fs::read_to_string(&path).expect("text"), expected);
        let sent = server.take_log().requests.join("");
        assert!(sent.contains("It is about all of a.py") && !sent.contains("SEARCH"), "{sent}");
    }
}

#[test]
fn a_file_that_was_not_taught_to_talk_is_not_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let nano = concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/models/flint-nano/model.gguf");
    for (file, said) in [(nano, "has no chat template"), ("missing.gguf", "cannot read")] {
        let output = Command::new(env!("CARGO_BIN_EXE_flint"))
            .args(["ask", "why?", "--gguf", file])
            .current_dir(folder.path())
            .output()
            .expect("it runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && error.contains(said), "{error}");
    }
}
