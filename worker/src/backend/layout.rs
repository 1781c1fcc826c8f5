//! Loads a decoder in the model hub's layout: which files, on which device, with which tokenizer.

use super::{
    Model,
    hub::{Hub, Missing},
    ort as engine,
    runtime::{self, Computer},
    slices::Slices,
    writer::writer,
};
use crate::{graph::Graph, port::Port, precision::Precision, wire::Unread};
use engine::OrtBackend;
use flint_inference::{Engine, Error, Template};
use flint_protocol::{Brought, Device, EngineInfo, ErrorKind, ModelSource, WorkerError};
use js_sys::{Array, Object, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::Blob;

pub(crate) const BUILD: &str = "ort";
pub(crate) type Inference = OrtBackend;

/// The runtime counts the places of weights in 32 bits.
const MOST_BYTES: f64 = (1u64 << 32) as f64;

/// What matters of `config.json`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Config {
    max_position_embeddings: Option<usize>,
    n_positions: Option<usize>,
    hidden_size: Option<u64>,
    num_hidden_layers: Option<u64>,
    intermediate_size: Option<u64>,
    vocab_size: Option<u64>,
}

/// What matters of `generation_config.json`: completions are the likeliest text, so nothing of how to draw one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Generation {
    eos_token_id: Option<Ends>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Ends {
    One(u32),
    Several(Vec<u32>),
}

impl Generation {
    fn ends(self) -> Vec<u32> {
        match self.eos_token_id {
            None => Vec::new(),
            Some(Ends::One(end)) => vec![end],
            Some(Ends::Several(ends)) => ends,
        }
    }
}

/// The graph that was chosen for a device.
#[derive(Debug, Serialize, Deserialize)]
struct Choice {
    precision: String,
    graph: String,
}

/// This worker is started with its model and is told of no other.
pub(crate) async fn load(_: &Port, _: &ModelSource) -> Result<Model, WorkerError> {
    Err(other_build())
}

/// Loads the model that the worker was started with, as its name says.
pub(crate) async fn load_own(port: &Port) -> Option<Result<Model, WorkerError>> {
    Some(match flint_protocol::decode(&port.name()) {
        Ok(source) => load_onnx(port, &source).await,
        Err(_) => Err(other_build()),
    })
}

/// Fetches what is not here yet, and loads; progress goes to the page.
async fn load_onnx(port: &Port, source: &Brought) -> Result<Model, WorkerError> {
    let started = port.now_ms();
    let wanted = if source.device == Device::Cpu { "wasm" } else { "best" };
    let computer = runtime::choose_device(wanted).await.map_err(|_| no_device())?;
    let gpu = computer.device() == "webgpu";
    let mut hub = Hub::new(port, source, u64::MAX);
    let config = required(&mut hub, "config.json").await?;
    let config: Config = serde_json::from_slice(&config)
        .map_err(|error| not_the_layout(source, &error.to_string()))?;
    let tokenizer = required(&mut hub, "tokenizer.json").await?;
    let ends = match hub.bytes("generation_config.json").await {
        Ok(bytes) => serde_json::from_slice::<Generation>(&bytes).unwrap_or_default().ends(),
        Err(_) => Vec::new(),
    };
    let template = template(&mut hub).await;
    let (choice, file) = choose(&mut hub, source, &computer).await?;
    let graph = read(&file, &choice).map_err(|why| unread(source, &choice, why))?;
    if !gpu && graph.has_four_bit_matrices() {
        return Err(four_bits(source));
    }
    let external = Array::new();
    for path in &graph.external {
        let data = match path == choice.name() {
            true => file.clone(),
            false => {
                let data = hub.blob(&beside(&choice.graph, path)).await;
                data.map_err(|missing| missing.or(|| without(source, path)))?
            }
        };
        if data.size() > MOST_BYTES {
            return Err(too_long(source, path));
        }
        external.push(&part(path, &data));
    }
    engine::start(&computer).await?;
    let fused = graph.has_fused_attention();
    runtime::prepare(graph.light, &external, &computer.device());
    let context = config.max_position_embeddings.or(config.n_positions).unwrap_or(usize::MAX);
    let mut backend = OrtBackend::open(gpu, context).await?;
    if gpu && fused {
        backend.choose_chunk().await?;
    }
    let mut engine = Engine::around(backend, &tokenizer, None)?;
    engine.also_ends(&ends);
    match template {
        // What writes templates is fetched for those who have one.
        Ok(None) => {}
        template => engine.talk_by(template, writer().await),
    }
    engine.measure_cost(|| port.now_ms()).await?;
    let info = EngineInfo {
        model: source.id.clone(),
        parameters: config.parameters(),
        context_tokens: engine.context_tokens() as u32,
        backend: named(&computer, &choice.precision),
        load_ms: port.now_ms() - started,
        chat: engine.chat_ability(),
    };
    Ok(Model { engine, info })
}

