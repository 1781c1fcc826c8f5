//! One event's JSON, or one whole JSON answer, in the words of each protocol.

use crate::error::RemoteError;
use crate::request::Protocol;
use crate::stream::{Event, Finish, Usage};
use serde_json::Value;

/// What the JSON of one event says.
pub(crate) fn events(protocol: Protocol, value: &Value) -> Vec<Event> {
    if let Some(error) = RemoteError::from_value(value) {
        return vec![Event::Failed(error)];
    }
    match protocol {
        Protocol::Chat | Protocol::Completions => choices(value),
        Protocol::Responses => responses(value),
        Protocol::Infill => infill(value),
    }
}

/// `chat.completion.chunk` and `text_completion`: `choices[0]` has a delta, a text or a whole message;
/// a chunk without choices may have the usage.
fn choices(value: &Value) -> Vec<Event> {
    let mut events = Vec::new();
    let choice = value.pointer("/choices/0");
    if let Some(choice) = choice {
        let said = choice.get("delta").or_else(|| choice.get("message")).unwrap_or(choice);
        let reasoning = said.get("reasoning_content").or_else(|| said.get("reasoning"));
        push_text(&mut events, reasoning, Event::Reasoning);
        push_text(&mut events, said.get("content").or_else(|| said.get("text")), Event::Text);
    }
    events.extend(usage(value.get("usage"), "prompt_tokens", "completion_tokens"));
    match choice.and_then(|choice| choice.get("finish_reason")).and_then(Value::as_str) {
        Some("length") => events.push(Event::Finishing(Finish::Length)),
        Some("content_filter") => events.push(Event::Finishing(Finish::Filtered)),
        Some(_) => events.push(Event::Finishing(Finish::Stop)),
        None => {}
    }
    events
}

/// The Responses API: typed events, of which those unknown are passed over.
fn responses(value: &Value) -> Vec<Event> {
    let mut events = Vec::new();
    let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
    match kind {
        "response.output_text.delta" => push_text(&mut events, value.get("delta"), Event::Text),
        "response.reasoning_text.delta" | "response.reasoning_summary_text.delta" => {
            push_text(&mut events, value.get("delta"), Event::Reasoning);
        }
        "response.refusal.delta" => push_text(&mut events, value.get("delta"), Event::Text),
        "response.completed" | "response.incomplete" => {
            let response = value.get("response").unwrap_or(value);
            events.extend(usage(response.get("usage"), "input_tokens", "output_tokens"));
            events.push(Event::Done(ended(response)));
        }
        "response.failed" => {
            events.push(Event::Failed(RemoteError::protocol("the response failed")))
        }
        "" if value.get("output").is_some() => whole_response(&mut events, value),
        _ => {}
    }
    events
}

fn whole_response(events: &mut Vec<Event>, value: &Value) {
    let outputs = value.get("output").and_then(Value::as_array).into_iter().flatten();
    for part in outputs.filter_map(|item| item.get("content")?.as_array()).flatten() {
        push_text(events, part.get("text"), Event::Text);
    }
    events.extend(usage(value.get("usage"), "input_tokens", "output_tokens"));
    events.push(Event::Done(ended(value)));
}

fn ended(response: &Value) -> Finish {
    match response.pointer("/incomplete_details/reason").and_then(Value::as_str) {
        Some("content_filter") => Finish::Filtered,
        Some(_) => Finish::Length,
        None => Finish::Stop,
    }
}

/// llama.cpp's `/infill`: `content`, and `stop` on the last.
fn infill(value: &Value) -> Vec<Event> {
    let mut events = Vec::new();
    push_text(&mut events, value.get("content"), Event::Text);
    if value.get("stop").and_then(Value::as_bool) == Some(true) {
        let limit = value.get("stop_type").and_then(Value::as_str) == Some("limit");
        events.extend(usage(Some(value), "tokens_evaluated", "tokens_predicted"));
        events.push(Event::Done(if limit { Finish::Length } else { Finish::Stop }));
    }
    events
}

fn push_text(events: &mut Vec<Event>, text: Option<&Value>, event: fn(String) -> Event) {
    if let Some(text) = text.and_then(Value::as_str).filter(|text| !text.is_empty()) {
        events.push(event(text.to_owned()));
    }
}

fn usage(value: Option<&Value>, input: &str, output: &str) -> Option<Event> {
    let number = |key| value?.get(key)?.as_u64();
    Some(Event::Usage(Usage { input_tokens: number(input)?, output_tokens: number(output)? }))
}
