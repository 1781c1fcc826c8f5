//! Faults of a WebSocket, frame by frame, without one: what the client makes of each. The page's own
//! driver meets a few of them in its stories.

use flint_remote::{Event, Protocol, Stream, close_error};

/// What came of all cases.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) cases: usize,
    pub(crate) unreadable: Vec<String>,
    pub(crate) duplicated: usize,
    pub(crate) lost: usize,
}

enum End {
    Frame(&'static str),
    Close(u16, &'static str),
}

const WORDS: [&str; 5] = ["One ", "fine ", "r\u{e9}sum\u{e9} ", "\u{1f980} ", "day"];

/// How it ends, and how the sentence about it begins; empty where there is nothing to speak of.
const ENDS: [(End, &str); 13] = [
    (End::Close(1006, ""), "The connection failed or broke off"),
    (End::Close(1000, ""), "The connection failed or broke off"),
    (End::Close(1001, "going away"), "The connection failed or broke off"),
    (End::Close(1002, ""), "What came back is not the answer"),
    (End::Close(1008, "policy"), "The server refuses the request"),
    (End::Close(1009, "too big"), "The text is longer than this model reads"),
    (End::Close(1011, ""), "The server is overloaded"),
    (End::Close(1013, ""), "The server is overloaded"),
    (End::Frame("<html>"), "What came back is not the answer"),
    (
        End::Frame(r#"{"type":"response.failed","response":{"error":{"code":"server_error"}}}"#),
        "The server is overloaded",
    ),
    (
        End::Frame(
            r#"{"type":"error","status":429,"error":{"code":"rate_limit_exceeded","message":"try again in 7s"}}"#,
        ),
        "The server has had too many requests. Try again in 7 s",
    ),
    (
        End::Frame(
            r#"{"type":"error","status":400,"error":{"code":"websocket_connection_limit_reached"}}"#,
        ),
        "The server refuses the request",
    ),
    (End::Frame(r#"{"type":"response.completed","response":{}}"#), ""),
];

fn piece(word: &str) -> String {
    serde_json::json!({"type": "response.output_text.delta", "delta": word}).to_string()
}

pub(crate) fn all() -> Found {
    let mut found = Found::default();
    for (end, says) in &ENDS {
        for count in 0..=WORDS.len() {
            found.cases += 1;
            one(&mut found, end, says, count);
        }
    }
    found
}

/// The first `count` words, then the end, then a word that comes too late.
fn one(found: &mut Found, end: &End, says: &str, count: usize) {
    let mut stream = Stream::new(Protocol::Responses);
    let mut events: Vec<_> =
        WORDS[..count].iter().flat_map(|word| stream.frame(&piece(word))).collect();
    events.extend(match end {
        End::Frame(frame) => stream.frame(frame),
        End::Close(code, reason) => stream.fail(close_error(*code, reason)),
    });
    events.extend(stream.frame(&piece("late")));
    events.extend(stream.fail(close_error(1006, "")));
    let text = |event: &Event| match event {
        Event::Text(text) => Some(text.clone()),
        _ => None,
    };
    let said: String = events.iter().filter_map(text).collect();
    let wanted = WORDS[..count].concat();
    let same = said.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count();
    found.duplicated += said.chars().count() - same;
    found.lost += wanted.chars().count() - same;
    let ends = |event: &&Event| matches!(event, Event::Done(_) | Event::Failed(_));
    let told = match events.last() {
        Some(Event::Failed(error)) if !says.is_empty() => error.to_string().starts_with(says),
        Some(Event::Done(_)) => says.is_empty(),
        _ => false,
    };
    if !told || events.iter().filter(ends).count() != 1 {
        found.unreadable.push(format!("{says}, after {count}: {events:?}"));
    }
}
