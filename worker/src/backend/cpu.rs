//! The worker that every page has: our own decoder, GGUF in.

use super::Model;
use crate::{
    download::{Download, Progress},
    port::Port,
};
use flint_inference::{CpuBackend, Engine};
use flint_protocol::{EngineInfo, ModelSource, WorkerError};
use futures_util::future::try_join;

pub(crate) use flint_inference::CPU_BUILD as BUILD;
pub(crate) type Inference = CpuBackend;

/// Fetches and loads; progress goes to the page.
pub(crate) async fn load(port: &Port, source: &ModelSource) -> Result<Model, WorkerError> {
    let started = port.now_ms();
    let progress = Progress::of(source, port)?;
    let [weights, tokenizer] = [&source.weights, &source.tokenizer].map(Download::begin);
    let counts = source.counts.as_ref().map(Download::begin);
    let transformer = async {
        let mut backend = CpuBackend::from_gguf(&weights.finish(&progress).await?.to_vec())?;
        // While the browser translates the kernels for speed, the other files are read.
        backend.warm_up(|| port.now_ms())?;
        Ok::<_, WorkerError>(backend)
    };
    let others = async {
        let tokenizer = tokenizer.finish(&progress).await?.to_vec();
        let counts = match counts {
            Some(counts) => Some(counts.finish(&progress).await?),
            None => None,
        };
        Ok((tokenizer, counts))
    };
    let (backend, (tokenizer, counts)) = try_join(transformer, others).await?;
    // The weights' bytes are gone before the counts come: they are never in memory together.
    let counts = counts.map(|counts| counts.to_vec());
    let engine = Engine::around(backend, &tokenizer, counts)?;
    ready(port, engine, &source.id, "", started).await
}

/// Takes the kernels that are fastest here, and says what is loaded; `kind` is what to say of its files.
pub(super) async fn ready(
    port: &Port,
    mut engine: Engine<CpuBackend>,
    id: &str,
    kind: &str,
    started: f64,
) -> Result<Model, WorkerError> {
    let kernels = engine.choose_kernels(|| port.now_ms()).await?;
    let info = EngineInfo {
        model: id.to_owned(),
        parameters: engine.parameters(),
        context_tokens: engine.context_tokens() as u32,
        backend: format!("CPU {BUILD} {kernels}{kind}"),
        load_ms: port.now_ms() - started,
        chat: engine.chat_ability(),
    };
    Ok(Model { engine, info })
}
