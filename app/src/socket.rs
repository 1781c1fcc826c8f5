//! Answers over a WebSocket, behind `app/js/socket.js`; over HTTP where there is none.

use crate::page;
use crate::pass::Pass;
use crate::remote::{Ear, Sending, Signal, carry};
use flint_remote::{Address, Ask, Manner, Request, Socket, has_forgotten};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "flint-socket")]
extern "C" {
    #[wasm_bindgen(js_name = isOpen)]
    fn is_open(url: &str) -> bool;
    #[wasm_bindgen(catch)]
    fn ask(url: &str, frame: &str, heard: &Heard) -> Result<(), JsValue>;
    fn rest(url: &str);
    fn leave(url: &str);
}

type Heard = Closure<dyn Fn(Option<String>, u16, String)>;

/// A server's socket and what it remembers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line(Rc<RefCell<Remembered>>);

#[derive(Debug, Default)]
struct Remembered {
    socket: Socket,
    /// Something has come over one.
    answered: bool,
    /// It has none, or none that works: HTTP it is, for as long as the page is open.
    refused: bool,
}

/// A question for a socket, and the same over HTTP.
pub(crate) struct Question {
    pub(crate) ask: Ask,
    pub(crate) address: Address,
    pub(crate) model: String,
    pub(crate) manner: Manner,
    pub(crate) request: Request,
}

/// An answer on its way. Dropping it before its end closes the socket.
pub(crate) struct Turn {
    url: String,
    line: Line,
    question: Question,
    over_http: Box<dyn Fn()>,
    ear: Ear,
    begun: Cell<bool>,
    /// It is asked on another socket, which happens once.
    again: Cell<bool>,
    is_over: Cell<bool>,
    heard: RefCell<Option<Heard>>,
}

/// Asks over the socket, unless there is none; before a word has come back, HTTP takes over.
///
/// # Errors
/// The browser's words when it cannot even begin.
pub(crate) fn send(
    line: Line,
    question: Question,
    pass: Pass,
    report: impl Fn(Signal) + 'static,
) -> Result<Sending, String> {
    let mut sending = Sending::new(report)?;
    let (ear, signal) = (sending.ear.clone(), sending.abort.signal());
    let request = question.request.clone();
    let over_http = move || carry(request.clone(), pass.clone(), signal.clone(), ear.clone());
    if line.0.borrow().refused {
        over_http();
        return Ok(sending);
    }
    let turn = Rc::new(Turn {
        url: Socket::url(&question.address),
        line,
        question,
        over_http: Box::new(over_http),
        ear: sending.ear.clone(),
        begun: Cell::new(false),
        again: Cell::new(false),
        is_over: Cell::new(false),
        heard: RefCell::default(),
    });
    let listener = Rc::downgrade(&turn);
    let heard = Closure::new(move |frame, code, reason| {
        if let Some(turn) = listener.upgrade() {
            turn.hear(frame, code, reason);
        }
    });
    turn.heard.replace(Some(heard));
    turn.ask();
    sending.turn = Some(turn);
    Ok(sending)
}

impl Line {
    /// Whether an answer is over with this frame.
    fn heard(&self, frame: &str) -> bool {
        let mut remembered = self.0.borrow_mut();
        remembered.answered = true;
        remembered.socket.heard(frame)
    }
}

impl Turn {
    /// Whole on a socket that is new, else only what is new on it.
    fn ask(&self) {
        let Question { ask: what, address, model, manner, .. } = &self.question;
        let frame = {
            let remembered = &mut self.line.0.borrow_mut();
            let now_ms = page::now_ms();
            if !is_open(&self.url) || remembered.socket.is_old(now_ms) {
                leave(&self.url);
                remembered.socket = Socket::new(now_ms);
            }
            remembered.socket.frame(what, address, model, *manner)
        };
        let asked = self.heard.borrow().as_ref().map(|heard| ask(&self.url, &frame, heard));
        if !matches!(asked, Some(Ok(()))) {
            self.fall_back();
        }
    }

    fn hear(&self, frame: Option<String>, code: u16, reason: String) {
        match frame {
            Some(frame) if !self.begun.get() && has_forgotten(&frame) && self.may_ask_again() => {
                leave(&self.url);
                self.ask();
            }
            Some(frame) => {
                self.begun.set(true);
                self.is_over.set(self.line.heard(&frame));
                self.ear.alive();
                self.ear.say(Signal::Frame(frame));
            }
            None if self.begun.get() => self.ear.say(Signal::Closed(code, reason)),
            // It was open for an answer before, and may just have grown old.
            None if self.line.0.borrow().answered && self.may_ask_again() => self.ask(),
            None => self.fall_back(),
        }
    }

    fn may_ask_again(&self) -> bool {
        !self.again.replace(true)
    }

    /// Only before a word has come back.
    fn fall_back(&self) {
        self.line.0.borrow_mut().refused = true;
        (self.over_http)();
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.is_over.get() {
            rest(&self.url);
        } else {
            leave(&self.url);
        }
    }
}
