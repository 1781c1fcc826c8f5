//! The bigger tier: an ONNX decoder through `ort`, whose sessions are onnxruntime-web's. The one file that names it.
//!
//! Nothing is registered from here: `js/ort_runtime.js` sets the execution provider and keeps the KV cache where it
//! was computed (`js/held_session.js`), so ids go in and logits come out.

use super::runtime::{self, Computer};
use flint_inference::{Backend, Error, share_of_step};
use flint_protocol::{ErrorKind, WorkerError};
use ort::{
    session::{RunOptions, Session, SessionInputValue},
    value::Tensor,
};
use std::{borrow::Cow, cell::RefCell};

/// Reading this many tokens at once keeps a GPU busy and a cancel near.
const GPU_CHUNK: usize = 64;
const CPU_CHUNK: usize = 16;
/// Longer ones are read by another kernel of the runtime where attention is one node.
const SHORT_CHUNK: usize = 16;
/// Tokens of a trial text: more than the longest run that is read well on every GPU.
const TRIAL: usize = 48;
/// What 16-bit floats and another order of sums may move, as a share of the widest logit.
const SAME: f32 = 0.05;
/// More context than this costs more time to read than it is worth while somebody types.
const GPU_CONTEXT: usize = 1024;
const CPU_CONTEXT: usize = 512;
/// A question may be longer; whoever asks one waits.
const GPU_CHAT_CONTEXT: usize = 4096;
const CPU_CHAT_CONTEXT: usize = 2048;
/// Tokens that a guess may add; measures what a batch costs.
const BATCH: usize = 4;
/// Rounds in which that is measured; none begins after so long.
const ROUNDS: usize = 7;
const ENOUGH_MS: f64 = 200.0;

thread_local! {
    /// The runtime is started once in a worker's life.
    static ENVIRONMENT: RefCell<Option<ort::environment::Environment>> = const { RefCell::new(None) };
}

/// A session and the logits of its last reading.
pub(crate) struct OrtBackend {
    session: Session,
    options: RunOptions,
    gpu: bool,
    chunk: usize,
    vocab: usize,
    window: usize,
    capacity: usize,
    held: usize,
    takes_positions: bool,
    /// The input that says how many logits are wanted, where the model has one.
    counts_logits: Option<String>,
    logits: Vec<f32>, // (kept, vocab)
}

/// Starts the runtime for this device.
pub(crate) async fn start(computer: &Computer) -> Result<(), WorkerError> {
    if ENVIRONMENT.with_borrow(Option::is_some) {
        return Ok(());
    }
    let dist = ort_web::Dist::new(runtime::runtime_base()).with_script_name(computer.script());
    let api = ort_web::api(dist).await.map_err(|error| unavailable(&error.to_string()))?;
    ort::set_api(api);
    let started = ort::init().with_telemetry(false).build();
    let environment = started.map_err(|error| unavailable(&error.to_string()))?;
    ENVIRONMENT.set(Some(environment));
    Ok(())
}

impl OrtBackend {
    /// Opens the session whose parts were given to [`runtime::prepare`]; `context` is what the model was trained for.
    ///
    /// # Errors
    /// When the runtime refuses the model.
    pub(crate) async fn open(gpu: bool, context: usize) -> Result<Self, WorkerError> {
        let environment = ENVIRONMENT.with_borrow(Clone::clone);
        let environment = environment.ok_or_else(|| unavailable("it was not started"))?;
        let refused = |error: ort::Error| WorkerError {
            kind: ErrorKind::BadModel,
            message: format!("The runtime does not take this model: {error}."),
        };
        let builder = Session::builder(&environment);
        let mut builder = builder.map_err(|error| unavailable(&error.to_string()))?;
        // The address is not looked at: the parts are there already.
        let session = builder.commit_from_url("prepared").await.map_err(refused)?;
        let has = |name: &str| session.inputs().iter().any(|input| input.name() == name);
        let takes_positions = has("position_ids");
        let counts_logits =
            ["num_logits_to_keep", "logits_to_keep"].into_iter().find(|name| has(name));
        let counts_logits = counts_logits.map(str::to_owned);
        let options = RunOptions::new().map_err(|error| unavailable(&error.to_string()))?;
        let (window, capacity) = match gpu {
            true => (GPU_CONTEXT, GPU_CHAT_CONTEXT),
            false => (CPU_CONTEXT, CPU_CHAT_CONTEXT),
        };
        let [window, capacity] = [window, capacity].map(|most| most.min(context));
        let (vocab, held, logits) = (0, 0, Vec::new());
        let mut backend = Self {
            session,
            options,
            gpu,
            chunk: if gpu { GPU_CHUNK } else { CPU_CHUNK },
            vocab,
            window,
            capacity,
            held,
            takes_positions,
            counts_logits,
            logits,
        };
        // One token proves the model, tells how many it knows, and lets a GPU translate its programs.
        backend.read(&[0], 1).await?;
        backend.vocab = backend.logits.len();
        backend.truncate(0);
        Ok(backend)
    }

