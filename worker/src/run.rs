//! The worker's one loop: take a job, do it, answer.

use crate::{
    backend::{self, BUILD, Model},
    inbox::{Job, Waiting},
    port::Port,
    turn::Turn,
};
use flint_inference::Host;
use flint_protocol::{ErrorKind, FromWorker, PROTOCOL_VERSION, RequestId, WorkerError};

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
            Job::Complete(waiting) => {
                complete(model.as_mut(), &waiting, &port, &turn).await;
                port.finished();
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

async fn complete(model: Option<&mut Model>, waiting: &Waiting, port: &Port, turn: &Turn) {
    let id = waiting.request.id;
    let Some(model) = model else {
        port.send(&failed(Some(id), internal("No model is loaded yet.")));
        return;
    };
    let started = port.now_ms();
    let mut host = WorkerHost {
        id,
        port,
        turn,
        unsent: String::new(),
        last_turn_ms: waiting.arrived_ms,
        first_text_ms: None,
    };
    let completed = model.engine.complete(&waiting.request, &mut host).await;
    host.send_text();
    let answer = match completed {
        Ok(completion) => {
            let mut timings = completion.timings;
            timings.queue_ms = started - waiting.arrived_ms;
            let first_text_ms = host.first_text_ms.unwrap_or_else(|| port.now_ms());
            timings.first_text_ms = first_text_ms - waiting.arrived_ms;
            timings.arrived_ms = port.since_1970_ms(waiting.arrived_ms);
            FromWorker::Done { id, finish_reason: completion.finish_reason, timings }
        }
        Err(error) => failed(Some(id), error.into()),
    };
    port.send(&answer);
    if let FromWorker::Failed { error, .. } = answer
        && error.kind == ErrorKind::Engine
    {
        // It will not do better with the next request.
        port.send(&failed(None, error));
    }
}

/// A turn costs about as much as a token of the bundled model, so not every token gets one. Nobody
/// sees four milliseconds.
const TURN_EVERY_MS: f64 = 4.0;

/// The decode loop's place in the worker.
struct WorkerHost<'a> {
    id: RequestId,
    port: &'a Port,
    turn: &'a Turn,
    /// Text since the last turn: the page cannot paint it sooner.
    unsent: String,
    last_turn_ms: f64,
    first_text_ms: Option<f64>,
}

impl WorkerHost<'_> {
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
}

fn failed(id: Option<RequestId>, error: WorkerError) -> FromWorker {
    FromWorker::Failed { id, error }
}

fn internal(message: &str) -> WorkerError {
    WorkerError { kind: ErrorKind::Internal, message: message.to_owned() }
}
