//! Loads a GGUF file that the user brings: which of a hub's, and with the tokenizer that it carries.

use super::{Model, cpu, hub::Hub, probe::probe, writer::writer};
use crate::{port::Port, precision::best_gguf};
use flint_inference::{CpuBackend, Engine, Template};
use flint_protocol::{Brought, ErrorKind, Layout, PROBE_WORKER, WorkerError};
use serde::Deserialize;

/// The file and what the kernels read of it are in memory together, and a tab's ends at four gigabytes.
const MOST_BYTES: u64 = 1_300_000_000;

/// A hub's list of a model's files.
#[derive(Deserialize)]
struct List {
    siblings: Vec<Sibling>,
}

#[derive(Deserialize)]
struct Sibling {
    rfilename: String,
}

/// The model that the worker was started with; none for the worker that is told what to load.
pub(crate) async fn load_own(port: &Port) -> Option<Result<Model, WorkerError>> {
    let name = port.name();
    if name.is_empty() {
        return None;
    }
    if name == PROBE_WORKER {
        probe(port).await;
        return None;
    }
    Some(match flint_protocol::decode(&name) {
        Ok(source) => load(port, &source).await,
        Err(error) => Err(WorkerError { kind: ErrorKind::Protocol, message: format!("{error}.") }),
    })
}

async fn load(port: &Port, source: &Brought) -> Result<Model, WorkerError> {
    let started = port.now_ms();
    let mut hub = Hub::new(port, source, MOST_BYTES);
    let path = path(&mut hub, source).await?;
    let bytes = hub.whole(&path).await.map_err(|missing| missing.or(|| without(source, &path)))?;
    let mut engine = Engine::<CpuBackend>::from_gguf(&bytes)?;
    let template = Template::from_gguf(&bytes);
    drop(bytes);
    if template.is_some() {
        engine.talk_by(Ok(template), writer().await);
    }
    engine.warm_up(|| port.now_ms())?;
    cpu::ready(port, engine, &source.id, " GGUF", started).await
}

/// The file that was named, or the best of the hub's list.
async fn path(hub: &mut Hub<'_>, source: &Brought) -> Result<String, WorkerError> {
    if let Layout::Gguf { path: Some(path) } = &source.layout {
        return Ok(path.clone());
    }
    let list = hub.bytes(Layout::LIST).await;
    let list = list.map_err(|missing| missing.or(|| without(source, "list of its files")))?;
    let list: List = serde_json::from_slice(&list).map_err(|error| {
        unusable(source, &format!("its list of files cannot be read ({error})"))
    })?;
    let names = list.siblings.iter().map(|sibling| sibling.rfilename.as_str());
    best_gguf(names).map(str::to_owned).ok_or_else(|| {
        unusable(source, "it has no GGUF file whose weights are of a kind that is read")
    })
}

fn without(source: &Brought, file: &str) -> WorkerError {
    unusable(source, &format!("it has no {file}"))
}

fn unusable(source: &Brought, reason: &str) -> WorkerError {
    WorkerError {
        kind: ErrorKind::BadModel,
        message: format!(
            "{} cannot be used: {reason}. Name one of its GGUF files: owner/name/file.gguf.",
            source.id
        ),
    }
}
