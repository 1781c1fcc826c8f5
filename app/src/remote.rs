//! Requests to model servers: one `fetch` each, its bytes as they come, its end when it is dropped.

use crate::pass::{Pass, Unanswered};
use crate::socket::Turn;
use crate::{network, page};
use flint_remote::{Event, Head, Kind, RemoteError, Request, Stream, close_error};
use gloo_timers::callback::Timeout;
use js_sys::{Promise, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, AbortSignal, ReadableStreamDefaultReader, RequestCredentials, RequestInit,
    Response,
};

/// The first byte may take long where a machine reads a long text; after it, silence is a fault.
const FIRST_SILENCE_MS: u32 = 120_000;
const SILENCE_MS: u32 = 20_000;

/// What comes back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Signal {
    Head {
        status: u16,
        content_type: Option<String>,
        retry_after: Option<String>,
        retry_after_ms: Option<String>,
    },
    Bytes(Vec<u8>),
    End,
    /// The connection failed, in the browser's words.
    Broken(String),
    /// An event over a socket.
    Frame(String),
    /// The socket was closed, with a code and a reason.
    Closed(u16, String),
    /// It was not sent, for there is no key.
    NoKey(RemoteError),
    Silent,
}

/// A request under way. Dropping it ends it.
pub(crate) struct Sending {
    pub(crate) ear: Ear,
    pub(crate) abort: AbortController,
    /// Where it goes over a socket.
    pub(crate) turn: Option<Rc<Turn>>,
}

impl Sending {
    /// Nothing is sent yet; `report` hears what comes until it has ended or this is dropped.
    ///
    /// # Errors
    /// The browser's words when it cannot even begin.
    pub(crate) fn new(report: impl Fn(Signal) + 'static) -> Result<Self, String> {
        let abort = AbortController::new().map_err(|error| page::reason(&error))?;
        let ear = Ear { report: Rc::new(report), silence: Rc::default(), over: Rc::default() };
        ear.wait(FIRST_SILENCE_MS);
        Ok(Self { ear, abort, turn: None })
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.ear.over.set(true);
        self.ear.silence.take();
        self.abort.abort();
    }
}

/// Who hears of a request, until it is over.
#[derive(Clone)]
pub(crate) struct Ear {
    report: Rc<dyn Fn(Signal)>,
    silence: Rc<RefCell<Option<Timeout>>>,
    over: Rc<Cell<bool>>,
}

impl Ear {
    pub(crate) fn say(&self, signal: Signal) {
        if !self.over.get() {
            (self.report)(signal);
        }
    }

    /// Something has come: from now on the next may not take long.
    pub(crate) fn alive(&self) {
        self.wait(SILENCE_MS);
    }

    fn wait(&self, ms: u32) {
        let report = self.report.clone();
        let timer = Timeout::new(ms, move || report(Signal::Silent));
        if !self.over.get() {
            self.silence.replace(Some(timer));
        }
    }
}

/// Sends a request over HTTP.
///
/// # Errors
/// The browser's words when it cannot even begin.
pub(crate) fn send(
    request: Request,
    pass: Pass,
    report: impl Fn(Signal) + 'static,
) -> Result<Sending, String> {
    let sending = Sending::new(report)?;
    carry(request, pass, sending.abort.signal(), sending.ear.clone());
    Ok(sending)
}

/// Carries a request there and its answer back.
pub(crate) fn carry(request: Request, pass: Pass, signal: AbortSignal, ear: Ear) {
    spawn_local(async move {
        let read = async {
            let response = pass.send(&request, Some(&signal)).await?;
            Ok(read(response, &ear).await?)
        };
        ear.say(match read.await {
            Ok(()) => Signal::End,
            Err(Unanswered::Broken(error)) => Signal::Broken(page::reason(&error)),
            Err(Unanswered::NoKey(error)) => Signal::NoKey(error),
        });
    });
}

pub(crate) fn start(
    request: &Request,
    key: &str,
    credentials: RequestCredentials,
    signal: Option<&AbortSignal>,
) -> Result<Promise, JsValue> {
    let Request { method, url, body } = request;
    network::begin((method, url, body), &request.headers(key), credentials, signal)
}

async fn read(response: Response, ear: &Ear) -> Result<(), JsValue> {
    let header = |name| response.headers().get(name).ok().flatten();
    ear.say(Signal::Head {
        status: response.status(),
        content_type: header("content-type"),
        retry_after: header("retry-after"),
        retry_after_ms: header("retry-after-ms"),
    });
    let Some(body) = response.body() else { return Ok(()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().dyn_into()?;
    loop {
        let chunk = JsFuture::from(reader.read()).await?;
        if Reflect::get(&chunk, &"done".into())?.is_truthy() {
            return Ok(());
        }
        ear.alive();
        let bytes: Uint8Array = Reflect::get(&chunk, &"value".into())?.dyn_into()?;
        ear.say(Signal::Bytes(bytes.to_vec()));
    }
}

/// Sends a request without a key and gives its whole answer: status and text.
///
/// # Errors
/// The browser's words when there is no answer that the page may read.
pub(crate) async fn fetch(
    request: &Request,
    credentials: RequestCredentials,
) -> Result<(u16, String), String> {
    let answer = async {
        whole(JsFuture::from(start(request, "", credentials, None)?).await?.dyn_into()?).await
    };
    answer.await.map_err(|error: JsValue| page::reason(&error))
}

/// An answer's status and text.
pub(crate) async fn whole(response: Response) -> Result<(u16, String), JsValue> {
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}

/// What a signal means to the answer that it belongs to.
pub(crate) fn events(stream: &mut Stream, signal: &Signal) -> Vec<Event> {
    match signal {
        Signal::Head { status, content_type, retry_after, retry_after_ms } => stream.head(&Head {
            status: *status,
            content_type: content_type.as_deref(),
            retry_after: retry_after.as_deref(),
            retry_after_ms: retry_after_ms.as_deref(),
            now_ms: page::wall_clock_ms(),
        }),
        Signal::Bytes(bytes) => stream.bytes(bytes),
        Signal::End => stream.end(),
        Signal::Broken(detail) => stream.fail(RemoteError::new(Kind::Network, detail)),
        Signal::Frame(frame) => stream.frame(frame),
        Signal::Closed(code, reason) => stream.fail(close_error(*code, reason)),
        Signal::NoKey(error) => stream.fail(error.clone()),
        Signal::Silent => stream.fail(Kind::Stalled.into()),
    }
}

/// Whether anything answers at this address, readable or not.
pub(crate) async fn reaches(url: &str) -> bool {
    let options = RequestInit::new();
    options.set_mode(web_sys::RequestMode::NoCors);
    options.set_credentials(web_sys::RequestCredentials::Omit);
    let Some(window) = web_sys::window() else { return false };
    JsFuture::from(window.fetch_with_str_and_init(url, &options)).await.is_ok()
}
