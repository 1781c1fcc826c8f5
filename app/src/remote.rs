//! Requests to model servers: one `fetch` each, its bytes as they come, its end when it is dropped.

use crate::pass::{Pass, Unanswered};
use crate::{network, page};
use flint_remote::{Event, Head, Kind, RemoteError, Request, Stream};
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
    /// It was not sent, for there is no key.
    NoKey(RemoteError),
    Silent,
}

/// A request under way. Dropping it ends it.
pub(crate) struct Sending {
    abort: AbortController,
    silence: Rc<RefCell<Option<Timeout>>>,
    over: Rc<Cell<bool>>,
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.over.set(true);
        self.silence.take();
        self.abort.abort();
    }
}

/// Sends a request; `report` hears what comes until it has ended or is dropped.
///
/// # Errors
/// The browser's words when it cannot even begin.
pub(crate) fn send(
    request: Request,
    pass: Pass,
    report: impl Fn(Signal) + 'static,
) -> Result<Sending, String> {
    let abort = AbortController::new().map_err(|error| page::reason(&error))?;
    let signal = abort.signal();
    let over = Rc::new(Cell::new(false));
    let silence = Rc::new(RefCell::new(None));
    let report: Rc<dyn Fn(Signal)> = {
        let over = over.clone();
        Rc::new(move |signal| {
            if !over.get() {
                report(signal);
            }
        })
    };
    let sending = Sending { abort, silence: silence.clone(), over: over.clone() };
    let watch = move |report: &Rc<dyn Fn(Signal)>, ms| {
        let report = report.clone();
        let timer = Timeout::new(ms, move || report(Signal::Silent));
        if !over.get() {
            silence.replace(Some(timer));
        }
    };
    watch(&report, FIRST_SILENCE_MS);
    spawn_local(async move {
        let read = async {
            let response = pass.send(&request, Some(&signal)).await?;
            Ok(read(response, &report, || watch(&report, SILENCE_MS)).await?)
        };
        report(match read.await {
            Ok(()) => Signal::End,
            Err(Unanswered::Broken(error)) => Signal::Broken(page::reason(&error)),
            Err(Unanswered::NoKey(error)) => Signal::NoKey(error),
        });
    });
    Ok(sending)
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

async fn read(
    response: Response,
    report: &Rc<dyn Fn(Signal)>,
    alive: impl Fn(),
) -> Result<(), JsValue> {
    let header = |name| response.headers().get(name).ok().flatten();
    report(Signal::Head {
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
        alive();
        let bytes: Uint8Array = Reflect::get(&chunk, &"value".into())?.dyn_into()?;
        report(Signal::Bytes(bytes.to_vec()));
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
