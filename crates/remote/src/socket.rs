//! The Responses API over a WebSocket: which frame asks for an answer, and what a close means. What comes
//! back is the same events as over HTTP, a frame each ([`Stream::frame`](crate::Stream::frame)).
//!
//! A socket remembers the last answer, so the next request names it and sends only what is new: if "all
//! non-input fields are equal and the input begins with the input before and what was answered to it".

use crate::address::Address;
use crate::error::{Kind, RemoteError};
use crate::request::{Ask, Manner, Protocol};
use flint_protocol::{ChatMessage as Message, Role};
use serde_json::Value;

/// A server ends a socket after an hour; before that another one is opened.
const MOST_MS: f64 = 55.0 * 60_000.0;

/// What one socket remembers.
#[derive(Clone, Debug, Default)]
pub struct Socket {
    opened_ms: f64,
    /// The request that was answered last or is being answered.
    asked: Option<Asked>,
    /// The last answer's name, once it is whole.
    answered: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct Asked {
    /// All of it but the input.
    rest: Value,
    input: Vec<Message>,
}

impl Socket {
    /// A socket that has just been opened, by any clock that goes forward.
    #[must_use]
    pub fn new(opened_ms: f64) -> Self {
        Self { opened_ms, ..Self::default() }
    }

    /// Where a server's socket is.
    #[must_use]
    pub fn url(address: &Address) -> String {
        let url = address.at("/responses");
        url.strip_prefix("http").map_or_else(|| url.clone(), |rest| format!("ws{rest}"))
    }

    /// Whether another one is to be opened in its place.
    #[must_use]
    pub fn is_old(&self, now_ms: f64) -> bool {
        now_ms - self.opened_ms >= MOST_MS
    }

    /// The frame that asks for this. Nothing may be asked before the answer before has ended.
    pub fn frame(&mut self, ask: &Ask, address: &Address, model: &str, manner: Manner) -> String {
        let request = ask.request(address, Protocol::Responses, model, manner);
        let mut rest: Value = serde_json::from_str(&request.body).unwrap_or_default();
        let mut input = ask.messages();
        if let Value::Object(body) = &mut rest {
            body.remove("stream");
            body.remove("input");
            body.insert("type".into(), "response.create".into());
        }
        let mut frame = rest.clone();
        let before = self.asked.replace(Asked { rest: rest.clone(), input: input.clone() });
        let id = self.answered.take();
        if let (Some(before), Some(id)) = (before, id)
            && before.rest == rest
            && input.starts_with(&before.input)
        {
            input.drain(..before.input.len());
            frame["previous_response_id"] = id.into();
        }
        frame["input"] = serde_json::to_value(&input).unwrap_or_default();
        frame.to_string()
    }

