//! A project as a link: everything after the `#`, so that no server ever sees it.
//!
//! ```text
//! #v1=BASE64URL          without padding
//!     zlib stream        with its Adler-32, so that a damaged link says so
//!         records        kind: one byte · length: LEB128 · that many bytes
//!             1          a file's name, UTF-8
//!             2          the text of the file named last, UTF-8
//!             3          index of the open file, LEB128; 0 when missing
//!             4          the Rust edition that the code is for, UTF-8
//!             5          the name of the file that is an exercise, UTF-8
//!             6          that exercise, as a file with marks, UTF-8
//! ```
//!
//! A reader skips records of a kind that it does not know: a later writer may add some and old pages
//! still open the files. What a link may hold is bounded by [`Limits`] before it is unpacked.
//! The crate knows the text of links and nothing of the browser. `tests/golden` holds links that
//! must open the same text for ever.

mod base64;
mod error;
mod link;
mod query;
mod record;

pub use error::LinkError;
pub use link::{decode, encode};
pub use query::from_query;

/// What a link opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// Names and texts, in order. Names are as the link has them: whoever keeps files checks them.
    pub files: Vec<File>,
    /// Index of the open file; maybe past the end.
    pub open: usize,
    /// The Rust edition that the code is for, when the link says so.
    pub edition: Option<String>,
    /// What one of the files is to be worked on for, as a file with marks.
    pub exercise: Option<File>,
}

/// A file in a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    pub path: String,
    pub text: String,
}

/// What a link may hold: far more than an address bar takes, far less than what hurts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Characters of the link.
    pub link: usize,
    /// Bytes of all records unpacked.
    pub unpacked: usize,
    pub files: usize,
}

/// The limits of version 1.
pub const LIMITS: Limits = Limits { link: 2 << 20, unpacked: 4 << 20, files: 500 };
