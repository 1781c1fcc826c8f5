//! Another server's dialect: llama-cpp-python's, with the bundled model. `FLINT_LLAMA_PYTHON` is a Python
//! that has it, `FLINT_GGUF` the model.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "../../../assist/tests/it/report.rs"]
mod report;
mod talk;

use flint_remote::{Address, Event, Kind, Manner, Protocol, Request};
use std::env;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Instant;
use talk::{check_answer, events, messages, send};

const KEY: &str = "sk-real";
const ABORTS: usize = 10;

struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts it on a free port; it listens when this returns.
    fn start() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port().to_string();
        drop(free);
        let mut process = Command::new(env::var_os("FLINT_LLAMA_PYTHON").expect("it is named"))
            .args(["-m", "llama_cpp.server", "--host", "127.0.0.1", "--port", &port])
            .args([
                "--api_key",
                KEY,
                "--n_ctx",
                "2048",
                "--n_threads",
                "1",
                "--chat_format",
                "chatml",
            ])
            // Who comes later waits: so that it is seen whether one who has left is still worked for.
            .args(["--interrupt_requests", "false", "--model"])
            .arg(env::var_os("FLINT_GGUF").expect("FLINT_GGUF names the model"))
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut said = BufReader::new(process.stderr.take().expect("it is read")).lines();
        let ready = said.by_ref().map_while(Result::ok).any(|line| line.contains("running on"));
        assert!(ready, "the server ended before it listened");
        // A server that nobody listens to stands still one day.
        std::thread::spawn(move || said.for_each(drop));
        Self { process, url: format!("http://127.0.0.1:{port}/v1") }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The same request with a word more, for the same answer every time: this server has no such option.
fn steady(request: Request) -> Request {
    let mut body: serde_json::Value = serde_json::from_str(&request.body).expect("JSON");
    body["temperature"] = 0.into();
    Request { body: body.to_string(), ..request }
}

#[test]
fn another_dialect_is_understood() {
    let server = Server::start();
    let address = Address::parse(&server.url).expect("an address");
    let some = Manner { most_tokens: Some(12), ..Manner::default() };
    let code = messages("for number in range(10):\n    print(number)\n".repeat(3).as_str());
    for (ask, protocol) in [(&code, Protocol::Chat), (&code, Protocol::Completions)] {
        let request = steady(ask.request(&address, protocol, "any", some));
        for size in [1, 7, 4_096] {
            check_answer(protocol, &events(protocol, &request, KEY, size));
        }
    }
    for (protocol, key, expected) in
        [(Protocol::Chat, "sk-wrong", Kind::Auth), (Protocol::Responses, KEY, Kind::NotFound)]
    {
        let request = messages("hello").request(&address, protocol, "any", some);
        let events = events(protocol, &request, key, 4_096);
        let Some(Event::Failed(error)) = events.last() else { panic!("no error: {events:?}") };
        assert_eq!(error.kind, expected, "{error}");
    }
    let mut times = aborts(&address);
    times.sort_by(f64::total_cmp);
    note(times[times.len() * 95 / 100]);
}

/// Milliseconds between leaving in the middle of a long answer and a short one for somebody else.
fn aborts(address: &Address) -> Vec<f64> {
    let ask = messages("for number in range(10):\n    print(number)\n".repeat(3).as_str());
    let manner = |most| Manner { most_tokens: Some(most), ..Manner::default() };
    let request = |most| steady(ask.request(address, Protocol::Chat, "any", manner(most)));
    let (long, short) = (request(1_500), request(1));
    let times = (0..ABORTS).map(|_| {
        let mut body = send(&long, KEY).into_body().into_reader();
        body.read_exact(&mut [0; 400]).expect("the answer has begun");
        drop(body);
        let left = Instant::now();
        let events = events(Protocol::Chat, &short, KEY, 4_096);
        assert!(matches!(events.last(), Some(Event::Done(_))), "{events:?}");
        left.elapsed().as_secs_f64() * 1_000.0
    });
    times.collect()
}

/// Adds it to the servers that the suite has met.
fn note(next_p95_ms: f64) {
    let Some(folder) = env::var_os("FLINT_REPORTS") else { return };
    let path = std::path::Path::new(&folder).join("servers.json");
    let text = std::fs::read_to_string(path).unwrap_or_else(|_| "{}".into());
    let mut figures: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let mut servers = figures["real_servers"].as_array().cloned().unwrap_or_default();
    servers.push("llama-cpp-python".into());
    figures["real_servers"] = servers.into();
    figures["dialect_next_p95_ms"] = ((next_p95_ms * 10.0).round() / 10.0).into();
    report::write("servers", &figures.to_string());
}
