//! The quick tier makes the suggestions where no model runs in the tab: with leave, and at a pace.

use super::playground::Playground;
use super::screen::Notice;
use super::{Message, Sent};
use crate::engines::Status;
use crate::page;
use crate::remote::{self, Sending, Signal};
use crate::words::{answers, engines};
use flint_assist::Event;
use flint_assist::routing::{Outcome, Pace, Tier, Wanted, Work};
use flint_protocol::{CompletionRequest, RequestId};
use flint_remote::{Ask, Finish, Manner, RemoteError, Stream, bare, redact};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// Bytes on either side of the cursor that go along: a fast answer is wanted, not a learned one.
const MOST_BYTES: usize = 6 << 10;

#[derive(Default)]
pub(super) struct StandIn {
    pace: Pace,
    waiting: Option<(Timeout, CompletionRequest)>,
    asked: Option<Waited>,
}

/// A request whose answer is waited for.
struct Waited {
    id: RequestId,
    number: u32,
    /// What stands on the line before the cursor.
    line: String,
    text: String,
    at_ms: f64,
    stream: Stream,
    _sending: Sending,
}

#[derive(Debug)]
pub(crate) enum StandInDeed {
    /// What is typed may be sent to the quick tier.
    Allow,
    /// The pause after the last key is over.
    Due(RequestId),
    Heard(RequestId, Signal),
}

impl Playground {
    /// The model in the tab does not run, and why: who makes the suggestions now.
    pub(super) fn stood_in_for(&mut self, message: String) -> Status {
        self.stand_in = None;
        let quick = self.connection(Tier::Quick).filter(|one| self.connections.reaches_all(one));
        let Some(quick) = quick else { return Status::Failed { message } };
        if quick.typing {
            self.stand_in = Some(StandIn::default());
            return Status::Remote { name: quick.title() };
        }
        let message = engines::stand_in(&message, &quick.title());
        self.screen.update(|screen| screen.notice = Some(Notice::StandIn { message }));
        Status::Failed { message: String::new() }
    }

    pub(super) fn stand_in_does(&mut self, deed: StandInDeed) {
        match deed {
            StandInDeed::Allow => {
                if let Some(quick) = self.connection(Tier::Quick) {
                    self.connections.allow_typing(&quick.name);
                    self.keep_connections();
                    self.screen.update(|screen| screen.notice = None);
                    let status = self.stood_in_for(String::new());
                    self.engine_is(status);
                }
            }
            StandInDeed::Due(id) => self.ask_stand_in(id),
            StandInDeed::Heard(id, signal) => self.hear_stand_in(id, &signal),
        }
    }

    /// Takes a request on; it is sent when no other has taken its place for a while.
    pub(super) fn want_of_stand_in(&mut self, request: CompletionRequest, ahead: bool) {
        let (session, id) = (self.session, request.id);
        let Some(stand_in) = &mut self.stand_in else { return };
        // Nothing is asked ahead, and nothing twice: each costs somebody something.
        if ahead || request.alternative > 0 {
            return self.tell_assist(Event::Failed { id });
        }
        let wait = stand_in.pace.wait_ms(page::now_ms());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded")]
        let due = Timeout::new(wait as u32, move || {
            session.send(Message::StandIn(StandInDeed::Due(id)));
        });
        stand_in.asked = None;
        stand_in.waiting = Some((due, request));
    }

    pub(super) fn leave_stand_in(&mut self, id: RequestId) {
        if let Some(stand_in) = &mut self.stand_in {
            stand_in.waiting.take_if(|(_, request)| request.id == id);
            stand_in.asked.take_if(|asked| asked.id == id);
        }
    }

    /// The request that waits to be sent.
    pub(super) fn waits_for_stand_in(&self) -> Option<RequestId> {
        let (_, request) = self.stand_in.as_ref()?.waiting.as_ref()?;
        Some(request.id)
    }

    /// More was typed while a request waited: the assistant keeps it, but it is not to be sent for a
    /// text that is not there any more.
    pub(super) fn renew_stand_in(&mut self, waited: Option<RequestId>) {
        let Some(id) = waited.filter(|_| waited == self.waits_for_stand_in()) else { return };
        self.leave_stand_in(id);
        self.tell_assist(Event::Failed { id });
        let model = self.session.now(|screen| match &screen.engine {
            Status::Remote { name } => name.clone(),
            _ => String::new(),
        });
        self.tell_assist(Event::EngineReady { model });
    }

