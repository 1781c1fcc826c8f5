//! The client's side of OpenAI-compatible model servers, without sockets: what to send, and what the
//! bytes that come back mean.
//!
//! ```text
//! Ask ──request──▶ Request { url, headers, body }        the caller sends it
//! caller: head, bytes, bytes, …, end ──Stream──▶ Event*  exactly one of them, the last, ends it
//! ```
//!
//! Four protocols have one set of events and one kind of error. Whatever a server sends, memory is
//! bounded, nothing panics, and the end is a sentence that a person can act on. Nothing is ever sent
//! again by itself.

mod address;
mod answer;
mod bare;
mod doctor;
mod error;
mod format;
mod models;
mod pack;
mod prompt;
mod redact;
mod request;
mod socket;
mod sse;
mod stream;
mod token;

pub use address::{Address, AddressError};
pub use bare::bare;
pub use doctor::{Diagnosis, Probe, diagnose};
pub use error::{Kind, RemoteError};
pub use format::Format;
pub use models::models;
pub use pack::{Packed, excerpt, pack, pack_within};
pub use prompt::{Document, Prompt, Talk, Task};
pub use redact::redact;
pub use request::{Ask, Effort, Manner, Protocol, Request};
pub use socket::{Socket, close_error, has_forgotten};
pub use sse::{Sse, SseEvent, TooLong};
pub use stream::{Event, Finish, Head, Stream, Usage};
pub use token::Token;
