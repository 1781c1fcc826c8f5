//! One Web Worker and the messages to and from it. Dropping the port ends the worker.

use crate::words::engines as words;
use flint_protocol::{
    Brought, DecodeError, FromWorker, Layout, PROBE_WORKER, ToWorker, decode, encode,
};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

#[wasm_bindgen(raw_module = "flint-worker-url")]
extern "C" {
    #[wasm_bindgen(js_name = workerUrl)]
    fn worker_url() -> String;
    #[wasm_bindgen(js_name = biggerWorkerUrl)]
    fn bigger_worker_url() -> String;
}

/// What comes out of a worker.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PortEvent {
    Message(FromWorker),
    Unreadable(DecodeError),
    /// The worker's script failed, with the browser's words for it.
    Crashed(String),
}

/// A running worker.
pub(crate) struct WorkerPort {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl WorkerPort {
    /// Starts the worker that every page has, or the one for this model, which it is told by its name.
    ///
    /// # Errors
    /// A sentence for the user when the browser does not start the worker.
    pub(crate) fn start(
        bigger: Option<&Brought>,
        report: impl Fn(PortEvent) + 'static,
    ) -> Result<Self, String> {
        let url = match bigger.map(|bigger| &bigger.layout) {
            Some(Layout::Onnx) => bigger_worker_url(),
            Some(Layout::Gguf { .. }) | None => worker_url(),
        };
        Self::open(&url, bigger.map(encode).as_deref(), report)
    }

    /// Starts a worker that measures this device.
    ///
    /// # Errors
    /// A sentence for the user when the browser does not start the worker.
    pub(crate) fn start_probe(report: impl Fn(PortEvent) + 'static) -> Result<Self, String> {
        Self::open(&worker_url(), Some(PROBE_WORKER), report)
    }

    fn open(
        url: &str,
        name: Option<&str>,
        report: impl Fn(PortEvent) + 'static,
    ) -> Result<Self, String> {
        if url.is_empty() {
            return Err(words::NO_WORKER.into());
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        if let Some(name) = name {
            options.set_name(name);
        }
        let worker = Worker::new_with_options(url, &options);
        let worker = worker.map_err(|_| String::from(words::NOT_STARTED))?;
        let report = Rc::new(report);
        let on_message = listen_to_messages(&worker, Rc::clone(&report));
        let on_error = listen_to_errors(&worker, report);
        Ok(Self { worker, _on_message: on_message, _on_error: on_error })
    }

    pub(crate) fn send(&self, message: &ToWorker) {
        // A string can always be cloned, and a worker that is gone is noticed by its silence.
        let _ = self.worker.post_message(&encode(message).into());
    }
}

impl Drop for WorkerPort {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn listen_to_messages(
    worker: &Worker,
    report: Rc<impl Fn(PortEvent) + 'static>,
) -> Closure<dyn FnMut(MessageEvent)> {
    let closure = Closure::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        report(decode(&text).map_or_else(PortEvent::Unreadable, PortEvent::Message));
    });
    let listener: &js_sys::Function = closure.as_ref().unchecked_ref();
    worker.set_onmessage(Some(listener));
    closure
}

fn listen_to_errors(
    worker: &Worker,
    report: Rc<impl Fn(PortEvent) + 'static>,
) -> Closure<dyn FnMut(ErrorEvent)> {
    let closure = Closure::new(move |event: ErrorEvent| {
        event.prevent_default();
        // A script that could not be fetched gives a plain event without a message.
        let message = js_sys::Reflect::get(&event, &"message".into()).ok();
        report(PortEvent::Crashed(message.and_then(|text| text.as_string()).unwrap_or_default()));
    });
    worker.set_onerror(Some(closure.as_ref().unchecked_ref()));
    closure
}
