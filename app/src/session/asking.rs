//! A request is put together, shown, allowed and sent.

use super::edit::{Answering, Asked, EditStep, Editing, Outgoing};
use super::playground::Playground;
use super::{Message, Sent};
use crate::editor::Editor;
use crate::page;
use crate::proposal::{Base, Proposal};
use crate::socket::{self, Question};
use crate::words::answers as words;
use crate::{connections::Connection, remote};
use flint_assist::routing::{Route, Tier};
use flint_placement::Region;
use flint_remote::{Document, Event, Format, Kind, Manner, Packed, Prompt, Stream, Task, pack};
use leptos::prelude::*;

impl Playground {
    /// The editor has noted the text; now it is put into a request.
    pub(super) fn proposal_begun(&mut self, number: u32, base: Option<String>) {
        let Some(base) = base else {
            return self.edit_failed(words::NO_DIFF.into());
        };
        let open = self.project.open_file().id;
        let Some(mut editing) = self.editing.take_if(|editing| editing.number == number) else {
            return;
        };
        if open != editing.file {
            return self.close_instruction();
        }
        let route = match self.route(&editing.wish) {
            Ok(route) => route,
            Err(none) => return self.edit_failed(none),
        };
        let bases = self.bases(&editing, &base);
        if route.tier == Tier::Instant {
            return self.ask_tab(editing, route, bases);
        }
        let left_out = self.compose(&mut editing, route, bases);
        let sent = editing.outgoing.as_ref().map(|outgoing| outgoing.connection.clone());
        let title = self.who_answers(route.tier);
        self.editing = Some(editing);
        if sent.is_none() {
            return self.edit_failed(words::NO_CONNECTION.into());
        }
        self.screen.update(|screen| {
            screen.edit.step = EditStep::Consent;
            screen.edit.connection = title;
            screen.edit.reason = route.reason.to_string();
            screen.edit.flags = left_out;
        });
        if !route.asks_consent {
            self.send_edit();
        }
    }

    /// The texts that may be changed: the open one as the editor has it, and all others if they are
    /// wanted.
    fn bases(&self, editing: &Editing, open_text: &str) -> Vec<Base> {
        let open = self.project.open_file().id;
        let files = self.project.files().iter();
        let wanted = files.filter(|file| editing.wish.all_files || file.id == open);
        let base = wanted.map(|file| Base {
            path: file.path.clone(),
            text: if file.id == open { open_text.to_owned() } else { file.text.clone() },
        });
        base.collect()
    }

    /// Puts the request together; says what does not go along.
    fn compose(&mut self, editing: &mut Editing, route: Route, bases: Vec<Base>) -> Vec<String> {
        let Some(connection) = self.connection(route.tier) else { return Vec::new() };
        let Some(address) = connection.address() else { return Vec::new() };
        let all = editing.documents(&bases);
        let Packed { documents, left_out } = pack(all, &editing.path, &editing.wish.words);
        let format = Format::of(&connection.model).fitting(editing.wish.task, &documents);
        let mut goes = bases;
        goes.retain(|base| !left_out.contains(&base.path));
        let words = propose(editing, format, goes, &documents);
        let mut prompt = Prompt::new(editing.wish.task, format, &words, &documents);
        if let Some(talk) = self.talk.take().filter(|_| editing.wish.task == Task::Ask) {
            prompt = prompt.after(&talk);
        }
        let (ask, redacted) = (prompt.ask.clone(), prompt.redacted);
        editing.prompt = Some(prompt);
        let effort = self.tiers.post(route.tier).effort;
        let manner = Manner { effort, ..Manner::default() };
        let protocol = connection.speech.protocol();
        let request = ask.request(&address, protocol, &connection.model, manner);
        let pass = self.connections.pass(&connection);
        let line = self.connections.line(&connection, &pass);
        let outgoing = Sent {
            number: editing.number,
            url: request.url.clone(),
            body: request.body.clone(),
            keyed: pass.is_any(),
            redacted,
            reason: route.reason.to_string(),
            ..Sent::default()
        };
        self.screen.update(|screen| screen.edit.outgoing = outgoing);
        let (tier, bytes) = (route.tier, route.reason.bytes);
        let asked = Asked { tier, bytes, at_ms: 0.0, has_begun: false };
        let Connection { name, model, .. } = connection;
        let question = Question { ask, address, model, manner, request };
        editing.outgoing =
            Some(Outgoing { question, protocol, pass, line, connection: name, asked });
        left_out.iter().map(|path| words::no_room(path)).collect()
    }

