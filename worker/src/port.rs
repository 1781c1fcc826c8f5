//! The worker's end of `postMessage`, and a bell that rings when something arrives.

use crate::inbox::{Inbox, Job};
use flint_protocol::{ErrorKind, FromWorker, ToWorker, WorkerError};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Sends and receives messages for the life of the worker.
#[derive(Clone)]
pub(crate) struct Port {
    scope: DedicatedWorkerGlobalScope,
    inbox: Rc<RefCell<Inbox>>,
    /// Resolves the promise that the loop waits on, while it waits.
    bell: Rc<RefCell<Option<js_sys::Function>>>,
}

impl Port {
    /// Begins to listen.
    pub(crate) fn open() -> Self {
        let port = Self {
            scope: js_sys::global().unchecked_into(),
            inbox: Rc::default(),
            bell: Rc::default(),
        };
        let listener = port.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            listener.receive(&event.data());
        });
        port.scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // The worker listens until it ends, and its memory ends with it.
        on_message.forget();
        port
    }

    /// What the page called the worker when it started it.
    pub(crate) fn name(&self) -> String {
        self.scope.name()
    }

    /// Milliseconds since the worker began.
    pub(crate) fn now_ms(&self) -> f64 {
        self.scope.performance().map_or(0.0, |performance| performance.now())
    }

    /// A moment on the clock that page and worker share.
    pub(crate) fn since_1970_ms(&self, ms: f64) -> f64 {
        self.scope.performance().map_or(0.0, |performance| performance.time_origin()) + ms
    }

    pub(crate) fn send(&self, message: &FromWorker) {
        let text = flint_protocol::encode(message);
        // A worker whose page is gone has nobody to tell.
        let _ = self.scope.post_message(&JsValue::from_str(&text));
    }

    /// Waits for the next job.
    pub(crate) async fn job(&self) -> Job {
        loop {
            if let Some(job) = self.inbox.borrow_mut().next_job() {
                return job;
            }
            let promise = js_sys::Promise::new(&mut |resolve, _| {
                self.bell.replace(Some(resolve));
            });
            // The promise is only ever resolved.
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        }
    }

    pub(crate) fn may_proceed(&self) -> bool {
        self.inbox.borrow().may_proceed()
    }

    pub(crate) fn finished(&self) {
        self.inbox.borrow_mut().finished();
    }

    fn receive(&self, data: &JsValue) {
        let now = self.now_ms();
        match flint_protocol::decode::<ToWorker>(&data.as_string().unwrap_or_default()) {
            Ok(message) => {
                let answer = self.inbox.borrow_mut().receive(message, now);
                if let Some(answer) = answer {
                    self.send(&answer);
                }
            }
            Err(error) => self.send(&FromWorker::Failed {
                id: None,
                error: WorkerError { kind: ErrorKind::Protocol, message: format!("{error}.") },
            }),
        }
        if let Some(resolve) = self.bell.take() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }
}
