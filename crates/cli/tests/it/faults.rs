//! Faults of servers and networks, one after the other: each ends soon, with a sentence, with the text
//! that had come and no other, and is not tried again.

use crate::scripted::{Act, DONE, STOP, Server, chunk, head, last_chunk, piece, stream_head};
use crate::{report, sockets};
use std::process::Command;
use std::time::Instant;

struct Fault {
    name: String,
    protocol: &'static str,
    acts: Vec<Act>,
    /// What had come whole before the fault.
    text: String,
    /// How the sentence about it begins; empty where there is no fault to speak of.
    says: &'static str,
}

const WORDS: [&str; 12] = [
    "One ",
    "fine ",
    "day ",
    "a ",
    "r\u{e9}sum\u{e9} ",
    "came ",
    "\u{1f980} ",
    "by ",
    "rail ",
    "to ",
    "\u{4e2d}\u{6587} ",
    "town",
];
const NETWORK: &str = "The connection failed or broke off";
const PROTOCOL: &str = "What came back is not the answer";

fn fault(name: &str, acts: Vec<Act>, text: &str, says: &'static str) -> Fault {
    Fault { name: name.into(), protocol: "chat", acts, text: text.trim_end().into(), says }
}

/// A stream of the first `count` words, and what comes after.
fn after(count: usize, rest: &[Act]) -> (Vec<Act>, String) {
    let mut acts = vec![stream_head()];
    acts.extend(WORDS[..count].iter().map(|word| chunk(piece(word).as_bytes())));
    acts.extend(rest.iter().cloned());
    (acts, WORDS[..count].concat())
}

fn responses_piece(word: &str) -> String {
    let event = serde_json::json!({"type": "response.output_text.delta", "delta": word});
    format!("event: response.output_text.delta\ndata: {event}\n\n")
}

fn faults() -> Vec<Fault> {
    let mut faults = statuses();
    faults.push(fault("dropped before a byte", vec![], "", NETWORK));
    faults.push(fault("dropped after the head", vec![stream_head()], "", NETWORK));
    faults.push(fault(
        "dropped in the head",
        vec![Act::Send(b"HTTP/1.1 200 OK\r\nconte".to_vec())],
        "",
        NETWORK,
    ));
    for count in 0..=WORDS.len() {
        let mut add = |name: &str, rest: &[Act], says| {
            let (acts, text) = after(count, rest);
            faults.push(fault(&format!("{name}, after {count}"), acts, &text, says));
        };
        add("dropped", &[], NETWORK);
        add("dropped in an event", &[chunk(&piece("never").as_bytes()[..30])], NETWORK);
        add("ended without a word", &[last_chunk()], NETWORK);
        add("no [DONE]", &[chunk(STOP.as_bytes()), last_chunk()], "");
        add("dropped after the end", &[chunk(STOP.as_bytes())], "");
        add(
            "an error in the stream",
            &[
                chunk(b"data: {\"error\":{\"message\":\"busy\",\"type\":\"server_error\"}}\n\n"),
                last_chunk(),
            ],
            "The server is overloaded",
        );
        add("an event that is no JSON", &[chunk(b"data: <oops>\n\n")], PROTOCOL);
        add(
            "more after the end",
            &[chunk([DONE, &piece("never")].concat().as_bytes()), last_chunk()],
            "",
        );
    }
    faults.extend(splits());
    faults.extend(of_responses());
    for count in 0..4 {
        let (acts, text) = after(count, &[Act::Hang]);
        faults.push(fault(
            &format!("silent after {count}"),
            acts,
            &text,
            "The server has said nothing",
        ));
    }
    faults.extend(floods());
    faults
}

