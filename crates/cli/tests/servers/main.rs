//! llama.cpp's own server with the bundled model: every protocol, its errors, and that a request that is
//! dropped is over there too. `FLINT_LLAMA_SERVER` is the program, `FLINT_GGUF` the model.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod llama;
mod talk;

#[path = "../../../assist/tests/it/report.rs"]
mod report;

use flint_remote::{Address, Ask, Event, Kind, Manner, Protocol};
use llama::{KEY, Llama};
use std::io::Read;
use std::process::Command;
use std::time::{Duration, Instant};
use talk::{check_answer, events, messages, send};

const ABORTS: usize = 20;

fn middle() -> Ask {
    Ask::Middle { prefix: "def add(a, b):\n    return ".into(), suffix: "\n".into() }
}

#[test]
fn a_real_server_is_understood() {
    let llama = Llama::start();
    let address = Address::parse(&llama.url()).expect("an address");
    let manner = Manner { most_tokens: Some(12), ..Manner::default() };
    let request = |ask: &Ask, protocol| ask.request(&address, protocol, "any", manner);
    for (ask, protocol) in [
        (messages("def add(a, b):"), Protocol::Chat),
        (messages("def add(a, b):"), Protocol::Responses),
        (middle(), Protocol::Completions),
        (middle(), Protocol::Infill),
    ] {
        for size in [1, 7, 4_096] {
            let events = events(protocol, &request(&ask, protocol), KEY, size);
            check_answer(protocol, &events);
            let usage =
                |event: &Event| matches!(event, Event::Usage(usage) if usage.output_tokens > 0);
            assert!(events.iter().any(usage), "{protocol:?} says what it cost: {events:?}");
        }
    }
    errors(&address);
    the_terminal(&llama);
    let mut times = aborts(&llama, &address);
    times.sort_by(f64::total_cmp);
    let p95 = times[times.len() * 95 / 100];
    report::write(
        "servers",
        &serde_json::json!({
            "real_servers": [llama.name()], "protocols": 4, "aborts": times.len(),
            "abort_p95_ms": (p95 * 10.0).round() / 10.0,
        })
        .to_string(),
    );
}

/// Its errors are what they are.
fn errors(address: &Address) {
    let long = "word ".repeat(4_000);
    for (ask, key, expected) in
        [(messages("hello"), "sk-wrong", Kind::Auth), (messages(&long), KEY, Kind::ContextTooLong)]
    {
        let request = ask.request(address, Protocol::Chat, "any", Manner::default());
        let events = events(Protocol::Chat, &request, key, 4_096);
        let Some(Event::Failed(error)) = events.last() else { panic!("no error: {events:?}") };
        assert_eq!(error.kind, expected, "{error}");
    }
}

/// `flint ask` in each protocol that it has.
fn the_terminal(llama: &Llama) {
    for protocol in ["chat", "responses", "completions"] {
        let output = Command::new(env!("CARGO_BIN_EXE_flint"))
            .args(["ask", "def add(a, b):", "--server", &llama.url(), "--protocol", protocol])
            .env("FLINT_KEY", KEY)
            .output()
            .expect("it runs");
        // The model knows no end of an answer, so the server ends it where its context does.
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(!said.trim().is_empty(), "{protocol}: {output:?}");
    }
}

/// Milliseconds between leaving in the middle of an answer and the server's being idle.
fn aborts(llama: &Llama, address: &Address) -> Vec<f64> {
    let manner = Manner { most_tokens: Some(400), ..Manner::default() };
    let ask = messages("for number in range(10):\n    print(number)\n".repeat(3).as_str());
    let times = (0..ABORTS * report::scale()).map(|_| {
        let request = ask.request(address, Protocol::Chat, "any", manner);
        let mut body = send(&request, KEY).into_body().into_reader();
        body.read_exact(&mut [0; 400]).expect("the answer has begun");
        assert!(llama.is_busy());
        let left = Instant::now();
        drop(body);
        while llama.is_busy() {
            assert!(left.elapsed() < Duration::from_secs(10), "it goes on for nobody");
        }
        left.elapsed().as_secs_f64() * 1_000.0
    });
    times.collect()
}
