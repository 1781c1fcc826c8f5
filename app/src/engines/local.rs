//! The model worker's whole life: start, handshake, load, requests, loss, restart.
//!
//! Signals come in through the session's queue like every other event; what they mean goes out as
//! [`Report`]s. The engine never touches the assistant or the page.

use super::bigger::Bigger;
use super::catalogue::{self, Offer};
use super::patience::{BIGGER_ANSWER_MS, HELLO_MS, LOADING_MS, Patience, TRANSLATING_MS};
use super::worker_port::{PortEvent, WorkerPort};
use crate::words::engines as words;
use flint_protocol::{
    Chat, ChatRequest, CompletionRequest, EngineInfo, ErrorKind, FinishReason, FromWorker,
    Neighbour, PROTOCOL_VERSION, RequestId, Timings, ToWorker,
};
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Counts workers, so that a late word of a dead one is not taken for a living one's.
static WORKERS: AtomicU32 = AtomicU32::new(1);

/// What the status bar says of the engine.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Status {
    #[default]
    Starting,
    Loading {
        loaded_bytes: u64,
        total_bytes: u64,
    },
    Ready {
        name: String,
        info: EngineInfo,
    },
    /// Lost, and about to be started again.
    Restarting,
    /// Given up; a model on a server makes the suggestions.
    Remote {
        name: String,
    },
    /// Given up, until the user says “try again”.
    Failed {
        message: String,
    },
}

impl Status {
    /// The name of the model in the tab, and whether it answers questions; none while there is none.
    pub(crate) fn model(&self) -> Option<(&str, &Chat)> {
        match self {
            Self::Ready { name, info } => Some((name, &info.chat)),
            _ => None,
        }
    }
}

/// Something reached the engine: from the worker with this number, a timer or the network.
#[derive(Debug)]
pub(crate) enum Signal {
    Port(u32, PortEvent),
    /// The worker with this number was silent for too long.
    Overdue(u32),
    /// The pause before a restart is over.
    Restart,
    Catalogue(Result<Offer, String>),
}

/// What the session must know.
#[derive(Debug)]
pub(crate) enum Report {
    Status(Status),
    /// So much of a question has been read, in parts of one.
    Reading {
        id: RequestId,
        read: f64,
    },
    Text {
        id: RequestId,
        text: String,
    },
    Done {
        id: RequestId,
        finish: FinishReason,
        timings: Timings,
    },
    Failed {
        id: RequestId,
        message: String,
    },
    /// No request will be answered before the next [`Status::Ready`].
    Lost,
}

type Sender = Rc<dyn Fn(Signal)>;

/// The worker, if one runs, and what is expected of it.
pub(crate) struct LocalEngine {
    send: Sender,
    port: Option<WorkerPort>,
    number: u32,
    /// The model that the user wants in place of the page's own.
    bigger: Option<Bigger>,
    said_hello: bool,
    ready: bool,
    model: Option<Offer>,
    /// The completion and the question that are not answered yet.
    awaited: Option<RequestId>,
    asked: Option<RequestId>,
    patience: Patience,
    timer: Option<Timeout>,
}

impl LocalEngine {
    pub(crate) fn new(send: impl Fn(Signal) + 'static) -> Self {
        Self {
            send: Rc::new(send),
            port: None,
            number: 0,
            bigger: None,
            said_hello: false,
            ready: false,
            model: None,
            awaited: None,
            asked: None,
            patience: Patience::default(),
            timer: None,
        }
    }

    /// An engine for a model that the user wants in place of the page's own.
    pub(crate) fn of(bigger: Bigger, send: impl Fn(Signal) + 'static) -> Self {
        Self { bigger: Some(bigger), ..Self::new(send) }
    }

    pub(crate) fn bigger(&self) -> Option<&Bigger> {
        self.bigger.as_ref()
    }

    /// Whether a signal is this engine's and no other's.
    pub(crate) fn owns(&self, signal: &Signal) -> bool {
        match signal {
            Signal::Port(number, _) | Signal::Overdue(number) => *number == self.number,
            Signal::Restart | Signal::Catalogue(_) => self.bigger.is_none(),
        }
    }

    /// Starts afresh: a new worker, and the list of models if it is not here yet.
    pub(crate) fn start(&mut self) -> Vec<Report> {
        self.patience.renew();
        if self.model.is_none() && self.bigger.is_none() {
            let send = Rc::clone(&self.send);
            wasm_bindgen_futures::spawn_local(async move {
                send(Signal::Catalogue(catalogue::default_model().await));
            });
        }
        self.start_worker()
    }

    pub(crate) fn request(&mut self, request: CompletionRequest) {
        if self.awaited.replace(request.id).is_none() && self.asked.is_none() {
            self.expect_word_within(self.answer_ms());
        }
        self.post(&ToWorker::Complete(request));
    }

    /// Asks for an answer in words; suggestions wait until it is there.
    pub(crate) fn ask(&mut self, request: ChatRequest) {
        self.asked = Some(request.id);
        self.expect_word_within(self.answer_ms());
        self.post(&ToWorker::Chat(request));
    }

    pub(crate) fn know(&self, neighbours: Vec<Neighbour>) {
        self.post(&ToWorker::Know { neighbours });
    }

    pub(crate) fn cancel(&mut self, id: RequestId) {
        self.post(&ToWorker::Cancel { id });
    }