    pub(super) fn allow_sending(&mut self) {
        let outgoing = self.editing.as_ref().and_then(|editing| editing.outgoing.as_ref());
        let Some(name) = outgoing.map(|outgoing| outgoing.connection.clone()) else { return };
        self.connections.allow(&name);
        self.keep_connections();
        self.send_edit();
    }

    /// Nothing of it is sent.
    pub(super) fn do_not_send(&mut self) {
        let Some(editing) = &mut self.editing else { return self.close_instruction() };
        editing.outgoing = None;
        match &mut editing.proposal {
            Some(proposal) if editing.revises.is_some() => {
                proposal.finish();
                self.screen.update(|screen| screen.edit.step = EditStep::Reviewing);
                self.show_proposal();
            }
            _ => self.close_instruction(),
        }
    }

    /// Sends what the outbox shows.
    fn send_edit(&mut self) {
        let session = self.session;
        let sent = session.now(|screen| screen.edit.outgoing.clone());
        let Some(editing) = &mut self.editing else { return };
        let Some(outgoing) = editing.outgoing.take() else { return };
        let Outgoing { question, protocol, pass, line, asked, .. } = outgoing;
        let number = editing.number;
        let report = move |signal| session.send(Message::Remote(number, signal));
        let sending = match line {
            Some(line) => socket::send(line, question, pass, report),
            None => remote::send(question.request, pass, report),
        };
        match sending {
            Ok(sending) => {
                let server = Box::new((sending, Stream::new(protocol)));
                editing.answering = Some(Answering::Server(server));
            }
            Err(reason) => return self.edit_failed(reason),
        }
        editing.asked = Some(Asked { at_ms: page::now_ms(), ..asked });
        let at_ms = page::wall_clock_whole_ms();
        self.note_sent(Sent { at_ms, ..sent });
        self.screen.update(|screen| screen.edit.step = EditStep::Asking);
        self.with_editor(Editor::focus);
    }

    /// The user stops it: changes that have come whole stay to be decided.
    pub(super) fn stop_edit(&mut self) {
        let Some(editing) = &mut self.editing else { return };
        match editing.answering.take() {
            Some(Answering::Server(server)) => {
                let (sending, mut stream) = *server;
                drop(sending);
                let events = stream.fail(Kind::Cancelled.into());
                self.hear_remote(events);
            }
            Some(Answering::Tab(asked)) => {
                drop(asked);
                self.hear_remote(vec![Event::Failed(Kind::Cancelled.into())]);
            }
            None => {}
        }
    }
}

/// Notes the texts that the answer's changes are of; the words of the request.
pub(super) fn propose(
    editing: &mut Editing,
    format: Format,
    goes: Vec<Base>,
    documents: &[Document],
) -> String {
    if let (Some(part), Some(proposal)) = (editing.revises, &mut editing.proposal) {
        let words = revision(proposal, part, &editing.wish.words);
        proposal.revise(editing.number, part, goes);
        return words;
    }
    let in_steps = editing.wish.task == Task::Plan;
    let mut proposal = Proposal::new(editing.number, goes, &editing.path, in_steps);
    if let (Format::Region, [document]) = (format, documents) {
        let (from, to) = document.region();
        let region = Region::new(&document.path, &document.text, from, to);
        proposal = proposal.of_region(region);
    }
    editing.proposal = Some(proposal);
    editing.wish.words.clone()
}

/// What a model is told of the step that it writes anew.
fn revision(proposal: &Proposal, part: usize, words: &str) -> String {
    let (title, text) = proposal.step(part).unwrap_or_default();
    let others = proposal.steps().into_iter().filter(|step| step.part != part);
    let others: Vec<_> = others.map(|step| format!("- {}", step.title)).collect();
    format!(
        "The step is “{title}”. Its blocks were:\n\n{text}\n\nThe other steps of the plan, which stay as they are:\n{}\n\nRevise the step: {words}",
        others.join("\n")
    )
}
