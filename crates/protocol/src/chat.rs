//! Questions to a model that knows how to talk.

use crate::RequestId;
use serde::{Deserialize, Serialize};

/// What is asked, and what was said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatRequest {
    /// One of [`RequestId::question`].
    pub id: RequestId,
    pub messages: Vec<ChatMessage>,
    /// Most tokens to answer.
    pub max_tokens: u32,
}

/// What one side has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    pub role: Role,
    pub content: String,
}

/// Who has said it, as chat templates call them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// What the model shall be.
    System,
    User,
    Assistant,
}

/// Whether a model can be talked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Chat {
    /// It answers questions of at most so many tokens, its answer among them.
    Reads { tokens: u32 },
    /// It does not, and why: the end of a sentence that begins with its name, without the full stop.
    Mute { reason: String },
}
