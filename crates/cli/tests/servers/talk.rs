//! What is said to a real server, and what its answers amount to.

use flint_protocol::{ChatMessage as Message, Role};
use flint_remote::{Ask, Event, Head, Protocol, Request, Stream};
use std::io::Read;
use ureq::Agent;

pub(crate) fn messages(text: &str) -> Ask {
    Ask::Messages(vec![Message { role: Role::User, content: text.into() }])
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).build().into()
}

pub(crate) fn send(request: &Request, key: &str) -> ureq::http::Response<ureq::Body> {
    let post = agent().post(&request.url);
    let post =
        request.headers(key).into_iter().fold(post, |post, (name, value)| post.header(name, value));
    post.send(&request.body).expect("an answer")
}

/// All events of an answer, its bytes cut into pieces of this size.
pub(crate) fn events(protocol: Protocol, request: &Request, key: &str, size: usize) -> Vec<Event> {
    let response = send(request, key);
    let mut stream = Stream::new(protocol);
    let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
    let head = Head { status: response.status().as_u16(), content_type: kind, ..Head::default() };
    let mut events = stream.head(&head);
    let mut body = Vec::new();
    response.into_body().into_reader().read_to_end(&mut body).expect("a whole body");
    for piece in body.chunks(size) {
        events.extend(stream.bytes(piece));
    }
    events.extend(stream.end());
    events
}

fn text(events: &[Event]) -> String {
    let text = |event: &Event| match event {
        Event::Text(text) => Some(text.clone()),
        _ => None,
    };
    events.iter().filter_map(text).collect()
}

/// An answer has some text and one end, a good one.
pub(crate) fn check_answer(protocol: Protocol, events: &[Event]) {
    let ends = |event: &&Event| matches!(event, Event::Done(_) | Event::Failed(_));
    assert_eq!(events.iter().filter(ends).count(), 1, "{protocol:?}: {events:?}");
    assert!(matches!(events.last(), Some(Event::Done(_))), "{protocol:?}: {events:?}");
    assert!(!text(events).trim().is_empty(), "{protocol:?}: {events:?}");
}
