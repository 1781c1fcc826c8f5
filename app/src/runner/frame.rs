//! One sandboxed frame: an `iframe` whose origin is opaque, and the one port to it. Dropping the
//! frame takes it out of the page, and every thread in it ends.
//!
//! Two things can make the origin opaque. The attribute does it everywhere, but a browser then asks no
//! service worker for the frame's page, which is not there without a network. So where a service worker
//! answers, the attribute allows an origin and the page's own policy, a header that the service worker
//! sets, takes it away. A frame whose document can be read from here is not opaque and gets no port.

use crate::page;
use crate::words::running as words;
use flint_protocol::{DecodeError, FromFrame, ToFrame, decode, encode};
use js_sys::{Array, ArrayBuffer, Object, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlIFrameElement, MessageChannel, MessageEvent, MessagePort};

/// What a program may do: run scripts, fire submit events, lock the pointer.
const FLAGS: &str = "allow-scripts allow-forms allow-pointer-lock";

/// What makes the frame's origin opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpaqueBy {
    Attribute,
    /// A header that the service worker sets.
    Policy,
}

/// Where a frame is in the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Shown,
    /// Drawn, but not seen yet.
    Behind,
    Hidden,
}

/// What comes out of a frame.
#[derive(Debug)]
pub(crate) enum FrameEvent {
    Message(FromFrame),
    Unreadable(DecodeError),
    /// The frame loaded a second time: what is in it now is not ours.
    Left,
    /// Nothing made the frame's origin opaque.
    NotOpaque,
}

pub(crate) struct Frame {
    element: HtmlIFrameElement,
    port: MessagePort,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_load: Closure<dyn FnMut()>,
}

impl Frame {
    /// Puts a frame with the page at `url` into `stage`, out of sight.
    ///
    /// # Errors
    /// A sentence for the user when the browser refuses.
    pub(crate) fn open(
        stage: &Element,
        url: &str,
        opaque_by: OpaqueBy,
        report: impl Fn(FrameEvent) + 'static,
    ) -> Result<Self, String> {
        Self::try_open(stage, url, opaque_by, Rc::new(report)).map_err(|_| words::NO_FRAME.into())
    }

    fn try_open(
        stage: &Element,
        url: &str,
        opaque_by: OpaqueBy,
        report: Rc<dyn Fn(FrameEvent)>,
    ) -> Result<Self, JsValue> {
        let document = page::document().ok_or(JsValue::NULL)?;
        let element: HtmlIFrameElement = document.create_element("iframe")?.unchecked_into();
        let flags = match opaque_by {
            OpaqueBy::Attribute => FLAGS.into(),
            OpaqueBy::Policy => format!("{FLAGS} allow-same-origin"),
        };
        element.set_attribute("sandbox", &flags)?;
        element.set_attribute("title", words::FRAME)?;
        element.set_attribute("class", "spare")?;
        let nonce = nonce()?;
        let channel = MessageChannel::new()?;
        let on_message = listen(&channel.port1(), nonce.clone(), Rc::clone(&report));
        let on_load = hand_over(&element, channel.port2(), nonce, report);
        element.set_src(url);
        stage.append_child(&element)?;
        let port = channel.port1();
        Ok(Self { element, port, _on_message: on_message, _on_load: on_load })
    }

    /// Sends a message; `buffers` are copied, for the page keeps them for the next frame.
    pub(crate) fn post(&self, message: &ToFrame, buffers: &[ArrayBuffer]) {
        let copies: Vec<_> = buffers.iter().map(|buffer| buffer.slice(0)).collect();
        let transfer: Array = copies.iter().map(JsValue::from).collect();
        let data: Array = [JsValue::from(encode(message))]
            .into_iter()
            .chain(copies.iter().map(JsValue::from))
            .collect();
        // Strings and buffers can always be cloned, and a frame that is gone is noticed by its silence.
        let _ = self.port.post_message_with_transferable(&data, &transfer);
    }

    /// Marks it as loaded: the next run in it starts at once.
    pub(crate) fn mark_prepared(&self) {
        // Fails only for names that are no attribute names.
        let _ = self.element.set_attribute("data-prepared", "");
    }

    /// Makes it the running frame, in sight or out of it.
    pub(crate) fn enter(&self, place: Place) {
        self.element.set_class_name(match place {
            Place::Shown => "shown",
            Place::Behind => "behind",
            Place::Hidden => "hidden",
        });
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.element.set_onload(None);
        self.port.set_onmessage(None);
        self.port.close();
        self.element.remove();
    }
}

/// Sixteen random bytes that every message of this frame must carry.
fn nonce() -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let mut bytes = [0_u8; 16];
    window.crypto()?.get_random_values_with_u8_array(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn listen(
    port: &MessagePort,
    nonce: String,
    report: Rc<dyn Fn(FrameEvent)>,
) -> Closure<dyn FnMut(MessageEvent)> {
    let closure = Closure::new(move |event: MessageEvent| {
        let data: Array = match event.data().dyn_into() {
            Ok(data) => data,
            Err(_) => return,
        };
        if data.get(0).as_string().as_deref() != Some(&nonce) {
            return;
        }
        let text = data.get(1).as_string().unwrap_or_default();
        report(decode(&text).map_or_else(FrameEvent::Unreadable, FrameEvent::Message));
    });
    let listener: &js_sys::Function = closure.as_ref().unchecked_ref();
    port.set_onmessage(Some(listener));
    closure
}

/// Gives the port to the frame when it has loaded; a second load is somebody else's page.
fn hand_over(
    element: &HtmlIFrameElement,
    port: MessagePort,
    nonce: String,
    report: Rc<dyn Fn(FrameEvent)>,
) -> Closure<dyn FnMut()> {
    let loads = Cell::new(0_u32);
    let frame = element.clone();
    let closure = Closure::new(move || {
        loads.set(loads.get() + 1);
        if loads.get() > 1 {
            report(FrameEvent::Left);
            return;
        }
        if frame.content_document().is_some() {
            report(FrameEvent::NotOpaque);
            return;
        }
        let greeting = Object::new();
        let set = Reflect::set(&greeting, &"nonce".into(), &nonce.as_str().into());
        if let (Ok(_), Some(window)) = (set, frame.content_window()) {
            // An opaque origin cannot be named as a target; the port is what is trusted, not the post.
            let _ = window.post_message_with_transfer(
                &greeting,
                "*",
                &[JsValue::from(port.clone())].into_iter().collect::<Array>(),
            );
        }
    });
    element.set_onload(Some(closure.as_ref().unchecked_ref()));
    closure
}