    /// Reads one text in different ways, which must come to the same, and keeps to the longest parts that do.
    ///
    /// # Errors
    /// When even short parts give other answers than single tokens: nothing that the model says can be trusted then.
    pub(crate) async fn choose_chunk(&mut self) -> Result<(), WorkerError> {
        let text: Vec<u32> = (0..TRIAL.min(self.capacity) as u32)
            .map(|at| at * 7919 % self.vocab.max(1) as u32)
            .collect();
        let short = self.trial(&text, SHORT_CHUNK).await?;
        if !same(&short, &self.trial(&text, GPU_CHUNK).await?) {
            self.chunk = SHORT_CHUNK;
        }
        let few = &text[..SHORT_CHUNK / 2];
        if same(&self.trial(few, SHORT_CHUNK).await?, &self.trial(few, 1).await?) {
            return Ok(());
        }
        Err(WorkerError {
            kind: ErrorKind::Engine,
            message: "This GPU computes the model's attention wrongly: the same text gives different answers. Take a model \
                      whose attention is written out, or choose “Leave the GPU alone”."
                .to_owned(),
        })
    }

    /// The logits behind a text that is read in such parts.
    async fn trial(&mut self, text: &[u32], chunk: usize) -> Result<Vec<f32>, WorkerError> {
        self.truncate(0);
        for part in text.chunks(chunk) {
            self.read(part, 1).await?;
        }
        let logits = std::mem::take(&mut self.logits);
        self.truncate(0);
        Ok(logits)
    }

    /// Milliseconds to read so many tokens of a text of their own.
    async fn time(&mut self, count: usize, now_ms: impl Fn() -> f64) -> Result<f64, Error> {
        self.truncate(0);
        let started = now_ms();
        self.read(&vec![0; count], count).await?;
        Ok(now_ms() - started)
    }

    fn inputs(
        &self,
        tokens: &[u32],
        kept: usize,
    ) -> Result<Vec<(Cow<'static, str>, SessionInputValue<'static>)>, ort::Error> {
        let count = tokens.len();
        let total = self.held + count;
        let row = |values: Vec<i64>| Tensor::from_array(([1, values.len()], values));
        let ids = tokens.iter().map(|token| i64::from(*token)).collect();
        let mut inputs: Vec<(Cow<'static, str>, SessionInputValue<'static>)> = vec![
            ("input_ids".into(), row(ids)?.into()),
            ("attention_mask".into(), row(vec![1; total])?.into()),
        ];
        if self.takes_positions {
            let positions = (self.held as i64..total as i64).collect();
            inputs.push(("position_ids".into(), row(positions)?.into()));
        }
        if let Some(name) = &self.counts_logits {
            let scalar = Tensor::from_array(([0usize; 0], vec![kept as i64]))?;
            inputs.push((name.clone().into(), scalar.into()));
        }
        Ok(inputs)
    }

    async fn run(&mut self, tokens: &[u32], kept: usize) -> Result<(), ort::Error> {
        let inputs = self.inputs(tokens, kept)?;
        runtime::keep_rows(kept);
        self.session.run_async(inputs, &self.options).await?;
        // Read where they are: through `ort` they would be copied once more, and there may be 150,000 of them.
        let logits = runtime::logits();
        self.logits.resize(logits.length() as usize, 0.0);
        logits.copy_to(&mut self.logits);
        Ok(())
    }
}

impl Backend for OrtBackend {
    fn capacity(&self) -> usize {
        self.capacity
    }

    fn window(&self) -> usize {
        self.window
    }

    fn vocab(&self) -> usize {
        self.vocab
    }

    fn prefill_chunk(&self) -> usize {
        self.chunk
    }

    fn truncate(&mut self, length: usize) {
        runtime::truncate(length);
        self.held = self.held.min(length);
    }

    async fn batched_cost(&mut self, now_ms: impl Fn() -> f64) -> Result<f32, Error> {
        if !self.gpu {
            // Four tokens take three times as long as one here, and to forget wrong ones copies the cache.
            return Ok(1.0);
        }
        // The first readings translate programs.
        for count in [1, BATCH] {
            self.time(count, &now_ms).await?;
        }
        let mut best = [f64::INFINITY; 2];
        let first = now_ms();
        for _ in 0..ROUNDS {
            for (best, count) in best.iter_mut().zip([1, BATCH]) {
                *best = best.min(self.time(count, &now_ms).await?);
            }
            if now_ms() - first > ENOUGH_MS {
                break;
            }
        }
        self.truncate(0);
        Ok(share_of_step(best, BATCH))
    }

    async fn read(&mut self, tokens: &[u32], kept: usize) -> Result<(), Error> {
        let done = self.run(tokens, kept).await;
        self.held += tokens.len();
        if let Err(error) = done {
            return Err(Error::Engine { reason: error.to_string() });
        }
        if runtime::held_tokens() != self.held {
            return Err(Error::Engine { reason: "the KV cache has lost its place".to_owned() });
        }
        Ok(())
    }

    fn logits(&self, row: usize) -> &[f32] {
        self.logits.get(row * self.vocab..(row + 1) * self.vocab).unwrap_or_default()
    }
}

fn same(one: &[f32], other: &[f32]) -> bool {
    let widest = one.iter().fold(0.0f32, |most, logit| most.max(logit.abs()));
    let near = |(a, b): (&f32, &f32)| (a - b).abs() <= widest * SAME;
    one.len() == other.len() && one.iter().zip(other).all(near)
}

fn unavailable(reason: &str) -> WorkerError {
    WorkerError {
        kind: ErrorKind::Download,
        message: format!("The runtime of the bigger models could not be started ({reason})."),
    }
}
