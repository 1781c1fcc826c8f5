//! What servers send, recorded in short, and what it means.

use flint_remote::{Event, Finish, Head, Kind, Protocol, Stream, Usage};

const CHAT: &str = ": ping\n\ndata: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}],\"usage\":null}\n\ndata: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"h\u{e9}\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"llo\"},\"finish_reason\":null}]}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n";
const RESPONSES: &str = "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"error\":null}}\n\nevent: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"hi\"}\n\ndata: {\"type\":\"response.unknown\"}\n\ndata: {\"type\":\"response.completed\",\"response\":{\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}\n\n";

/// Text, and how it ended.
pub(crate) fn read(
    protocol: Protocol,
    status: u16,
    content_type: &str,
    pieces: &[&[u8]],
) -> (String, Event) {
    let mut stream = Stream::new(protocol);
    let head = Head { status, content_type: Some(content_type), ..Head::default() };
    let mut events = stream.head(&head);
    for piece in pieces {
        events.extend(stream.bytes(piece));
    }
    events.extend(stream.end());
    assert!(stream.is_over() && stream.end().is_empty() && stream.bytes(b"data: x\n\n").is_empty());
    let ends = events.iter().filter(|event| matches!(event, Event::Done(_) | Event::Failed(_)));
    assert_eq!(ends.count(), 1, "{events:?}");
    let text = events.iter().filter_map(|event| match event {
        Event::Text(text) => Some(text.as_str()),
        _ => None,
    });
    (text.collect(), events.last().expect("an end").clone())
}

fn events(protocol: Protocol, text: &str) -> (String, Event) {
    read(protocol, 200, "text/event-stream", &[text.as_bytes()])
}

fn kind(event: Event) -> &'static str {
    match event {
        Event::Done(_) => "done",
        Event::Failed(error) => error.kind.code(),
        other => panic!("{other:?} ends nothing"),
    }
}

#[test]
fn answers_are_read() {
    let infill = "data: {\"content\":\"a\",\"stop\":false}\n\ndata: {\"content\":\"\",\"stop\":true,\"stop_type\":\"limit\"}\n\n";
    let completion = "data: {\"choices\":[{\"text\":\"ab\",\"finish_reason\":null}]}\n\ndata: {\"choices\":[{\"text\":\"\",\"finish_reason\":\"length\"}]}\n\ndata: [DONE]\n\n";
    for (protocol, text, expected, finish) in [
        (Protocol::Chat, CHAT, "h\u{e9}llo", Finish::Stop),
        (Protocol::Responses, RESPONSES, "hi", Finish::Stop),
        (Protocol::Completions, completion, "ab", Finish::Length),
        (Protocol::Infill, infill, "a", Finish::Length),
    ] {
        assert_eq!(events(protocol, text), (expected.to_owned(), Event::Done(finish)));
    }
}

#[test]
fn usage_and_thoughts_are_no_text() {
    let mut stream = Stream::new(Protocol::Chat);
    stream.head(&Head { status: 200, ..Head::default() });
    let events = stream.bytes(CHAT.as_bytes());
    assert!(events.contains(&Event::Reasoning("hm".into())));
    assert!(events.contains(&Event::Usage(Usage { input_tokens: 3, output_tokens: 2 })));
}

#[test]
fn an_answer_cut_anywhere_is_the_same() {
    for (protocol, text) in [(Protocol::Chat, CHAT), (Protocol::Responses, RESPONSES)] {
        let whole = events(protocol, text);
        for at in 0..text.len() {
            let (a, b) = text.as_bytes().split_at(at);
            assert_eq!(read(protocol, 200, "text/event-stream", &[a, b]), whole, "cut at {at}");
        }
    }
}

#[test]
fn what_breaks_off_says_so_and_keeps_what_came() {
    let text = CHAT.as_bytes();
    for end in 0..text.len() {
        let (said, ended) = read(Protocol::Chat, 200, "text/event-stream", &[&text[..end]]);
        assert!("h\u{e9}llo".starts_with(&said));
        let complete = said == "h\u{e9}llo" && kind(ended.clone()) == "done";
        assert!(complete || kind(ended) == "network", "cut at {end}");
    }
}

#[test]
fn what_is_no_answer_is_told_apart() {
    let long = format!("data: {}", "x".repeat(3 << 20));
    for (status, content_type, body, expected) in [
        (200, "text/html; charset=utf-8", "<html>", "protocol"),
        (200, "application/octet-stream", "\0\u{1}", "protocol"),
        (200, "application/json", "{}", "protocol"),
        (200, "application/json", "[", "protocol"),
        (200, "application/json", r#"{"error":{"message":"no","code":"invalid_api_key"}}"#, "auth"),
        (200, "text/event-stream", "<html></html>", "network"),
        (200, "text/event-stream", "data: <html>\n\n", "protocol"),
        (200, "text/event-stream", &long, "protocol"),
        (200, "text/event-stream", "", "network"),
        (200, "text/event-stream", "data: {\"error\":{\"message\":\"x\"}}\n\n", "overloaded"),
        (200, "text/event-stream", "event: error\ndata: broken\n\n", "overloaded"),
        (500, "text/html", "<html>", "overloaded"),
        (401, "application/json", "", "auth"),
        (
            200,
            "application/json",
            r#"{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}]}"#,
            "done",
        ),
    ] {
        let (_, ended) = read(Protocol::Chat, status, content_type, &[body.as_bytes()]);
        assert_eq!(kind(ended), expected, "{status} {content_type} {body:.60}");
    }
}

#[test]
fn an_endless_answer_ends() {
    let mut stream = Stream::new(Protocol::Chat);
    stream.head(&Head { status: 200, ..Head::default() });
    let event = format!(
        "data: {{\"choices\":[{{\"delta\":{{\"content\":\"{}\"}}}}]}}\n\n",
        "x".repeat(1 << 16)
    );
    let ended = (0..1_000).any(|_| {
        let events = stream.bytes(event.as_bytes());
        events
            .iter()
            .any(|event| matches!(event, Event::Failed(error) if error.kind == Kind::Protocol))
    });
    assert!(ended && stream.is_over());
}

#[test]
fn what_the_caller_ends_is_over() {
    let mut stream = Stream::new(Protocol::Chat);
    assert_eq!(stream.fail(Kind::Cancelled.into()), [Event::Failed(Kind::Cancelled.into())]);
    assert!(stream.fail(Kind::Network.into()).is_empty());
    let mut stream = Stream::new(Protocol::Chat);
    stream.head(&Head { status: 200, ..Head::default() });
    stream.bytes(&CHAT.as_bytes()[..CHAT.len() - 30]);
    assert_eq!(stream.fail(Kind::Network.into()), [Event::Done(Finish::Stop)]);
}
