use super::*;

#[test]
fn every_shape_is_folded() {
    for (status, body, kind) in [
        (
            401,
            r#"{"error":{"message":"Incorrect API key","type":"invalid_request_error","code":"invalid_api_key"}}"#,
            Kind::Auth,
        ),
        (403, "", Kind::Auth),
        (404, r#"{"detail":"Not Found"}"#, Kind::NotFound),
        (404, r#"{"error":"model 'x' not found, try pulling it first"}"#, Kind::NotFound),
        (
            400,
            r#"{"error":{"message":"too long","code":"context_length_exceeded"}}"#,
            Kind::ContextTooLong,
        ),
        (
            400,
            r#"{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error","n_ctx":512}}"#,
            Kind::ContextTooLong,
        ),
        (
            400,
            r#"{"object":"error","message":"This model's maximum context length is 512","type":"BadRequestError","code":400}"#,
            Kind::ContextTooLong,
        ),
        (
            429,
            r#"{"error":{"message":"You exceeded your quota","code":"insufficient_quota"}}"#,
            Kind::Quota,
        ),
        (
            429,
            r#"{"error":{"message":"Rate limit. Please try again in 11.05s. Visit","type":"tokens","code":"rate_limit_exceeded"}}"#,
            Kind::RateLimited { after_ms: Some(11_050) },
        ),
        (429, "slow down", Kind::RateLimited { after_ms: None }),
        (426, "", Kind::Refused),
        (500, "<html>oops</html>", Kind::Overloaded),
        (
            503,
            r#"[{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}]"#,
            Kind::Overloaded,
        ),
        (302, "", Kind::Protocol),
        (422, r#"{"detail":[{"msg":"field required"}]}"#, Kind::Refused),
    ] {
        assert_eq!(RemoteError::from_status(status, body, None).kind, kind, "{status} {body}");
    }
}

#[test]
fn errors_in_a_stream_are_seen_and_answers_are_none() {
    let kind = |text: &str| {
        let value = serde_json::from_str(text).expect("JSON");
        RemoteError::from_value(&value).map(|error| error.kind)
    };
    for (text, expected) in [
        (r#"{"error":{"message":"x","code":401}}"#, Some(Kind::Auth)),
        (r#"{"error":{"message":"x"}}"#, Some(Kind::Overloaded)),
        (
            r#"{"type":"error","code":"rate_limit_exceeded","message":"try again in 2s"}"#,
            Some(Kind::RateLimited { after_ms: Some(2_000) }),
        ),
        (
            r#"{"type":"response.failed","response":{"error":{"code":"server_error","message":"x"}}}"#,
            Some(Kind::Overloaded),
        ),
        (r#"{"error":null,"choices":[]}"#, None),
        (r#"{"choices":[{"delta":{"content":"error"}}]}"#, None),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
}

#[test]
fn delays_are_read_in_every_way() {
    const NOW: f64 = 784_111_777_000.0;
    for (ms, after, expected) in [
        (None, Some("7"), Some(7_000)),
        (Some("350"), Some("7"), Some(350)),
        (None, Some("Sun, 06 Nov 1994 08:49:40 GMT"), Some(3_000)),
        (None, Some("Sun, 06 Nov 1994 08:49:30 GMT"), Some(0)),
        (None, Some("soon"), None),
        (Some("NaN"), None, None),
        (None, Some("-4"), None),
        (None, None, None),
    ] {
        assert_eq!(delay(ms, after, NOW), expected, "{ms:?} {after:?}");
    }
    assert_eq!(delay_in("try again in 1m30s"), Some(60_000));
    assert_eq!(delay_in("try again in 20 ms"), Some(20));
    assert_eq!(delay_in("try again in a while"), None);
}

#[test]
fn what_is_said_is_short_and_on_one_line() {
    let error = RemoteError::from_status(500, &"a\nb ".repeat(5_000), None);
    assert!(error.detail.chars().count() <= MOST_DETAIL + 1 && !error.detail.contains('\n'));
    assert!(error.to_string().starts_with("The server is overloaded or broken."));
}
