//! One request's answer from its first byte to its end.

use crate::answer;
use crate::error::{Kind, RemoteError, delay};
use crate::request::Protocol;
use crate::sse::{Sse, SseEvent};
use serde_json::Value;

/// What happens while an answer comes. [`Event::Done`] or [`Event::Failed`] comes exactly once, last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Text(String),
    /// What a model thinks before it speaks; never part of the answer.
    Reasoning(String),
    Usage(Usage),
    /// The model has said why it stops; the server may go on to say what it cost.
    Finishing(Finish),
    Done(Finish),
    Failed(RemoteError),
}

/// Why a model stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    Stop,
    /// It had no more tokens: the answer is cut off.
    Length,
    Filtered,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    pub input_tokens: u64,
    pub output_tokens: u64,
}

/// The beginning of an answer.
#[derive(Clone, Debug, Default)]
pub struct Head<'a> {
    pub status: u16,
    pub content_type: Option<&'a str>,
    pub retry_after: Option<&'a str>,
    pub retry_after_ms: Option<&'a str>,
    /// Milliseconds since 1970, for a delay that is given as a date.
    pub now_ms: f64,
}

/// Bytes that are kept of an answer that is no stream, and of one that is an error.
const MOST_WHOLE: usize = 8 << 20;
const MOST_ERROR: usize = 64 << 10;
/// Bytes of text that an answer may have.
const MOST_TEXT: usize = 8 << 20;

/// Reads one answer.
#[derive(Debug)]
pub struct Stream {
    protocol: Protocol,
    reading: Reading,
    text_bytes: usize,
    finish: Option<Finish>,
}

#[derive(Debug)]
enum Reading {
    Head,
    Events(Sse),
    /// JSON that comes at once, from a server that does not stream.
    Whole(Vec<u8>),
    Error {
        status: u16,
        after_ms: Option<u64>,
        body: Vec<u8>,
    },
    Over,
}

impl Stream {
    #[must_use]
    pub fn new(protocol: Protocol) -> Self {
        Self { protocol, reading: Reading::Head, text_bytes: 0, finish: None }
    }

