//! What comes back from a model server: drawn once a frame, ended once.

use super::Message;
use super::edit::{Answering, EditStep};
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

/// How an answer ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Whole,
    /// By the user.
    Stopped,
    /// Before its end, and why: a sentence.
    Early(String),
}

impl Ended {
    fn words(&self) -> String {
        match self {
            Self::Whole => words::ANSWERED.to_owned(),
            Self::Stopped => Kind::Cancelled.to_string(),
            Self::Early(why) => why.clone(),
        }
    }
}

impl From<Finish> for Ended {
    fn from(finish: Finish) -> Self {
        match finish {
            Finish::Stop => Self::Whole,
            Finish::Length => Self::Early(words::CUT_SHORT.into()),
            Finish::Filtered => Self::Early(words::HELD_BACK.into()),
        }
    }
}

impl From<RemoteError> for Ended {
    fn from(error: RemoteError) -> Self {
        match error.kind {
            Kind::Cancelled => Self::Stopped,
            _ => Self::Early(error.to_string()),
        }
    }
}

impl Playground {
    pub(super) fn remote_signals(&mut self, number: u32, signal: &Signal) {
        let Some(editing) = self.editing.as_mut().filter(|editing| editing.number == number) else {
            return;
        };
        let Some(Answering::Server(server)) = &mut editing.answering else { return };
        let events = remote::events(&mut server.1, signal);
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
                Event::Done(finish) => self.edit_ended(finish.into()),
                Event::Failed(error) => {
                    self.note_failed(&error);
                    self.edit_ended(error.into());
                }
                Event::Reasoning(_) => self.note_began(),
                Event::Usage(_) | Event::Finishing(_) => {}
            }
        }
        // Once for all that came together.
        if more {
            self.draw_soon();
        }
    }

    pub(super) fn edit_text(&mut self, text: &str) {
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

    pub(super) fn draw_soon(&mut self) {
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
        if editing.answering.is_none() {
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

    pub(super) fn edit_ended(&mut self, how: Ended) {
        let Some(editing) = &mut self.editing else { return };
        editing.answering = None;
        let number = editing.number;
        let outcome = how.words();
        if !editing.wish.task.changes() {
            let answer = std::mem::take(&mut editing.answer);
            return self.answered_in_words(number, answer, &how, outcome);
        }
        let Some(proposal) = &mut editing.proposal else { return };
        proposal.finish();
        let mut problems: Vec<_> = proposal.refused().to_vec();
        let any = !proposal.hunks().is_empty() || proposal.accepted() > 0;
        if how != Ended::Whole {
            problems.insert(0, outcome.clone());
        }
        self.note_outcome(number, outcome);
        if !any && how == Ended::Stopped {
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
    fn answered_in_words(&mut self, number: u32, answer: String, how: &Ended, outcome: String) {
        self.note_outcome(number, outcome.clone());
        let asked = self.editing.take().filter(|editing| editing.wish.task == Task::Ask);
        let said = *how == Ended::Whole && !answer.trim().is_empty();
        let prompt = asked.and_then(|editing| editing.prompt).filter(|_| said);
        self.talk = prompt.map(|prompt| prompt.answered(&answer));
        let problem = (*how != Ended::Whole).then_some(outcome);
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
