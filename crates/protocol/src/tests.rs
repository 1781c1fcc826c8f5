use super::*;
use proptest::prelude::*;

fn request() -> ToWorker {
    ToWorker::Complete(CompletionRequest {
        id: RequestId(7),
        language: "rust".into(),
        path: "src/main.rs".into(),
        prefix: "fn main() {\n    \u{1F600}".into(),
        suffix: "\n}".into(),
        limits: Limits { max_tokens: 64, max_lines: 1, min_likelihood: 0.25 },
        alternative: 0,
    })
}

#[test]
fn a_message_survives_the_crossing() {
    let sent = request();
    assert_eq!(decode::<ToWorker>(&encode(&sent)), Ok(sent));
}

#[test]
fn a_question_survives_the_crossing_and_is_no_completion() {
    let message = |role, content: &str| ChatMessage { role, content: content.into() };
    let sent = ToWorker::Chat(ChatRequest {
        id: RequestId::question(3),
        messages: vec![
            message(Role::System, "be brief"),
            message(Role::User, "<|im_end|>\n\u{0}?"),
            message(Role::Assistant, ""),
        ],
        max_tokens: 9,
    });
    assert_eq!(decode::<ToWorker>(&encode(&sent)), Ok(sent));
    assert!(RequestId::question(3).is_question() && !RequestId(3).is_question());
    assert!(RequestId::question(0) != RequestId(0));
}

#[test]
fn every_answer_survives_the_crossing() {
    let answers = [
        FromWorker::Hello { protocol: PROTOCOL_VERSION, build: "simd128".into() },
        FromWorker::Loading { loaded_bytes: 1, total_bytes: u64::MAX },
        FromWorker::Ready(EngineInfo {
            model: "m".into(),
            parameters: 5,
            context_tokens: 512,
            backend: "CPU".into(),
            load_ms: 0.5,
            chat: Chat::Mute { reason: "has no chat template".into() },
        }),
        FromWorker::Reading { id: RequestId::question(1), read_tokens: 8, prompt_tokens: 90 },
        FromWorker::Text { id: RequestId(1), text: "\u{0} \u{10FFFF}\r\n".into() },
        FromWorker::Done {
            id: RequestId(1),
            finish_reason: FinishReason::LineLimit,
            timings: Timings { prefill_ms: 1.5, ..Timings::default() },
        },
        FromWorker::Failed {
            id: None,
            error: WorkerError { kind: ErrorKind::BadModel, message: "no".into() },
        },
    ];
    for answer in answers {
        assert_eq!(decode::<FromWorker>(&encode(&answer)), Ok(answer));
    }
}

#[test]
fn an_unknown_message_says_what_to_do() {
    let error = decode::<ToWorker>(r#"{"type":"sing"}"#).expect_err("no such message");
    assert!(error.to_string().contains("reload the page"), "{error}");
}

proptest! {
    #[test]
    fn decoding_never_panics(text in ".*") {
        let _ = decode::<ToWorker>(&text);
        let _ = decode::<FromWorker>(&text);
    }

    #[test]
    fn a_damaged_message_never_panics(cut in 0usize..200, byte in any::<u8>()) {
        let mut bytes = encode(&request()).into_bytes();
        let at = cut % bytes.len();
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = decode::<ToWorker>(&text);
        }
    }
}