    pub(crate) fn handle(&mut self, signal: Signal) -> Vec<Report> {
        match signal {
            Signal::Port(number, _) | Signal::Overdue(number) if number != self.number => vec![],
            Signal::Port(_, PortEvent::Message(message)) => self.hear(message),
            Signal::Port(_, PortEvent::Unreadable(error)) => self.give_up(error.to_string()),
            Signal::Port(_, PortEvent::Crashed(_)) => self.lose(words::STOPPED),
            Signal::Overdue(_) => {
                self.patience.after_silence();
                self.lose(words::SILENT)
            }
            Signal::Restart => self.start_worker(),
            Signal::Catalogue(Ok(model)) => {
                self.model = Some(model);
                self.load()
            }
            Signal::Catalogue(Err(message)) => self.give_up(message),
        }
    }

    fn start_worker(&mut self) -> Vec<Report> {
        self.stop();
        let (send, number) = (Rc::clone(&self.send), self.number);
        let model = self.bigger.as_ref().map(|bigger| &bigger.source);
        match WorkerPort::start(model, move |event| send(Signal::Port(number, event))) {
            Ok(port) => {
                self.port = Some(port);
                self.expect_word_within(HELLO_MS);
                vec![Report::Status(Status::Starting)]
            }
            Err(message) => self.give_up(message),
        }
    }

    fn hear(&mut self, message: FromWorker) -> Vec<Report> {
        match message {
            FromWorker::Hello { protocol, .. } if protocol != PROTOCOL_VERSION => {
                self.give_up(words::OTHER_VERSION.into())
            }
            FromWorker::Hello { .. } => {
                self.said_hello = true;
                self.timer = None;
                self.load()
            }
            FromWorker::Loading { loaded_bytes, total_bytes } => {
                let waits = if self.bigger.is_some() { TRANSLATING_MS } else { LOADING_MS };
                self.expect_word_within(waits);
                vec![Report::Status(Status::Loading { loaded_bytes, total_bytes })]
            }
            FromWorker::Ready(info) => {
                self.ready = true;
                self.timer = None;
                let own = self.model.as_ref().map(|model| &model.name);
                let name = self.bigger.as_ref().map(|bigger| &bigger.name).or(own);
                let name = name.unwrap_or(&info.model).clone();
                vec![Report::Status(Status::Ready { name, info })]
            }
            FromWorker::Probed(_) => vec![],
            FromWorker::Reading { id, read_tokens, prompt_tokens } => {
                self.expect_word_within(self.answer_ms());
                let read = f64::from(read_tokens) / f64::from(prompt_tokens.max(1));
                vec![Report::Reading { id, read }]
            }
            FromWorker::Text { id, text } => {
                self.expect_word_within(self.answer_ms());
                vec![Report::Text { id, text }]
            }
            FromWorker::Done { id, finish_reason: finish, timings } => {
                self.patience.renew();
                self.answered(id);
                vec![Report::Done { id, finish, timings }]
            }
            FromWorker::Failed { id: Some(id), error } => {
                self.answered(id);
                vec![Report::Failed { id, message: error.message }]
            }
            FromWorker::Failed { id: None, error } => match error.kind {
                ErrorKind::OutOfMemory | ErrorKind::Internal => self.lose(&error.message),
                _ => self.give_up(error.message),
            },
        }
    }

    /// Asks for the model as soon as there is a worker to ask and a model to ask for.
    fn load(&mut self) -> Vec<Report> {
        if self.bigger.is_some() {
            // Its worker knows its model from the start.
            self.expect_word_within(LOADING_MS);
            return vec![Report::Status(Status::Loading { loaded_bytes: 0, total_bytes: 0 })];
        }
        let Some(model) = self.model.clone().filter(|_| self.said_hello && !self.ready) else {
            return vec![];
        };
        let total_bytes = model.source.bytes();
        self.post(&ToWorker::Load { model: model.source });
        self.expect_word_within(LOADING_MS);
        vec![Report::Status(Status::Loading { loaded_bytes: 0, total_bytes })]
    }

    /// `why` is for a bigger model, which is not tried again: the page's own takes over.
    fn lose(&mut self, why: &str) -> Vec<Report> {
        self.stop();
        if let Some(bigger) = &self.bigger {
            return self.give_up(words::unusable(&bigger.name, why));
        }
        let Some(pause) = self.patience.after_loss() else {
            return self.give_up(words::STOPPED_OFTEN.into());
        };
        let send = Rc::clone(&self.send);
        self.timer = Some(Timeout::new(pause, move || send(Signal::Restart)));
        vec![Report::Lost, Report::Status(Status::Restarting)]
    }

    fn give_up(&mut self, message: String) -> Vec<Report> {
        self.stop();
        vec![Report::Lost, Report::Status(Status::Failed { message })]
    }

    fn stop(&mut self) {
        self.number = WORKERS.fetch_add(1, Ordering::Relaxed);
        self.port = None;
        self.said_hello = false;
        self.ready = false;
        self.awaited = None;
        self.asked = None;
        self.timer = None;
    }

    fn answered(&mut self, id: RequestId) {
        self.awaited.take_if(|awaited| *awaited == id);
        self.asked.take_if(|asked| *asked == id);
        if self.awaited.is_none() && self.asked.is_none() {
            self.timer = None;
        } else {
            self.expect_word_within(self.answer_ms());
        }
    }

    fn answer_ms(&self) -> u32 {
        if self.bigger.is_some() { BIGGER_ANSWER_MS } else { self.patience.answer_ms() }
    }

    /// From now on the worker must say something within this time.
    fn expect_word_within(&mut self, ms: u32) {
        let (send, number) = (Rc::clone(&self.send), self.number);
        self.timer = Some(Timeout::new(ms, move || send(Signal::Overdue(number))));
    }

    fn post(&self, message: &ToWorker) {
        if let Some(port) = &self.port {
            port.send(message);
        }
    }
}