    /// A frame came in: the name of an answer that is whole, and its text, are kept in mind. Whether
    /// nothing more comes of this answer.
    pub fn heard(&mut self, frame: &str) -> bool {
        let event = serde_json::from_str::<Value>(frame).unwrap_or_default();
        let text = |at: &str| event.pointer(at).and_then(Value::as_str).map(str::to_owned);
        match event.get("type").and_then(Value::as_str) {
            Some("response.output_text.done") => {
                let content = text("/text").unwrap_or_default();
                let answer = Message { role: Role::Assistant, content };
                self.asked.iter_mut().for_each(|asked| asked.input.push(answer.clone()));
                false
            }
            Some("response.completed") => {
                self.answered = text("/response/id");
                true
            }
            Some("response.failed" | "response.incomplete" | "error") => true,
            _ => false,
        }
    }
}

/// Whether a socket is over for the server, or has forgotten what a request refers to: then all of it may
/// be sent on another one, once, for nothing has been answered.
#[must_use]
pub fn has_forgotten(frame: &str) -> bool {
    let event = serde_json::from_str::<Value>(frame).unwrap_or_default();
    let code = event.pointer("/error/code").and_then(Value::as_str);
    matches!(code, Some("previous_response_not_found" | "websocket_connection_limit_reached"))
}

/// What a close in the middle of an answer says.
#[must_use]
pub fn close_error(code: u16, reason: &str) -> RemoteError {
    let kind = match code {
        1008 => Kind::Refused,
        1009 => Kind::ContextTooLong,
        1002 | 1003 | 1007 => Kind::Protocol,
        1011..=1014 => Kind::Overloaded,
        _ => Kind::Network,
    };
    let reason = reason.trim();
    // 1006 is the browser's own word for a connection that is gone.
    RemoteError::new(
        kind,
        if reason.is_empty() && code != 1006 { "the socket was closed" } else { reason },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(texts: &[(Role, &str)]) -> Ask {
        let message =
            |(role, text): &(Role, &str)| Message { role: *role, content: (*text).into() };
        Ask::Messages(texts.iter().map(message).collect())
    }

    fn frame(socket: &mut Socket, ask: &Ask, model: &str) -> Value {
        let address = Address::parse("http://localhost:1/v1").expect("an address");
        let frame = socket.frame(ask, &address, model, Manner::default());
        serde_json::from_str(&frame).expect("JSON")
    }

    const FIRST: [(Role, &str); 2] = [(Role::System, "rules"), (Role::User, "why?")];
    const NEXT: [(Role, &str); 4] = [
        (Role::System, "rules"),
        (Role::User, "why?"),
        (Role::Assistant, "So."),
        (Role::User, "how?"),
    ];
    const SAID: &str = r#"{"type":"response.output_text.done","text":"So."}"#;
    const DONE: &str = r#"{"type":"response.completed","response":{"id":"r1"}}"#;

    #[test]
    fn only_what_is_new_is_sent_where_all_else_is_the_same() {
        let mut socket = Socket::new(0.0);
        let first = frame(&mut socket, &messages(&FIRST), "m");
        assert_eq!(first["type"], "response.create");
        assert_eq!(first["input"].as_array().map(Vec::len), Some(2));
        assert!(first.get("stream").is_none() && first.get("previous_response_id").is_none());
        assert!(!socket.heard(SAID) && socket.heard(DONE));
        let mut other = socket.clone();
        let next = frame(&mut socket, &messages(&NEXT), "m");
        assert_eq!(next["previous_response_id"], "r1");
        assert_eq!(next["input"], serde_json::json!([{"role": "user", "content": "how?"}]));
        let whole = frame(&mut other, &messages(&NEXT), "another");
        assert!(whole.get("previous_response_id").is_none());
        assert_eq!(whole["input"].as_array().map(Vec::len), Some(4));
    }

    #[test]
    fn what_was_not_answered_whole_is_not_referred_to() {
        let mut socket = Socket::new(0.0);
        frame(&mut socket, &messages(&FIRST), "m");
        socket.heard(SAID);
        let next = frame(&mut socket, &messages(&NEXT), "m");
        assert!(next.get("previous_response_id").is_none());
        socket.heard(DONE);
        let other = frame(&mut socket, &messages(&FIRST), "m");
        assert!(other.get("previous_response_id").is_none(), "it is not what comes next");
    }

    #[test]
    fn a_socket_grows_old_and_says_why_it_closes() {
        let socket = Socket::new(1_000.0);
        assert!(!socket.is_old(3_000_000.0) && socket.is_old(3_301_000.0));
        let address = Address::parse("https://h/v1").expect("an address");
        assert_eq!(Socket::url(&address), "wss://h/v1/responses");
        for (code, expected) in [
            (1000, Kind::Network),
            (1006, Kind::Network),
            (1008, Kind::Refused),
            (1009, Kind::ContextTooLong),
            (1011, Kind::Overloaded),
            (1013, Kind::Overloaded),
        ] {
            assert_eq!(close_error(code, "").kind, expected, "{code}");
        }
        assert!(close_error(1008, "not here").to_string().contains("not here"));
        assert!(has_forgotten(
            r#"{"type":"error","status":400,"error":{"code":"previous_response_not_found"}}"#
        ));
        assert!(!has_forgotten("") && !has_forgotten(DONE));
    }
}
