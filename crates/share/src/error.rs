//! Why a link does not open, as people read it.

/// A link that this page cannot open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    #[error(
        "This link was made by a newer version of this page. Reload the page and open it again."
    )]
    Newer,
    #[error(
        "This link is damaged or cut off, so it cannot be opened. Ask for it again; some programs shorten long links."
    )]
    Damaged,
    #[error(
        "This link holds more than a link may, so it is not opened. Ask for the project as a zip file."
    )]
    TooLarge,
}
