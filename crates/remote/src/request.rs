//! What is sent: one request for each protocol, with two headers and no more, since some servers
//! refuse a browser for any other.

use crate::address::Address;
use flint_protocol::{ChatMessage as Message, Role};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A request as it goes out, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: &'static str,
    pub url: String,
    /// Empty for a request without one.
    pub body: String,
}

/// How a server is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protocol {
    #[default]
    Chat,
    Responses,
    /// `/v1/completions`, with a suffix where the server knows what that is.
    Completions,
    /// llama.cpp's own.
    Infill,
}

/// How a model shall answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    pub most_tokens: Option<u32>,
    pub effort: Effort,
}

/// How long a model may think, where it can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effort {
    /// As long as it does by itself.
    #[default]
    Usual,
    Low,
    Medium,
    High,
}

impl Effort {
    pub const ALL: [Self; 4] = [Self::Usual, Self::Low, Self::Medium, Self::High];

    /// The protocols' word and ours; the usual is not spoken of.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What is asked of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    Messages(Vec<Message>),
    /// What stands between two texts.
    Middle {
        prefix: String,
        suffix: String,
    },
}

impl Ask {
    /// The request that asks `model` for this. A protocol that cannot say it says it as well as it can:
    /// messages one after the other, or the prefix alone.
    #[must_use]
    pub fn request(
        &self,
        address: &Address,
        protocol: Protocol,
        model: &str,
        manner: Manner,
    ) -> Request {
        let (url, mut body) = match protocol {
            Protocol::Chat => (address.at("/chat/completions"), self.chat()),
            Protocol::Responses => (address.at("/responses"), self.responses()),
            Protocol::Completions => (address.at("/completions"), self.completions()),
            Protocol::Infill => (address.beside("/infill"), self.infill()),
        };
        body["stream"] = true.into();
        if protocol != Protocol::Infill {
            body["model"] = model.into();
        }
        match (manner.effort, protocol) {
            (Effort::Usual, _) | (_, Protocol::Completions | Protocol::Infill) => {}
            (effort, Protocol::Chat) => body["reasoning_effort"] = effort.word().into(),
            (effort, Protocol::Responses) => body["reasoning"] = json!({ "effort": effort.word() }),
        }
        if let Some(most) = manner.most_tokens {
            let key = match protocol {
                Protocol::Chat | Protocol::Completions => "max_tokens",
                Protocol::Responses => "max_output_tokens",
                Protocol::Infill => "n_predict",
            };
            body[key] = most.into();
        }
        Request { method: "POST", url, body: body.to_string() }
    }

    fn chat(&self) -> Value {
        json!({ "messages": self.messages(), "stream_options": { "include_usage": true } })
    }

    fn responses(&self) -> Value {
        json!({ "input": self.messages(), "store": false })
    }

    fn completions(&self) -> Value {
        match self {
            Self::Messages(_) => json!({ "prompt": self.as_text() }),
            Self::Middle { prefix, suffix } => json!({ "prompt": prefix, "suffix": suffix }),
        }
    }

    fn infill(&self) -> Value {
        match self {
            Self::Messages(_) => json!({ "input_prefix": self.as_text(), "input_suffix": "" }),
            Self::Middle { prefix, suffix } => {
                json!({ "input_prefix": prefix, "input_suffix": suffix })
            }
        }
    }

    /// As a conversation.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        match self {
            Self::Messages(messages) => messages.clone(),
            Self::Middle { prefix, suffix } => vec![
                Message {
                    role: Role::System,
                    content: "Write what belongs in place of {{HERE}}: only that text, no explanation, no code fence.".into(),
                },
                Message { role: Role::User, content: format!("{prefix}{{{{HERE}}}}{suffix}") },
            ],
        }
    }

    fn as_text(&self) -> String {
        let messages = self.messages();
        messages.iter().map(|message| format!("{}\n\n", message.content)).collect()
    }
}

impl Request {
    /// Asks for the models that there are.
    #[must_use]
    pub fn models(address: &Address) -> Self {
        Self { method: "GET", url: address.at("/models"), body: String::new() }
    }

    /// Names and values of the headers; the key goes into no other place.
    #[must_use]
    pub fn headers(&self, key: &str) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        if !self.body.is_empty() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        if !key.trim().is_empty() {
            headers.push(("authorization", format!("Bearer {}", key.trim())));
        }
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_protocol_says_it_in_its_own_words() {
        let address = Address::parse("http://localhost:1/v1").expect("an address");
        let messages = Ask::Messages(vec![Message { role: Role::User, content: "hi".into() }]);
        let middle = Ask::Middle { prefix: "a".into(), suffix: "b".into() };
        for (ask, protocol, url, body) in [
            (
                &messages,
                Protocol::Chat,
                "/v1/chat/completions",
                json!({"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true,"stream_options":{"include_usage":true},"max_tokens":9}),
            ),
            (
                &messages,
                Protocol::Responses,
                "/v1/responses",
                json!({"model":"m","input":[{"role":"user","content":"hi"}],"store":false,"stream":true,"max_output_tokens":9}),
            ),
            (
                &middle,
                Protocol::Completions,
                "/v1/completions",
                json!({"model":"m","prompt":"a","suffix":"b","stream":true,"max_tokens":9}),
            ),
            (
                &middle,
                Protocol::Infill,
                "/infill",
                json!({"input_prefix":"a","input_suffix":"b","stream":true,"n_predict":9}),
            ),
        ] {
            let manner = Manner { most_tokens: Some(9), ..Manner::default() };
            let request = ask.request(&address, protocol, "m", manner);
            assert_eq!(request.url, format!("http://localhost:1{url}"));
            assert_eq!(serde_json::from_str::<Value>(&request.body).expect("JSON"), body);
        }
    }

    #[test]
    fn effort_is_spoken_of_where_a_protocol_has_a_word_for_it() {
        let address = Address::parse("https://h/v1").expect("an address");
        let manner = Manner { effort: Effort::High, ..Manner::default() };
        for (protocol, key, expected) in [
            (Protocol::Chat, "reasoning_effort", json!("high")),
            (Protocol::Responses, "reasoning", json!({ "effort": "high" })),
            (Protocol::Completions, "reasoning_effort", Value::Null),
        ] {
            let body = Ask::Messages(vec![]).request(&address, protocol, "m", manner).body;
            let body: Value = serde_json::from_str(&body).expect("JSON");
            assert_eq!(body[key], expected);
        }
    }

    #[test]
    fn the_key_is_in_one_header_and_nowhere_else() {
        let address = Address::parse("https://h/v1").expect("an address");
        let ask = Ask::Messages(vec![]);
        let request = ask.request(&address, Protocol::Chat, "m", Manner::default());
        assert!(!format!("{request:?}").contains("sk-1"));
        assert_eq!(
            request.headers(" sk-1\n"),
            [
                ("content-type", "application/json".to_owned()),
                ("authorization", "Bearer sk-1".to_owned()),
            ]
        );
        assert_eq!(Request::models(&address).headers(""), []);
    }
}
