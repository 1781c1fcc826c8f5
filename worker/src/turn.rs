//! Gives the browser one turn, so that waiting messages are delivered.

use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessagePort};

/// A message to oneself: a macrotask without the four milliseconds that nested timers wait.
pub(crate) struct Turn {
    sender: MessagePort,
    receiver: MessagePort,
}

impl Turn {
    /// # Errors
    /// When the browser refuses a message channel.
    pub(crate) fn new() -> Result<Self, JsValue> {
        let channel = MessageChannel::new()?;
        Ok(Self { sender: channel.port1(), receiver: channel.port2() })
    }

    /// Returns after every task that waited before this call has run.
    pub(crate) async fn take(&self) {
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            let done = Closure::once_into_js(move || {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            });
            self.receiver.set_onmessage(Some(done.unchecked_ref()));
            // Fails only for data that cannot be cloned.
            let _ = self.sender.post_message(&JsValue::NULL);
        });
        let _ = JsFuture::from(promise).await;
    }
}
