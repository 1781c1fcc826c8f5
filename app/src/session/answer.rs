//! What comes back from a model server: drawn once a frame, ended once.

use super::Message;
use super::edit::EditStep;
use super::playground::Playground;
use crate::page;
use crate::proposal::Proposal;
use crate::remote::{self, Signal};
use crate::words::answers as words;
use flint_remote::{Event, Finish, Kind, RemoteError, Task};
use leptos::prelude::*;

/// Drawing may take one part in so many of the time. What comes when it has rested for long enough is drawn
/// at once, and so with the next picture; the rest waits for that.
const REST: f64 = 4.0;
const LEAST_REST_MS: f64 = 4.0;

impl Playground {
    pub(super) fn remote_signals(&mut self, number: u32, signal: &Signal) {
        let Some(editing) = self.editing.as_mut().filter(|editing| editing.number == number) else {
            return;
        };
        let Some((_, stream)) = &mut editing.sending else { return };
        let events = remote::events(stream, signal);
        self.hear_remote(events);
    }

    pub(super) fn hear_remote(&mut self, events: Vec<Event>) {
        let mut more = false;
        for event in events {
            match event {
                Event::Text(text) => {
                    self.note_began();
                    self.edit_text(&text);
                    more = true;
                }
                Event::Done(finish) => self.edit_ended(Ok(finish)),
                Event::Failed(error) => self.edit_ended(Err(error)),
                Event::Reasoning(_) => self.note_began(),
                Event::Usage(_) | Event::Finishing(_) => {}
            }
        }
        // Once for all that came together.
        if more {
            self.draw_soon();
        }
    }

    fn edit_text(&mut self, text: &str) {
        let Some(editing) = &mut self.editing else { return };
        if editing.pieces == 0 {
            editing.first_ms = page::now_ms();
        }
        editing.pieces += 1;
        match &mut editing.proposal {
            Some(proposal) if editing.wish.task.changes() => proposal.push(text),
            _ => editing.answer.push_str(text),
        }
    }

    fn draw_soon(&mut self) {
        let Some(editing) = &mut self.editing else { return };
        let now_ms = page::now_ms();
        let since_ms = now_ms - editing.drawn_ms;
        match &mut editing.proposal {
            // Nothing is shown yet, and the first of it is waited for: it is looked for whenever more comes.
            Some(proposal)
                if editing.wish.task.changes()
                    && proposal.hunks().is_empty()
                    && since_ms > editing.cost_ms =>
            {
                proposal.place();
                editing.drawn_ms = page::now_ms();
                editing.cost_ms = editing.drawn_ms - now_ms;
                if !proposal.hunks().is_empty() {
                    return self.edit_frame();
                }
            }
            _ if since_ms > (editing.cost_ms * REST).max(LEAST_REST_MS) => {
                return self.edit_frame();
            }
            _ => {}
        }
        if !std::mem::replace(&mut editing.frame_asked, true) {
            let session = self.session;
            page::with_next_frame(move || session.send(Message::EditFrame));
        }
    }

    /// Draws whatever has come: a thousand pieces a second are not a thousand drawings.
    pub(super) fn edit_frame(&mut self) {
        let Some(editing) = &mut self.editing else { return };
        editing.frame_asked = false;
        let begun_ms = page::now_ms();
        if editing.sending.is_none() {
            return;
        }
        let (pieces, first_ms) = (editing.pieces, editing.first_ms);
        let answer = editing.answer.clone();
        if let Some(proposal) = &mut editing.proposal {
            proposal.place();
        }
        let waits = |proposal: &Proposal| proposal.hunks().is_empty();
        let drawn = !editing.wish.task.changes() || !editing.proposal.as_ref().is_some_and(waits);
        self.screen.update(|screen| {
            screen.edit.pieces = pieces;
            screen.edit.answer = answer;
            screen.edit.rate = f64::from(pieces) * 1_000.0 / (page::now_ms() - first_ms).max(1.0);
        });
        self.show_proposal();
        if let Some(editing) = self.editing.as_mut().filter(|_| drawn) {
            editing.drawn_ms = page::now_ms();
            editing.cost_ms = editing.drawn_ms - begun_ms;
        }
    }

    fn edit_ended(&mut self, how: Result<Finish, RemoteError>) {
        if let Err(error) = &how {
            self.note_failed(error);
        }
        let Some(editing) = &mut self.editing else { return };
        editing.sending = None;
        let number = editing.number;
        let outcome = match &how {
            Ok(Finish::Stop) => words::ANSWERED.to_owned(),
            Ok(Finish::Length) => words::CUT_SHORT.into(),
            Ok(Finish::Filtered) => words::HELD_BACK.into(),
            Err(error) => error.to_string(),
        };
        if !editing.wish.task.changes() {
            let answer = std::mem::take(&mut editing.answer);
            return self.answered_in_words(number, answer, &how, outcome);
        }
        let Some(proposal) = &mut editing.proposal else { return };
        proposal.finish();
        let mut problems: Vec<_> = proposal.refused().to_vec();
        let any = !proposal.hunks().is_empty() || proposal.accepted() > 0;
        if !matches!(how, Ok(Finish::Stop)) {
            problems.insert(0, outcome.clone());
        }
        self.note_outcome(number, outcome);
        let stopped = matches!(&how, Err(error) if error.kind == Kind::Cancelled);
        if !any && stopped {
            return self.close_instruction();
        }
        let step = if any { EditStep::Reviewing } else { EditStep::Failed };
        self.screen.update(|screen| {
            screen.edit.step = step;
            screen.edit.problems = problems;
        });
        self.show_proposal();
        self.show_revised();
        self.check_syntax();
        self.end_when_decided();
    }

    /// A question is answered, or a file is commented on.
    fn answered_in_words(
        &mut self,
        number: u32,
        answer: String,
        how: &Result<Finish, RemoteError>,
        outcome: String,
    ) {
        self.note_outcome(number, outcome.clone());
        let asked = self.editing.take().filter(|editing| editing.wish.task == Task::Ask);
        let said = matches!(how, Ok(Finish::Stop)) && !answer.trim().is_empty();
        let prompt = asked.and_then(|editing| editing.prompt).filter(|_| said);
        self.talk = prompt.map(|prompt| prompt.answered(&answer));
        let problem = (!matches!(how, Ok(Finish::Stop))).then_some(outcome);
        let empty = answer.trim().is_empty();
        let nothing = (empty && problem.is_none()).then(|| words::EMPTY.to_owned());
        let goes_on = self.talk.is_some();
        self.screen.update(|screen| {
            screen.edit.step = if empty { EditStep::Failed } else { EditStep::Answered };
            if goes_on {
                screen.edit.wish.words.clear();
            }
            screen.edit.answer = answer;
            screen.edit.problems = problem.into_iter().chain(nothing).collect();
        });
    }
}