/// Refusals in every shape that servers give them.
fn statuses() -> Vec<Fault> {
    let mut faults = Vec::new();
    for (status, says) in [
        (400, "The server refuses the request"),
        (401, "The server does not accept the key"),
        (403, "The server does not accept the key"),
        (404, "The server knows no such address or model"),
        (426, "The server refuses the request"),
        (429, "The server has had too many requests"),
        (500, "The server is overloaded"),
        (503, "The server is overloaded"),
    ] {
        for (kind, body) in [
            ("application/json", r#"{"error":{"message":"no"}}"#),
            ("application/json", r#"{"error":"no"}"#),
            ("application/json", "{"),
            ("text/html", "<html><body>no</body></html>"),
            ("text/plain", ""),
        ] {
            let acts = vec![head(status, kind, ""), Act::Send(body.as_bytes().to_vec())];
            faults.push(fault(&format!("{status} {body}"), acts, "", says));
        }
    }
    for (header, body, says) in [
        ("retry-after: 7\r\n", "{}", "The server has had too many requests. Try again in 7 s"),
        (
            "retry-after-ms: 1200\r\n",
            "{}",
            "The server has had too many requests. Try again in 2 s",
        ),
        (
            "",
            r#"{"error":{"message":"Please try again in 11.05s.","code":"rate_limit_exceeded"}}"#,
            "The server has had too many requests. Try again in 12 s",
        ),
        (
            "",
            r#"{"error":{"message":"x","code":"insufficient_quota"}}"#,
            "The account behind this key",
        ),
    ] {
        let acts = vec![head(429, "application/json", header), Act::Send(body.as_bytes().to_vec())];
        faults.push(fault(&format!("429 {header}{body}"), acts, "", says));
    }
    faults
}

/// No fault at all: a stream whose reads end in the middle of characters, lines and events.
fn splits() -> Vec<Fault> {
    let events = WORDS.iter().map(|word| piece(word)).collect::<String>();
    let whole = format!("{events}{STOP}{DONE}");
    let split = |every: usize| {
        let mut acts = vec![stream_head()];
        acts.extend(whole.as_bytes().chunks(every).map(chunk));
        acts.push(last_chunk());
        fault(&format!("cut every {every}"), acts, &WORDS.concat(), "")
    };
    [1, 2, 3, 5, 7, 11, 13, 64].map(split).into()
}

fn of_responses() -> Vec<Fault> {
    let mut faults = Vec::new();
    for count in 0..6 {
        for (name, rest, says) in [
            ("completed", "data: {\"type\":\"response.completed\",\"response\":{}}\n\n", ""),
            (
                "failed",
                "data: {\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\",\"message\":\"x\"}}}\n\n",
                "The server is overloaded",
            ),
            (
                "incomplete",
                "data: {\"type\":\"response.incomplete\",\"response\":{\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}}\n\n",
                "The model may write no more",
            ),
            (
                "an error",
                "event: error\ndata: {\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"x\"}\n\n",
                "The server has had too many",
            ),
            ("nothing", "", NETWORK),
        ] {
            let mut acts = vec![stream_head()];
            acts.extend(WORDS[..count].iter().map(|word| chunk(responses_piece(word).as_bytes())));
            acts.extend((!rest.is_empty()).then(|| chunk(rest.as_bytes())));
            acts.push(last_chunk());
            let text = WORDS[..count].concat();
            let fault = fault(&format!("{name} after {count}"), acts, &text, says);
            faults.push(Fault { protocol: "responses", ..fault });
        }
    }
    faults
}

/// Answers that are no answers, some without an end.
fn floods() -> Vec<Fault> {
    let forever =
        |kind: &str, bytes: &[u8]| vec![head(200, kind, ""), Act::Forever(bytes.to_vec())];
    vec![
        fault(
            "a web page",
            vec![head(200, "text/html", ""), Act::Send(b"<html>".to_vec())],
            "",
            PROTOCOL,
        ),
        fault("an endless web page", forever("text/html", b"<p>"), "", PROTOCOL),
        fault("bytes", forever("application/octet-stream", &[0xff; 4_000]), "", PROTOCOL),
        fault(
            "bytes that claim to be events",
            forever("text/event-stream", &[0xff; 4_000]),
            "",
            PROTOCOL,
        ),
        fault("a line without an end", forever("text/event-stream", &[b'x'; 4_000]), "", PROTOCOL),
        fault("JSON without an end", forever("application/json", &[b'['; 40_000]), "", PROTOCOL),
        fault(
            "an error without an end",
            vec![head(500, "text/plain", ""), Act::Forever(vec![b'x'; 4_000])],
            "",
            "The server is overloaded",
        ),
        fault(
            "an answer at once",
            vec![
                head(200, "application/json", ""),
                Act::Send(
                    br#"{"choices":[{"message":{"content":"All."},"finish_reason":"stop"}]}"#
                        .to_vec(),
                ),
            ],
            "All.",
            "",
        ),
    ]
}

#[test]
fn every_fault_ends_soon_in_words_and_loses_nothing() {
    let server = Server::start();
    let sockets::Found { cases, mut unreadable, mut duplicated, mut lost } = sockets::all();
    let mut times = Vec::new();
    let faults: Vec<_> = (0..report::scale()).flat_map(|_| faults()).collect();
    for fault in &faults {
        let url = server.script(fault.acts.clone());
        server.take_log();
        let output = Command::new(env!("CARGO_BIN_EXE_flint"))
            .args(["ask", "?", "--model", "m", "--silence", "0.3", "--protocol", fault.protocol])
            .args(["--server", &url])
            .output()
            .expect("it runs");
        let ended = Instant::now();
        let log = server.take_log();
        assert_eq!(log.requests.len(), 1, "{}: sent once", fault.name);
        if let Some(done) = log.done.filter(|_| !fault.says.is_empty()) {
            times.push(ended.duration_since(done).as_secs_f64() * 1_000.0);
        }
        let printed = String::from_utf8_lossy(&output.stdout).trim_end().to_owned();
        let same = printed.chars().zip(fault.text.chars()).take_while(|(a, b)| a == b).count();
        duplicated += printed.chars().count() - same;
        lost += fault.text.chars().count() - same;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let fine = output.status.success() == fault.says.is_empty();
        if !fine || !said.contains(fault.says) || said.contains("panicked") {
            unreadable.push(format!("{}: {said}", fault.name));
        }
    }
    times.sort_by(f64::total_cmp);
    let p95 = times[times.len() * 95 / 100];
    report::write(
        "faults",
        &format!(
            r#"{{"cases":{},"unreadable":{},"duplicated_chars":{duplicated},"lost_chars":{lost},"terminal_p95_ms":{p95:.0}}}"#,
            faults.len() + cases,
            unreadable.len()
        ),
    );
    assert!(faults.len() >= 200, "{} faults", faults.len());
    assert_eq!(unreadable, [""; 0]);
    assert_eq!((duplicated, lost), (0, 0));
}
