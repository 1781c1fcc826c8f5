//! What is wrong with a file.

/// A `tokenizer.json` that is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenizerError {
    #[error("it is damaged: {reason}")]
    Damaged { reason: String },
    #[error("its {part} is of a kind that is not read: {found}")]
    Kind { part: &'static str, found: String },
    #[error("it has no token for the byte {byte}")]
    MissingByte { byte: u8 },
    #[error("it merges “{left}” and “{right}”, which are not all tokens")]
    Merge { left: String, right: String },
}
