//! Turns a `Load` message into an engine that answers.

use crate::{port::Port, weights};
use flint_inference::{CPU_BUILD, Counts, CpuBackend, Engine, Error, Tokenizer};
use flint_protocol::{EngineInfo, ModelSource, WorkerError};

/// More context than this costs memory that a playground's files never use.
const MAX_CONTEXT: usize = 2048;

/// A loaded model and what the page shows of it.
pub(crate) struct Model {
    pub(crate) engine: Engine<CpuBackend>,
    pub(crate) info: EngineInfo,
}

/// Fetches and loads; progress goes to the page.
pub(crate) async fn load(port: &Port, source: &ModelSource) -> Result<Model, WorkerError> {
    let started = port.now_ms();
    let tokenizer = weights::fetch_small(&source.tokenizer_url).await?;
    let tokenizer = Tokenizer::from_json(&tokenizer)?;
    let counts = match &source.counts_url {
        Some(url) => weights::fetch_small(url).await?,
        None => Vec::new(),
    };
    let bytes = weights::fetch_weights(port, source).await?;
    let backend = CpuBackend::from_gguf(&bytes, MAX_CONTEXT)?;
    let parameters = backend.parameters();
    let counts = match source.counts_url {
        Some(_) => Counts::from_bytes(&counts).map_err(Error::from)?,
        None => Counts::default(),
    };
    let engine = Engine::new(backend, tokenizer, counts)?;
    let info = EngineInfo {
        model: source.id.clone(),
        parameters,
        context_tokens: engine.context_tokens() as u32,
        backend: format!("CPU {CPU_BUILD}"),
        load_ms: port.now_ms() - started,
    };
    Ok(Model { engine, info })
}
