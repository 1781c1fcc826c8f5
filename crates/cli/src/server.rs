//! A model server over HTTP, for the terminal: `flint_remote` decides, this carries bytes.

use anyhow::{Context, Result};
use flint_remote::{
    Address, Ask, Effort, Event, Finish, Head, Kind, Manner, Protocol, RemoteError, Request, Stream,
};
use std::io::Read;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use ureq::{Agent, RequestBuilder};

const CONNECT: Duration = Duration::from_secs(10);
/// The first byte may take long where a machine reads a long text.
const FIRST_SILENCE: Duration = Duration::from_secs(120);
const READ: usize = 16 << 10;

/// Which server, and how.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) address: Address,
    /// Empty where the server's first is meant.
    pub(crate) model: String,
    pub(crate) key: String,
    pub(crate) protocol: Protocol,
    pub(crate) effort: Effort,
    /// Seconds without a byte after which an answer counts as broken off.
    pub(crate) silence: f64,
}

/// What the connection has to say.
enum Signal {
    Head { status: u16, headers: [Option<String>; 3] },
    Bytes(Vec<u8>),
    End,
    Broken(String),
}

impl Server {
    /// The model that answers.
    ///
    /// # Errors
    /// [`RemoteError`], or that the server has none.
    pub(crate) fn model(&self) -> Result<String> {
        if self.model.is_empty() {
            return first_model(&agent(), &self.address, &self.key);
        }
        Ok(self.model.clone())
    }

    /// Asks, and gives each piece of text as it comes.
    pub(crate) fn ask(
        &self,
        ask: &Ask,
        model: &str,
        text: impl FnMut(&str),
    ) -> Result<Finish, RemoteError> {
        let manner = Manner { effort: self.effort, ..Manner::default() };
        let request = ask.request(&self.address, self.protocol, model, manner);
        self.listen(send(agent(), request, self.key.clone()), text)
    }

    fn listen(
        &self,
        signals: mpsc::Receiver<Signal>,
        mut text: impl FnMut(&str),
    ) -> Result<Finish, RemoteError> {
        let mut stream = Stream::new(self.protocol);
        let silence = Duration::try_from_secs_f64(self.silence).unwrap_or(FIRST_SILENCE);
        let mut patience = FIRST_SILENCE.max(silence);
        loop {
            let events = match signals.recv_timeout(patience) {
                Ok(Signal::Head { status, headers }) => stream.head(&head(status, &headers)),
                Ok(Signal::Bytes(bytes)) => stream.bytes(&bytes),
                Ok(Signal::End) => stream.end(),
                Ok(Signal::Broken(detail)) => {
                    stream.fail(RemoteError { kind: Kind::Network, detail })
                }
                Err(RecvTimeoutError::Timeout) => stream.fail(Kind::Stalled.into()),
                Err(RecvTimeoutError::Disconnected) => stream.end(),
            };
            patience = silence;
            for event in events {
                match event {
                    Event::Text(piece) => text(&piece),
                    Event::Done(finish) => return Ok(finish),
                    Event::Failed(error) => return Err(error),
                    Event::Reasoning(_) | Event::Usage(_) | Event::Finishing(_) => {}
                }
            }
        }
    }
}

fn agent() -> Agent {
    let config = Agent::config_builder()
        .timeout_connect(Some(CONNECT))
        .http_status_as_error(false)
        .max_redirects(0);
    config.build().into()
}

fn head(status: u16, [content_type, after, after_ms]: &[Option<String>; 3]) -> Head<'_> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Head {
        status,
        content_type: content_type.as_deref(),
        retry_after: after.as_deref(),
        retry_after_ms: after_ms.as_deref(),
        now_ms: now.as_secs_f64() * 1_000.0,
    }
}

/// Sends the request in a thread of its own, which ends with the connection.
fn send(agent: Agent, request: Request, key: String) -> mpsc::Receiver<Signal> {
    let (signals, heard) = mpsc::channel();
    thread::spawn(move || {
        let end = match carry(&agent, &request, &key, &signals) {
            Ok(()) => Signal::End,
            Err(reason) => Signal::Broken(reason),
        };
        // Nobody may listen any more.
        let _ = signals.send(end);
    });
    heard
}

fn carry(
    agent: &Agent,
    request: &Request,
    key: &str,
    signals: &Sender<Signal>,
) -> Result<(), String> {
    let post = with_headers(agent.post(&request.url), request, key);
    let response = post.send(&request.body).map_err(|error| error.to_string())?;
    let header = |name| {
        response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let headers = ["content-type", "retry-after", "retry-after-ms"].map(header);
    let head = Signal::Head { status: response.status().as_u16(), headers };
    if signals.send(head).is_err() {
        return Ok(());
    }
    let mut body = response.into_body().into_reader();
    let mut bytes = vec![0; READ];
    loop {
        let count = body.read(&mut bytes).map_err(|error| error.to_string())?;
        if count == 0 || signals.send(Signal::Bytes(bytes[..count].to_vec())).is_err() {
            return Ok(());
        }
    }
}

fn with_headers<B>(builder: RequestBuilder<B>, request: &Request, key: &str) -> RequestBuilder<B> {
    let headers = request.headers(key).into_iter();
    headers.fold(builder, |builder, (name, value)| builder.header(name, value))
}

fn first_model(agent: &Agent, address: &Address, key: &str) -> Result<String> {
    let request = Request::models(address);
    let get = with_headers(agent.get(&request.url), &request, key);
    let broken =
        |error: ureq::Error| RemoteError { kind: Kind::Network, detail: error.to_string() };
    let mut response = get.call().map_err(broken)?;
    let status = response.status().as_u16();
    let body = response.body_mut().read_to_string().map_err(broken)?;
    let models = flint_remote::models(status, &body)?;
    models.into_iter().next().context("the server lists no models; name one with --model")
}