    pub(super) fn judge_stand_in(&mut self, wanted: bool) {
        if let Some(stand_in) = &mut self.stand_in {
            stand_in.pace.judged(wanted);
        }
    }

    fn ask_stand_in(&mut self, id: RequestId) {
        let waiting = self.stand_in.as_mut().and_then(|stand_in| stand_in.waiting.take());
        let Some((_, request)) = waiting.filter(|(_, request)| request.id == id) else { return };
        let bytes = request.prefix.len() + request.suffix.len();
        let routed = self.route_wanted(Wanted { work: Work::Complete, bytes, chosen: None });
        let quick = self.connection(Tier::Quick);
        let (Ok(route), Some(quick)) = (routed, quick) else {
            return self.tell_assist(Event::Failed { id });
        };
        let Some(address) = quick.address() else { return };
        let (prefix, _) = redact(tail(&request.prefix));
        let (suffix, redacted) = redact(head(&request.suffix));
        let line = prefix.rsplit('\n').next().unwrap_or_default().to_owned();
        let ask = Ask::Middle { prefix, suffix };
        let most_tokens = Some(request.limits.max_tokens);
        let manner = Manner { most_tokens, ..Manner::default() };
        let protocol = quick.speech.protocol();
        let sent = ask.request(&address, protocol, &quick.model, manner);
        let pass = self.connections.pass(&quick);
        self.edits += 1;
        let number = self.edits;
        self.note_sent(Sent {
            number,
            url: sent.url.clone(),
            body: sent.body.clone(),
            keyed: pass.is_any(),
            redacted,
            reason: route.reason.to_string(),
            at_ms: page::wall_clock_whole_ms(),
            ..Sent::default()
        });
        let session = self.session;
        let report = move |signal| session.send(Message::StandIn(StandInDeed::Heard(id, signal)));
        let Ok(sending) = remote::send(sent, pass, report) else { return };
        if let Some(stand_in) = &mut self.stand_in {
            stand_in.asked = Some(Waited {
                id,
                number,
                line,
                text: String::new(),
                at_ms: page::now_ms(),
                stream: Stream::new(protocol),
                _sending: sending,
            });
        }
    }

    fn hear_stand_in(&mut self, id: RequestId, signal: &Signal) {
        let asked = self.stand_in.as_mut().and_then(|stand_in| stand_in.asked.as_mut());
        let Some(asked) = asked.filter(|asked| asked.id == id) else { return };
        for event in remote::events(&mut asked.stream, signal) {
            match event {
                flint_remote::Event::Text(text) => asked.text.push_str(&text),
                flint_remote::Event::Done(finish) => return self.stand_in_ended(Ok(finish)),
                flint_remote::Event::Failed(error) => return self.stand_in_ended(Err(error)),
                _ => {}
            }
        }
    }

    fn stand_in_ended(&mut self, how: Result<Finish, RemoteError>) {
        let Some(stand_in) = &mut self.stand_in else { return };
        let Some(Waited { id, number, line, text, at_ms, .. }) = stand_in.asked.take() else {
            return;
        };
        let after_ms = page::now_ms() - at_ms;
        match how {
            Ok(_) => {
                stand_in.pace.answered(after_ms);
                self.note_outcome(number, answers::ANSWERED.into());
                self.note(Tier::Quick, Outcome::Began { after_ms });
                self.tell_assist(Event::Text { id, text: bare(&text, &line) });
                self.tell_assist(Event::Done { id });
            }
            Err(error) => {
                self.note_outcome(number, error.to_string());
                if let Some(outcome) = super::routing::outcome(&error, usize::MAX, false) {
                    self.note(Tier::Quick, outcome);
                }
                self.tell_assist(Event::Failed { id });
            }
        }
    }
}

/// The end of a text, from a line's beginning.
fn tail(text: &str) -> &str {
    let from = text.ceil_char_boundary(text.len().saturating_sub(MOST_BYTES));
    let line = if from == 0 { None } else { text[from..].find('\n') };
    line.map_or(&text[from..], |line| &text[from + line + 1..])
}

fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(MOST_BYTES)]
}
