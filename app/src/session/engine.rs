//! The engine's reports: what the assistant learns, and what the status bar says.

use super::playground::Playground;
use super::screen::{Notice, Speed};
use crate::engines::{Report, Signal, Status};
use crate::page;
use flint_assist::Event;
use flint_protocol::{RequestId, Timings};
use leptos::prelude::*;

impl Playground {
    pub(super) fn start_engine(&mut self) {
        self.screen.update(|screen| {
            screen.notice.take_if(|notice| {
                matches!(notice, Notice::NoEngine { .. } | Notice::StandIn { .. })
            });
        });
        let reports = self.engine.start();
        self.hear_engine(reports);
    }

    pub(super) fn engine_signals(&mut self, signal: Signal) {
        if self.engine.owns(&signal) {
            let reports = self.engine.handle(signal);
            self.hear_engine(reports);
        } else {
            self.next_engine_signals(signal);
        }
    }

    pub(super) fn hear_engine(&mut self, reports: Vec<Report>) {
        for report in reports {
            match report {
                Report::Status(status) => self.engine_is(status),
                Report::Reading { id, read } => self.tab_reads(id, read),
                Report::Text { id, text } if id.is_question() => self.tab_says(id, text),
                Report::Done { id, finish, .. } if id.is_question() => self.tab_ended(id, finish),
                Report::Failed { id, message } if id.is_question() => self.tab_failed(id, message),
                Report::Text { id, text } => {
                    self.note_first_text(id);
                    self.ledger.received(id, page::now_ms());
                    self.tell_assist(Event::Text { id, text });
                }
                Report::Done { id, timings, .. } => {
                    self.note_speed(id, timings);
                    self.time_done(id, timings);
                    self.tell_assist(Event::Done { id });
                }
                Report::Failed { id, .. } => self.tell_assist(Event::Failed { id }),
                Report::Lost => self.engine_is_lost(),
            }
        }
    }

    /// Nothing that was asked of the engine will be answered.
    pub(super) fn engine_is_lost(&mut self) {
        self.tell_assist(Event::EngineLost);
        self.tab_is_lost();
    }

    pub(super) fn engine_is(&mut self, status: Status) {
        let status = match status {
            Status::Failed { message } if self.engine.bigger().is_some() => {
                return self.fall_back(&message);
            }
            Status::Failed { message } => self.stood_in_for(message),
            other => other,
        };
        let model = match &status {
            Status::Ready { info, .. } => Some(info.model.clone()),
            Status::Remote { name } => Some(name.clone()),
            _ => None,
        };
        if !matches!(status, Status::Remote { .. }) && self.stand_in.take().is_some() {
            self.tell_assist(Event::EngineLost);
        }
        if model.is_some() || matches!(status, Status::Failed { .. }) {
            let first = !std::mem::replace(&mut self.engine_settled, true);
            if first {
                self.prepare_chosen();
            }
            self.warm_up_soon();
        }
        self.screen.update(|screen| {
            if let Status::Failed { message } = &status
                && !message.is_empty()
            {
                screen.notice = Some(Notice::NoEngine { message: message.clone() });
            }
            screen.engine = status;
        });
        self.show_route();
        if let Some(model) = model {
            self.tell_assist(Event::EngineReady { model });
        }
    }

    fn note_first_text(&mut self, id: RequestId) {
        let asked = self.asked.as_mut().filter(|asked| asked.id == id);
        if let Some(asked) = asked.filter(|asked| asked.first_text_ms.is_none()) {
            asked.first_text_ms = Some(page::now_ms() - asked.at_ms);
        }
    }

    fn note_speed(&mut self, id: RequestId, timings: Timings) {
        let asked = self.asked.filter(|asked| asked.id == id);
        let Some(first_text_ms) = asked.and_then(|asked| asked.first_text_ms) else {
            return;
        };
        self.rate.add(&timings);
        let speed = Speed { tokens_per_second: self.rate.tokens_per_second(), first_text_ms };
        self.screen.update(|screen| screen.speed = Some(speed));
    }
}