    /// Whether the last event has been given.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.reading, Reading::Over)
    }

    /// The answer begins.
    pub fn head(&mut self, head: &Head<'_>) -> Vec<Event> {
        if !matches!(self.reading, Reading::Head) {
            return Vec::new();
        }
        let Head { status, content_type, .. } = *head;
        let kind = content_type.unwrap_or_default().to_ascii_lowercase();
        if !(200..300).contains(&status) {
            let after_ms = delay(head.retry_after_ms, head.retry_after, head.now_ms);
            self.reading = Reading::Error { status, after_ms, body: Vec::new() };
        } else if kind.starts_with("text/html") {
            return self.fail(RemoteError::protocol("it sent a web page"));
        } else if kind.starts_with("application/json") {
            self.reading = Reading::Whole(Vec::new());
        } else if ["image/", "audio/", "video/", "application/octet-stream", "application/pdf"]
            .iter()
            .any(|binary| kind.starts_with(binary))
        {
            return self.fail(RemoteError::protocol(&format!("it sent {kind}")));
        } else {
            self.reading = Reading::Events(Sse::default());
        }
        Vec::new()
    }

    /// More of the answer, cut anywhere.
    pub fn bytes(&mut self, bytes: &[u8]) -> Vec<Event> {
        match &mut self.reading {
            Reading::Head | Reading::Over => Vec::new(),
            Reading::Error { body, .. } => {
                let room = MOST_ERROR - body.len().min(MOST_ERROR);
                body.extend_from_slice(&bytes[..bytes.len().min(room)]);
                if bytes.len() >= room { self.end() } else { Vec::new() }
            }
            Reading::Whole(body) if body.len() + bytes.len() > MOST_WHOLE => {
                self.fail(RemoteError::protocol("the answer is too long"))
            }
            Reading::Whole(body) => {
                body.extend_from_slice(bytes);
                Vec::new()
            }
            Reading::Events(sse) => match sse.push(bytes) {
                Ok(events) => self.events(events),
                Err(_) => self.fail(RemoteError::protocol("a line of it is too long")),
            },
        }
    }

    /// An event that came whole, over a WebSocket.
    pub fn frame(&mut self, frame: &str) -> Vec<Event> {
        if matches!(self.reading, Reading::Head) {
            self.reading = Reading::Events(Sse::default());
        }
        if frame.len() > MOST_WHOLE {
            return self.fail(RemoteError::protocol("a frame of it is too long"));
        }
        self.events(vec![SseEvent { event: String::new(), data: frame.to_owned() }])
    }

    /// The answer has ended, as far as the connection knows.
    pub fn end(&mut self) -> Vec<Event> {
        match std::mem::replace(&mut self.reading, Reading::Over) {
            Reading::Over => Vec::new(),
            Reading::Head => vec![Event::Failed(Kind::Network.into())],
            Reading::Error { status, after_ms, body } => {
                let body = String::from_utf8_lossy(&body);
                vec![Event::Failed(RemoteError::from_status(status, &body, after_ms))]
            }
            Reading::Whole(body) => self.whole(&body),
            // Servers that forget `[DONE]` have said why the model stopped.
            Reading::Events(_) => vec![match self.finish {
                Some(finish) => Event::Done(finish),
                None => Event::Failed(Kind::Network.into()),
            }],
        }
    }

    /// The caller ends it: the connection broke, the user stopped it, nothing came for too long.
    pub fn fail(&mut self, error: RemoteError) -> Vec<Event> {
        if self.is_over() {
            return Vec::new();
        }
        let reading = std::mem::replace(&mut self.reading, Reading::Over);
        // A connection that breaks after the end is no fault of the answer.
        match (reading, self.finish, error.kind) {
            (Reading::Events(_), Some(finish), Kind::Network | Kind::Stalled) => {
                vec![Event::Done(finish)]
            }
            _ => vec![Event::Failed(error)],
        }
    }

    fn events(&mut self, incoming: Vec<SseEvent>) -> Vec<Event> {
        let mut events = Vec::new();
        for SseEvent { event, data } in incoming {
            if self.is_over() {
                break;
            }
            if data.trim() == "[DONE]" {
                events.append(&mut self.done());
                continue;
            }
            match serde_json::from_str::<Value>(&data) {
                Ok(value) => self.take(answer::events(self.protocol, &value), &mut events),
                Err(_) if event == "error" => {
                    let error = RemoteError { kind: Kind::Overloaded, detail: data };
                    events.append(&mut self.fail(error));
                }
                // A keep-alive of a kind that nobody has described.
                Err(_) if data.trim().is_empty() => {}
                Err(_) => {
                    events.append(&mut self.fail(RemoteError::protocol("an event is not JSON")));
                }
            }
        }
        events
    }

    /// `[DONE]`: the end, whether or not the model has said why.
    fn done(&mut self) -> Vec<Event> {
        self.reading = Reading::Over;
        vec![Event::Done(self.finish.unwrap_or(Finish::Stop))]
    }

    /// Passes events on, up to the one that ends it all.
    fn take(&mut self, from: Vec<Event>, to: &mut Vec<Event>) {
        for event in from {
            match &event {
                Event::Finishing(finish) => self.finish = Some(*finish),
                Event::Text(text) | Event::Reasoning(text) => {
                    self.text_bytes += text.len();
                    if self.text_bytes > MOST_TEXT {
                        to.append(&mut self.fail(RemoteError::protocol("the answer is too long")));
                        return;
                    }
                }
                Event::Done(_) | Event::Failed(_) => {
                    self.reading = Reading::Over;
                    to.push(event);
                    return;
                }
                Event::Usage(_) => {}
            }
            to.push(event);
        }
    }

    /// A server that answers at once.
    fn whole(&mut self, body: &[u8]) -> Vec<Event> {
        let Ok(value) = serde_json::from_slice::<Value>(body) else {
            return vec![Event::Failed(RemoteError::protocol("the answer is not JSON"))];
        };
        let mut events = Vec::new();
        self.take(answer::events(self.protocol, &value), &mut events);
        let ended = matches!(events.last(), Some(Event::Done(_) | Event::Failed(_)));
        if !ended {
            events.push(match self.finish {
                Some(finish) => Event::Done(finish),
                None => Event::Failed(RemoteError::protocol("there is no answer in it")),
            });
        }
        events
    }
}
