//! The worker's one loop: take a job, do it, answer.

use crate::{
    backend::{self, BUILD, Model},
    inbox::{Job, Waiting},
    port::Port,
    turn::Turn,
};
use flint_inference::{Error, Host};
use flint_protocol::{
    ErrorKind, FinishReason, FromWorker, PROTOCOL_VERSION, RequestId, Timings, WorkerError,
};

/// Runs until the page ends the worker.
pub(crate) async fn run() {
    let port = Port::open();
    let Ok(turn) = Turn::new() else {
        port.send(&failed(None, internal("The browser refused a message channel.")));
        return;
    };
    port.send(&FromWorker::Hello { protocol: PROTOCOL_VERSION, build: BUILD.to_owned() });
    let own = backend::load_own(&port).await;
    let mut model = own.and_then(|loaded| ready(&port, loaded));
    loop {
        match port.job().await {
            Job::Load(source) => {
                // Two models never share the memory.
                drop(model.take());
                model = ready(&port, backend::load(&port, &source).await);
            }
            Job::Know(neighbours) => {
                if let Some(model) = &mut model {
                    model.engine.know(neighbours);
                }
            }
            Job::Complete(Waiting { request, arrived_ms }) => {
                let run = Run { id: request.id, arrived_ms, port: &port, turn: &turn };
                let done = run.with(model.as_mut(), async |model, host| {
                    let done = model.engine.complete(&request, host).await?;
                    Ok((done.finish_reason, done.timings))
                });
                done.await;
            }
            Job::Answer(Waiting { request, arrived_ms }) => {
                let run = Run { id: request.id, arrived_ms, port: &port, turn: &turn };
                let done = run.with(model.as_mut(), async |model, host| {
                    let done = model.engine.answer(&request, host).await?;
                    Ok((done.finish_reason, done.timings))
                });
                done.await;
            }
        }
    }
}

/// Tells the page how a loading ended.
fn ready(port: &Port, loaded: Result<Model, WorkerError>) -> Option<Model> {
    match loaded {
        Ok(model) => {
            port.send(&FromWorker::Ready(model.info.clone()));
            Some(model)
        }
        Err(error) => {
            port.send(&failed(None, error));
            None
        }
    }
}

/// One request from its arrival to its last message.
struct Run<'a> {
    id: RequestId,
    arrived_ms: f64,
    port: &'a Port,
    turn: &'a Turn,
}

impl Run<'_> {
    /// Has `compute` done, and tells the page how it ended.
    async fn with(
        self,
        model: Option<&mut Model>,
        compute: impl AsyncFnOnce(
            &mut Model,
            &mut WorkerHost<'_>,
        ) -> Result<(FinishReason, Timings), Error>,
    ) {
        let Self { id, arrived_ms, port, .. } = self;
        let answer = match model {
            None => failed(Some(id), internal("No model is loaded yet.")),
            Some(model) => {
                let started = port.now_ms();
                let mut host = WorkerHost::of(&self);
                let done = compute(model, &mut host).await;
                host.send_text();
                match done {
                    Ok((finish_reason, mut timings)) => {
                        timings.queue_ms = started - arrived_ms;
                        let first_text_ms = host.first_text_ms.unwrap_or_else(|| port.now_ms());
                        timings.first_text_ms = first_text_ms - arrived_ms;
                        timings.arrived_ms = port.since_1970_ms(arrived_ms);
                        FromWorker::Done { id, finish_reason, timings }
                    }
                    Err(error) => failed(Some(id), error.into()),
                }
            }
        };
        port.send(&answer);
        if let FromWorker::Failed { error, .. } = answer
            && error.kind == ErrorKind::Engine
        {
            // It will not do better with the next request.
            port.send(&failed(None, error));
        }
        port.finished();
    }
}

/// A turn costs about as much as a token of the bundled model, so not every token gets one. Nobody
/// sees four milliseconds.
const TURN_EVERY_MS: f64 = 4.0;
/// Nobody sees more often how far a question has been read.
const TOLD_EVERY_MS: f64 = 100.0;

/// The decode loop's place in the worker.
struct WorkerHost<'a> {
    id: RequestId,
    port: &'a Port,
    turn: &'a Turn,
    /// Text since the last turn: the page cannot paint it sooner.
    unsent: String,
    last_turn_ms: f64,
    first_text_ms: Option<f64>,
    /// When it was last told how much has been read.
    told_ms: f64,
}

impl<'a> WorkerHost<'a> {
    fn of(run: &Run<'a>) -> Self {
        Self {
            id: run.id,
            port: run.port,
            turn: run.turn,
            unsent: String::new(),
            last_turn_ms: run.arrived_ms,
            first_text_ms: None,
            told_ms: run.arrived_ms,
        }
    }

    fn send_text(&mut self) {
        if !self.unsent.is_empty() {
            let text = std::mem::take(&mut self.unsent);
            self.first_text_ms.get_or_insert_with(|| self.port.now_ms());
            self.port.send(&FromWorker::Text { id: self.id, text });
        }
    }
}

impl Host for WorkerHost<'_> {
    fn now_ms(&self) -> f64 {
        self.port.now_ms()
    }

    async fn proceed(&mut self) -> bool {
        if self.port.now_ms() - self.last_turn_ms >= TURN_EVERY_MS {
            self.send_text();
            self.turn.take().await;
            self.last_turn_ms = self.port.now_ms();
        }
        self.port.may_proceed()
    }

    fn text(&mut self, text: &str) {
        self.unsent.push_str(text);
    }

    fn reading(&mut self, read: usize, prompt: usize) {
        let now = self.port.now_ms();
        if self.id.is_question() && now - self.told_ms >= TOLD_EVERY_MS {
            self.told_ms = now;
            let (read_tokens, prompt_tokens) = (read as u32, prompt as u32);
            self.port.send(&FromWorker::Reading { id: self.id, read_tokens, prompt_tokens });
        }
    }
}

fn failed(id: Option<RequestId>, error: WorkerError) -> FromWorker {
    FromWorker::Failed { id, error }
}

fn internal(message: &str) -> WorkerError {
    WorkerError { kind: ErrorKind::Internal, message: message.to_owned() }
}
