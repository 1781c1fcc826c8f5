//! What is said of programs: what runs them, what they may reach, and of the page's own requests.

use std::fmt::Display;

pub(crate) const NO_STAGE: &str = "The page has no place to run programs in.";
pub(crate) const NO_FRAME: &str = "The browser did not open a frame to run the program in.";
/// The name of the frame, for who cannot see it.
pub(crate) const FRAME: &str = "The running program";
pub(crate) const LEFT: &str =
    "The program tried to leave its frame, so it was ended. Run it again to start afresh.";

pub(crate) const NOT_SENT: &str = "The browser did not send the request.";
pub(crate) const NOT_A_RUST_ANSWER: &str = "its answer is not that of a Rust playground";
pub(crate) const RUST_ELSEWHERE: &str =
    "Rust is compiled by a server that you choose. Open this in Flint to run it.";
pub(crate) const NO_TESTS: &str =
    "This playground does not say what it should do: it has no tests and no expected output.";

/// The ends of sentences, without their full stops.
pub(crate) const NOT_TEXT: &str = "the answer is not text";
pub(crate) const NO_PAGE: &str = "there is no page";
pub(crate) const NO_REASON: &str = "the browser gave no reason";

pub(crate) fn server_answered(status: u16) -> String {
    format!("the server answered {status}")
}

pub(crate) fn host_says(status: u16, text: &str) -> String {
    format!("it says {status} {text}")
}

pub(crate) fn host_silent(host: &str, reason: &str) -> String {
    format!(
        "{host} did not answer: {reason}. Check the address and the connection, then run it again."
    )
}

pub(crate) fn bad_endpoint(address: &str) -> String {
    format!(
        "“{address}” is not an address that can be used. It begins with https://, or with http:// for this machine."
    )
}

pub(crate) fn bad_host(word: &str) -> String {
    format!(
        "“{word}” is not a host that can be allowed: write names such as api.example.org, which are asked over https. Nothing has changed."
    )
}

pub(crate) fn not_started(message: impl Display) -> String {
    format!(
        "What runs this language did not start: {message}. Run it again; if that does not help, reload the page."
    )
}

pub(crate) fn not_fetched(reason: &str) -> String {
    format!(
        "What runs this language could not be fetched: {reason}. Check the connection and run it again."
    )
}
