//! A question to the model in this tab: put together within what it reads, asked, heard. Nothing of it leaves the device,
//! so nobody is asked for leave and the outbox has nothing of it.

use super::answer::Ended;
use super::asking::propose;
use super::edit::{Answering, EditStep, Editing, InTab, TabOffer};
use super::playground::Playground;
use crate::editor::Editor;
use crate::proposal::Base;
use crate::words::answers as words;
use flint_assist::routing::{Route, Tab};
use flint_protocol::{Chat, ChatRequest, FinishReason, RequestId};
use flint_remote::{Document, Format, Packed, Prompt, Task, excerpt, pack_within};
use leptos::prelude::*;

/// Bytes of code that a token stands for, at the least: so many surely fit.
const BYTES_PER_TOKEN: usize = 3;
/// Bytes of what the model is told beside the files and the words.
const AROUND: usize = 700;
/// An answer in words is not longer.
const MOST_ANSWER: usize = 768;

impl Playground {
    /// What the model in the tab can do now.
    pub(super) fn tab(&self) -> Tab {
        Tab { runs: self.stand_in.is_none(), talks: self.tab_reads_tokens().is_some() }
    }

    /// Its name.
    pub(super) fn tab_model(&self) -> Option<String> {
        self.session.now(|screen| screen.engine.model().map(|(name, _)| name.to_owned()))
    }

    pub(super) fn tab_offer(&self) -> TabOffer {
        self.session.now(|screen| match screen.engine.model() {
            None => TabOffer::Nothing,
            Some((_, Chat::Reads { .. })) => TabOffer::Answers,
            Some((name, Chat::Mute { reason })) => TabOffer::Mute(words::mute(name, reason)),
        })
    }

    /// Whether an answer of it is waited for.
    pub(super) fn tab_answers(&self) -> bool {
        let answering = self.editing.as_ref().and_then(|editing| editing.answering.as_ref());
        matches!(answering, Some(Answering::Tab(_)))
    }

    fn tab_reads_tokens(&self) -> Option<usize> {
        self.session.now(|screen| match screen.engine.model() {
            Some((_, Chat::Reads { tokens })) => Some(*tokens as usize),
            _ => None,
        })
    }

    /// Puts the question together and asks it.
    pub(super) fn ask_tab(&mut self, mut editing: Editing, route: Route, bases: Vec<Base>) {
        let room = self.tab_reads_tokens().map(|tokens| Room::of(tokens, editing.wish.task));
        let Some(room) = room else { return self.edit_failed(words::TAB_STOPPED.into()) };
        let left_out = match self.compose_for_tab(&mut editing, room, bases) {
            Ok(left_out) => left_out,
            Err(sentence) => return self.edit_failed(sentence),
        };
        let messages =
            editing.prompt.as_ref().map_or_else(Vec::new, |prompt| prompt.ask.messages());
        let id = RequestId::question(editing.number);
        editing.answering = Some(Answering::Tab(InTab { session: self.session, id }));
        self.editing = Some(editing);
        let title = self.tab_model();
        self.screen.update(|screen| {
            screen.edit.step = EditStep::Asking;
            screen.edit.connection = title;
            screen.edit.reason = route.reason.to_string();
            screen.edit.flags = left_out;
            screen.edit.read = Some(0.0);
        });
        self.engine.ask(ChatRequest { id, messages, max_tokens: room.answer_tokens as u32 });
        self.with_editor(Editor::focus);
    }