/// The first graph of the device's preference that is there; remembered, so that nobody is asked again.
async fn choose(
    hub: &mut Hub<'_>,
    source: &Brought,
    computer: &Computer,
) -> Result<(Choice, Blob), WorkerError> {
    let note = format!("choice2-{}-{}", computer.device(), computer.half());
    if let Ok(choice) = serde_json::from_str::<Choice>(&hub.noted(&note).await)
        && let Ok(graph) = hub.blob(&choice.graph).await
    {
        return Ok((choice, graph));
    }
    let preferred = Precision::preferred(computer.device() == "webgpu", computer.half());
    for precision in preferred {
        let graph = match hub.blob(&precision.path()).await {
            Ok(graph) => graph,
            Err(Missing::NotThere) => continue,
            Err(Missing::Failed(error)) => return Err(error),
        };
        let choice = Choice { precision: precision.name.to_owned(), graph: precision.path() };
        hub.note(&note, &serde_json::to_string(&choice).unwrap_or_default()).await;
        return Ok((choice, graph));
    }
    let tried: Vec<_> = preferred.iter().map(|precision| precision.path()).collect();
    Err(not_the_layout(source, &format!("it has none of {}", tried.join(", "))))
}

impl Config {
    /// Weights of a llama-like decoder of this shape, near enough to be shown; 0 where it does not say.
    fn parameters(&self) -> u64 {
        let [width, layers, feed_forward, vocab] =
            [self.hidden_size, self.num_hidden_layers, self.intermediate_size, self.vocab_size]
                .map(Option::unwrap_or_default);
        width * (vocab + layers * (3 * feed_forward + 2 * width))
    }
}

/// How the model is talked to, where it was taught to: in a file of its own, or among what belongs to its tokenizer.
async fn template(hub: &mut Hub<'_>) -> Result<Option<Template>, Error> {
    let config = match hub.bytes("tokenizer_config.json").await {
        Ok(config) => config,
        Err(Missing::NotThere) => b"{}".to_vec(),
        Err(Missing::Failed(error)) => return Err(Error::Template { reason: error.message }),
    };
    let within = Template::from_files(&config, None)?;
    if within.is_some() {
        return Ok(within);
    }
    match hub.bytes("chat_template.jinja").await {
        Ok(jinja) => Template::from_files(&config, String::from_utf8(jinja).ok()),
        Err(_) => Ok(None),
    }
}

async fn required(hub: &mut Hub<'_>, path: &str) -> Result<Vec<u8>, WorkerError> {
    let source = hub.source;
    hub.bytes(path).await.map_err(|missing| missing.or(|| without(source, path)))
}

/// The graph without its weights.
fn read(file: &Blob, choice: &Choice) -> Result<Graph, Unread> {
    Graph::read(&Slices::of(file).ok_or(Unread::Disk)?, choice.name())
}

impl Choice {
    /// The file's name in its folder.
    fn name(&self) -> &str {
        self.graph.rsplit('/').next().unwrap_or_default()
    }
}

/// A file that the graph names, in the graph's folder.
fn beside(graph: &str, file: &str) -> String {
    let folder = graph.rfind('/').map_or("", |end| &graph[..=end]);
    format!("{folder}{file}")
}

fn part(path: &str, data: &Blob) -> JsValue {
    let part = Object::new();
    for (name, value) in [("path", JsValue::from_str(path)), ("data", data.into())] {
        // Fails only for objects that are sealed.
        let _ = Reflect::set(&part, &name.into(), &value);
    }
    part.into()
}

fn named(computer: &Computer, precision: &str) -> String {
    match (computer.device().as_str(), computer.name()) {
        ("webgpu", name) if name.is_empty() => format!("GPU {precision}"),
        ("webgpu", name) => format!("GPU {name} {precision}"),
        _ => format!("CPU onnxruntime {precision}"),
    }
}

fn four_bits(source: &Brought) -> WorkerError {
    WorkerError {
        kind: ErrorKind::BadModel,
        message: format!(
            "{} has matrices of four bits, which take twenty times as long here as those of eight: this browser gives no \
             GPU. Choose a model with an int8 file (onnx/model_quantized.onnx).",
            source.id
        ),
    }
}

fn unread(source: &Brought, choice: &Choice, why: Unread) -> WorkerError {
    let Choice { graph, .. } = choice;
    match why {
        Unread::Malformed => not_the_layout(source, &format!("{graph} cannot be read as ONNX")),
        Unread::Disk => WorkerError {
            kind: ErrorKind::Download,
            message: format!(
                "{graph} of {} could not be read from this browser's storage. Choose the model again.",
                source.id
            ),
        },
        Unread::Heavy => WorkerError {
            kind: ErrorKind::BadModel,
            message: format!(
                "{graph} of {} holds more than 256 MB that cannot be read piece by piece. Choose another file of the model.",
                source.id
            ),
        },
    }
}

fn too_long(source: &Brought, path: &str) -> WorkerError {
    WorkerError {
        kind: ErrorKind::BadModel,
        message: format!(
            "{path} of {} is larger than 4 GB, which is more than the runtime reads. Choose a smaller model.",
            source.id
        ),
    }
}

fn without(source: &Brought, file: &str) -> WorkerError {
    not_the_layout(source, &format!("it has no {file}"))
}

fn not_the_layout(source: &Brought, reason: &str) -> WorkerError {
    WorkerError {
        kind: ErrorKind::BadModel,
        message: format!(
            "{} is no decoder that can be loaded: {reason}. It needs config.json, tokenizer.json and onnx/model*.onnx, as \
             models for transformers.js have them.",
            source.id
        ),
    }
}

fn no_device() -> WorkerError {
    WorkerError {
        kind: ErrorKind::Internal,
        message: "The browser did not say what it can compute with.".to_owned(),
    }
}

/// Page and worker do not belong together.
fn other_build() -> WorkerError {
    WorkerError {
        kind: ErrorKind::Protocol,
        message: "This worker runs another kind of model. Reload the page.".to_owned(),
    }
}
