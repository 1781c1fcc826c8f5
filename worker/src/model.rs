//! Turns a `Load` message into an engine that answers.

use crate::{port::Port, weights};
use flint_inference::{CPU_BUILD, CpuBackend, Engine};
use flint_protocol::{EngineInfo, ModelSource, WorkerError};

/// A loaded model and what the page shows of it.
pub(crate) struct Model {
    pub(crate) engine: Engine<CpuBackend>,
    pub(crate) info: EngineInfo,
}

/// Fetches and loads; progress goes to the page.
pub(crate) async fn load(port: &Port, source: &ModelSource) -> Result<Model, WorkerError> {
    let started = port.now_ms();
    let tokenizer = weights::fetch_small(&source.tokenizer_url).await?;
    let counts = match &source.counts_url {
        Some(url) => Some(weights::fetch_small(url).await?),
        None => None,
    };
    let bytes = weights::fetch_weights(port, source).await?;
    let mut backend = CpuBackend::from_gguf(&bytes)?;
    // While the browser translates the kernels for speed, the other files are read.
    backend.warm_up(|| port.now_ms())?;
    let mut engine = Engine::around(backend, &tokenizer, counts.as_deref())?;
    let kernels = engine.choose_kernels(|| port.now_ms())?;
    let info = EngineInfo {
        model: source.id.clone(),
        parameters: engine.parameters(),
        context_tokens: engine.context_tokens() as u32,
        backend: format!("CPU {CPU_BUILD} {kernels}"),
        load_ms: port.now_ms() - started,
    };
    Ok(Model { engine, info })
}
