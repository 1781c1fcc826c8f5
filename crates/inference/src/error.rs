//! Why a completion cannot be made.

use flint_protocol::{ErrorKind, WorkerError};

/// A model that cannot be used, or an engine that failed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    #[error("the model cannot be used: {0}")]
    Model(#[from] flint_decoder::Error),
    #[error("the tokenizer cannot be used: {0}")]
    Tokenizer(#[from] flint_tokenizer::TokenizerError),
    #[error(transparent)]
    Counts(#[from] flint_ngram::CountsError),
    #[error("the tokenizer has no token that ends a text, so no completion would end")]
    NoEnd,
    #[error("the engine failed: {reason}")]
    Engine { reason: String },
    #[error(
        "the tokenizer knows {tokenizer} tokens and the model {model}: they do not belong together"
    )]
    Mismatch { tokenizer: usize, model: usize },
    #[error("the model has no chat template, so it answers no questions")]
    NoTemplate,
    #[error("the model's chat template cannot be used ({reason})")]
    Template { reason: String },
    #[error(
        "the question and what belongs to it are {tokens} tokens, and the model reads {most}: select less"
    )]
    LongQuestion { tokens: usize, most: usize },
    #[error("the model's context of {context} tokens is too small to complete in")]
    SmallContext { context: usize },
}

impl From<Error> for WorkerError {
    fn from(error: Error) -> Self {
        let kind = match error {
            Error::Engine { .. } => ErrorKind::Engine,
            _ => ErrorKind::BadModel,
        };
        Self { kind, message: format!("{error}.") }
    }
}