    /// What goes along, and what does not in words.
    ///
    /// # Errors
    /// A sentence when what is to be changed is more than the model can write.
    fn compose_for_tab(
        &mut self,
        editing: &mut Editing,
        room: Room,
        bases: Vec<Base>,
    ) -> Result<Vec<String>, String> {
        let task = editing.wish.task;
        let mut documents = editing.documents(&bases);
        if task.changes() {
            let format = Format::Region.fitting(task, &documents);
            let lines = documents.first().map_or(0, region_bytes);
            if format != Format::Region || lines > room.region_bytes() {
                return Err(words::NO_ROOM_TO_WRITE.into());
            }
            let words = propose(editing, format, bases, &documents);
            let mut said = Vec::new();
            let shown =
                documents.into_iter().map(|document| self.part(document, room.bytes, &mut said));
            let shown: Vec<_> = shown.collect();
            editing.prompt = Some(Prompt::new(task, format, &words, &shown));
            return Ok(said);
        }
        let (open, words) = (editing.path.clone(), editing.wish.words.clone());
        let at = documents.iter().position(|document| document.path == open).unwrap_or_default();
        let mut said = Vec::new();
        if at < documents.len() {
            let document = documents.remove(at);
            let document = self.part(document, room.bytes, &mut said);
            let open = document.path.clone();
            documents.insert(at, document);
            let Packed { documents: fit, left_out } =
                pack_within(room.bytes, documents, &open, &words);
            said.extend(left_out.iter().map(|path| words::no_room(path)));
            documents = fit;
        }
        let mut prompt = Prompt::new(task, Format::default(), &words, &documents);
        if let Some(talk) = self.talk.take() {
            let longer = prompt.clone().after(&talk);
            // What was said before is left out where it would take the place of the answer.
            if bytes(&longer) <= room.bytes + AROUND {
                prompt = longer;
            }
        }
        editing.prompt = Some(prompt);
        Ok(said)
    }

    /// As much of a file as there is room for, and what of it that is.
    fn part(&self, document: Document, room: usize, said: &mut Vec<String>) -> Document {
        let near = self.session.now(|screen| screen.line as usize).saturating_sub(1);
        let (mut document, lines) = excerpt(document, room, near);
        if let Some(lines) = lines {
            said.push(words::part(&document.path, lines));
            document.path = words::part_path(&document.path, lines);
        }
        document
    }

    /// Whether this is the question that is waited for.
    fn waits_for(&self, id: RequestId) -> bool {
        let answering = self.editing.as_ref().and_then(|editing| editing.answering.as_ref());
        matches!(answering, Some(Answering::Tab(asked)) if asked.id == id)
    }

    pub(super) fn tab_reads(&mut self, id: RequestId, read: f64) {
        if self.waits_for(id) {
            self.screen.update(|screen| screen.edit.read = Some(read));
        }
    }

    pub(super) fn tab_says(&mut self, id: RequestId, text: String) {
        if self.waits_for(id) {
            self.edit_text(&text);
            self.draw_soon();
        }
    }

    pub(super) fn tab_ended(&mut self, id: RequestId, finish: FinishReason) {
        if self.waits_for(id) {
            self.edit_ended(match finish {
                FinishReason::TokenLimit => Ended::Early(words::CUT_SHORT.into()),
                FinishReason::Repetition => Ended::Early(words::WENT_ROUND.into()),
                FinishReason::Cancelled => Ended::Stopped,
                FinishReason::EndOfText | FinishReason::LineLimit | FinishReason::Unsure => {
                    Ended::Whole
                }
            });
        }
    }

    pub(super) fn tab_failed(&mut self, id: RequestId, message: String) {
        if self.waits_for(id) {
            self.edit_ended(Ended::Early(message));
        }
    }

    /// The engine is gone, and the answer with it.
    pub(super) fn tab_is_lost(&mut self) {
        if self.tab_answers() {
            self.edit_ended(Ended::Early(words::TAB_STOPPED.into()));
        }
    }
}

/// How a model's context is shared out.
#[derive(Clone, Copy)]
struct Room {
    /// Of files and words.
    bytes: usize,
    answer_tokens: usize,
}

impl Room {
    fn of(tokens: usize, task: Task) -> Self {
        let answer_tokens = match task.changes() {
            true => tokens / 2,
            false => MOST_ANSWER.min(tokens / 3),
        };
        let bytes = ((tokens - answer_tokens) * BYTES_PER_TOKEN).saturating_sub(AROUND);
        Self { bytes, answer_tokens }
    }

    /// Bytes of lines that can be written anew, with some more than there are now.
    fn region_bytes(self) -> usize {
        self.answer_tokens * BYTES_PER_TOKEN * 3 / 4
    }
}

fn region_bytes(document: &Document) -> usize {
    let (from, to) = document.region();
    document.text.lines().skip(from).take(to - from).map(|line| line.len() + 1).sum()
}

fn bytes(prompt: &Prompt) -> usize {
    prompt.ask.messages().iter().map(|message| message.content.len()).sum()
}
