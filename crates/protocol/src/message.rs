//! Every message, by direction.

use crate::{Chat, ChatRequest, Probe, Timings, WorkerError};
use serde::{Deserialize, Serialize};

/// Names one completion or question. Ids grow by one; an answer whose id is not the newest of its kind is stale.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct RequestId(pub u32);

impl RequestId {
    /// Questions are counted from here on, completions below.
    const QUESTIONS: u32 = 1 << 31;

    /// The id of the n-th question.
    #[must_use]
    pub const fn question(number: u32) -> Self {
        Self(Self::QUESTIONS | number)
    }

    /// Whether it names a question.
    #[must_use]
    pub const fn is_question(self) -> bool {
        self.0 >= Self::QUESTIONS
    }
}

/// Page to worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToWorker {
    /// Fetch and load this model; answered by `Loading`… and `Ready` or `Failed` without an id.
    Load { model: ModelSource },
    /// What is written in the project's other files, nearest first; in the place of what was said before.
    Know { neighbours: Vec<Neighbour> },
    /// Complete at the cursor. Replaces a waiting request; a running one is cancelled.
    Complete(CompletionRequest),
    /// Answer in words. Replaces another question; completions wait until it is answered.
    Chat(ChatRequest),
    /// Stop this request if it runs or waits. Answered by `Done` with `FinishReason::Cancelled`.
    Cancel { id: RequestId },
}

/// Where a model's files are. URLs are absolute: a worker has no document to resolve against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelSource {
    /// The id in `models.json`, for people and for caches.
    pub id: String,
    /// GGUF weights.
    pub weights: ModelFile,
    /// Hugging Face `tokenizer.json`.
    pub tokenizer: ModelFile,
    /// Counted code that is mixed into the model's predictions, if the model has any.
    #[serde(default)]
    pub counts: Option<ModelFile>,
}

impl ModelSource {
    /// Bytes of all files together; the most there can be where a manifest says more.
    pub fn bytes(&self) -> u64 {
        let counts = self.counts.as_ref().map_or(0, |counts| counts.bytes);
        self.weights.bytes.saturating_add(self.tokenizer.bytes).saturating_add(counts)
    }
}

/// One file as it was published; another is refused before the first token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelFile {
    pub url: String,
    pub bytes: u64,
    /// Lower-case hex.
    pub sha256: String,
}

/// Of another file of the project, what is worth knowing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// As in [`CompletionRequest::path`].
    #[serde(default)]
    pub path: String,
    /// As in [`CompletionRequest::language`].
    pub language: String,
    pub text: String,
}

/// Text around the cursor and how much to answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompletionRequest {
    pub id: RequestId,
    /// Lower-case language name, as in `models.json` and the tokenizer's `<|lang:NAME|>` markers.
    pub language: String,
    /// File path inside the project, `src/main.rs`.
    pub path: String,
    /// Text before the cursor. The worker keeps what fits its context, nearest first.
    pub prefix: String,
    /// Text after the cursor. The worker keeps what fits its context, nearest first.
    pub suffix: String,
    pub limits: Limits,
    /// 0 for the likeliest completion; n for the one that begins with the n-th likeliest token
    /// after that, so that no two are the same.
    #[serde(default)]
    pub alternative: u32,
}

/// When a completion is long enough.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Most tokens to decode.
    pub max_tokens: u32,
    /// Most lines to return; 1 stops before the first line break.
    pub max_lines: u32,
    /// Text is handed out if it is at least this likely to be accepted; 0 hands out all.
    pub min_likelihood: f32,
}

impl Limits {
    /// Text that is less likely than this to be accepted is better not shown.
    pub const MIN_LIKELIHOOD: f32 = 0.1;
}

/// Worker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromWorker {
    /// First message of a worker, before any model: it runs, and speaks this version.
    Hello { protocol: u32, build: String },
    /// Bytes of the model's files that have arrived.
    Loading { loaded_bytes: u64, total_bytes: u64 },
    /// The model can answer.
    Ready(EngineInfo),
    /// So much of a question has been read; its answer begins when all is.
    Reading { id: RequestId, read_tokens: u32, prompt_tokens: u32 },
    /// More text of a running completion or answer, to be appended. Whole characters only.
    Text { id: RequestId, text: String },
    /// The completion or answer ended; no more messages carry this id.
    Done { id: RequestId, finish_reason: FinishReason, timings: Timings },
    /// What a worker that was started to measure the device has found.
    Probed(Probe),
    /// A request (`id`) or the engine (no `id`) failed.
    Failed { id: Option<RequestId>, error: WorkerError },
}

/// What the status bar says about a loaded engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EngineInfo {
    /// The id in `models.json`.
    pub model: String,
    /// Weights, counted once where tied.
    pub parameters: u64,
    /// Tokens of context the model was trained for.
    pub context_tokens: u32,
    /// Who computes: `CPU relaxed-simd`, `CPU simd128`.
    pub backend: String,
    /// From the `Load` message to here.
    pub load_ms: f64,
    pub chat: Chat,
}

/// Why a completion ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FinishReason {
    /// The model said that nothing more belongs here.
    EndOfText,
    /// `Limits::max_lines` reached.
    LineLimit,
    /// `Limits::max_tokens` or the context reached.
    TokenLimit,
    /// What would come next is not likely enough to be right.
    Unsure,
    /// The text began to repeat itself or what follows the cursor.
    Repetition,
    /// `ToWorker::Cancel`, or a newer request.
    Cancelled,
}
