//! Any bytes, cut anywhere: no panic, one end.

use crate::answers::read;
use flint_remote::{Address, Protocol, Sse, models, redact};
use proptest::prelude::*;

fn protocol() -> impl Strategy<Value = Protocol> {
    prop_oneof![
        Just(Protocol::Chat),
        Just(Protocol::Responses),
        Just(Protocol::Completions),
        Just(Protocol::Infill)
    ]
}

/// Lines that mean something, in any order, with anything between.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        Just(b"data: [DONE]\n\n".to_vec()),
        Just(
            b"data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n"
                .to_vec()
        ),
        Just(b"data: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\r\n\r\n".to_vec()),
        Just(b"data: {\"type\":\"response.completed\"}\n\n".to_vec()),
        Just(b"data: {\"content\":1,\"stop\":true}\n\n".to_vec()),
        Just(b"data: {\"error\":{\"code\":-1,\"message\":[]}}\n\n".to_vec()),
        Just(b"event: error\r".to_vec()),
        Just(b": ping\n".to_vec()),
        Just(b"\n".to_vec()),
        prop::collection::vec(any::<u8>(), 0..20),
    ];
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn every_answer_ends_once(
        protocol in protocol(),
        status in prop_oneof![Just(200_u16), 100..600_u16],
        kind in prop_oneof![Just("text/event-stream"), Just("application/json"), Just("")],
        bytes in stream(),
        cut in 0..200_usize,
    ) {
        let (a, b) = bytes.split_at(cut.min(bytes.len()));
        let cut = read(protocol, status, kind, &[a, b]);
        prop_assert_eq!(cut, read(protocol, status, kind, &[&bytes]));
    }

    #[test]
    fn no_text_panics(text in "(?s).{0,200}", status in 0..700_u16) {
        let _ = Address::parse(&text);
        let _ = models(status, &text);
        let _ = redact(&text);
        let _ = Sse::default().push(text.as_bytes());
    }
}
