//! Editor reports to assistant events, assistant effects to deeds.

use super::playground::{Asked, Playground};
use crate::editor::{self, Editor, GhostKey, JsCursor, Report};
use crate::project::File;
use crate::words::{engines as words, notices};
use crate::{keys, page};
use flint_assist::{Effect, Event, Layer, NextEdit, UserEvent, neighbours, update};
use flint_protocol::{CompletionRequest, Neighbour};
use leptos::prelude::*;

impl Playground {
    pub(super) fn editor_reports(&mut self, report: Report) {
        let before = self.assist.document().map_or("", |document| document.text());
        match report {
            Report::Edited { changes, cursor, user_event, key_ms } => {
                self.key_ms = key_ms;
                let (line, column) = (cursor.line, cursor.column);
                let event = editor::edited(changes, cursor, user_event, before);
                self.show_place(line, column);
                let waited = self.waits_for_stand_in();
                self.tell_assist(event);
                self.renew_stand_in(waited);
                if user_event == UserEvent::Undone {
                    self.follow_undo();
                }
                self.keep_draft_soon();
                self.embedded_edit();
                self.proposal_may_have_moved();
                if matches!(user_event, UserEvent::Undone | UserEvent::Other) {
                    self.hold_given_lines();
                }
                if self.settings.live_preview {
                    self.refresh_preview_soon();
                }
            }
            Report::Moved { cursor } => {
                self.show_place(cursor.line, cursor.column);
                let at = cursor.in_bytes(before);
                let event = Event::CursorMoved { cursor: at, syntax: cursor.syntax.into() };
                self.tell_assist(event);
            }
            Report::Key { key } => self.ghost_key(key),
            Report::Hunk { id, accept } => self.decide_hunks(&[id], accept),
            Report::Refused => self.announce(notices::GIVEN),
            Report::Unreadable => {
                self.resync();
                self.keep_draft_soon();
            }
        }
    }

    pub(super) fn ghost_key(&mut self, key: GhostKey) {
        if key == GhostKey::Dismiss {
            self.judge_stand_in(false);
        }
        self.tell_assist(match key {
            GhostKey::AcceptAll => Event::AcceptAll,
            GhostKey::AcceptWord => Event::AcceptWord,
            GhostKey::AcceptLine => Event::AcceptLine,
            GhostKey::AcceptNext => Event::AcceptNext,
            GhostKey::Dismiss => Event::Dismiss,
            GhostKey::Next => Event::Cycle { forward: true },
            GhostKey::Previous => Event::Cycle { forward: false },
            GhostKey::Left => Event::Left,
            GhostKey::Announce => return self.announce_ghost(),
        });
    }

    /// Reads the ghost text aloud, only when asked: after every key it would drown everything else.
    fn announce_ghost(&self) {
        let document = self.document_text();
        if let Some(ghost) = self.assist.ghost() {
            self.announce(&words::suggestion(ghost.text.trim()));
        } else if let Some(NextEdit { at, insert, line, left, .. }) = self.assist.next_edit() {
            let names = document.get(at.clone()).zip(insert.as_deref());
            self.announce(&words::next_change(*left, *line, names));
        }
    }

    pub(super) fn tell_assist(&mut self, event: Event) {
        for effect in update(&mut self.assist, event) {
            self.perform(effect);
        }
        let (awaiting, alternative) = (self.assist.is_awaiting(), self.assist.alternative());
        self.screen.update(|screen| {
            screen.awaiting = awaiting;
            screen.alternative = alternative;
        });
    }

    /// Tells the assistant what the editor shows: after opening a file, or when they differ.
    pub(super) fn show_assist_the_file(&mut self, cursor: JsCursor) {
        let Some(text) = self.editor.as_ref().map(Editor::text) else {
            return;
        };
        self.show_place(cursor.line, cursor.column);
        let file = self.project.open_file();
        let event = Event::Opened {
            path: file.path.clone(),
            language: crate::language::of(&file.path).into(),
            cursor: cursor.in_bytes(&text),
            text,
            syntax: cursor.syntax.into(),
        };
        self.tell_assist(event);
        self.tell_neighbours();
        self.switch_suggestions();
    }

    /// The open file as the assistant has it.
    fn document_text(&self) -> &str {
        self.assist.document().map_or("", |document| document.text())
    }

    /// What the project's other files say helps with the open one.
    fn tell_neighbours(&mut self) {
        let (files, open) = (self.project.files(), self.project.open_file());
        let here = files.iter().position(|file| file.id == open.id).unwrap_or_default();
        let own = crate::language::of(&open.path);
        let mut others: Vec<_> = files.iter().enumerate().filter(|(at, _)| *at != here).collect();
        others
            .sort_by_key(|(at, file)| (crate::language::of(&file.path) != own, at.abs_diff(here)));
        let neighbour = |(_, file): (usize, &File)| Neighbour {
            path: file.path.clone(),
            language: crate::language::of(&file.path).into(),
            text: file.text.clone(),
        };
        let others = others.into_iter().map(neighbour).collect();
        let neighbours = neighbours(&open.text, others);
        self.tell_assist(Event::Surrounded { neighbours });
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Request(request) => {
                let at_ms = page::now_ms();
                self.asked = Some(Asked { id: request.id, at_ms, first_text_ms: None });
                self.screen.update(|screen| screen.requests += 1);
                self.time_wanted(Layer::Engine, Some(request.id));
                self.request(request, false);
            }
            Effect::Know(neighbours) => self.engine.know(neighbours),
            Effect::Speculate(request) => self.request(request, true),
            Effect::Answered(layer) => {
                self.time_wanted(layer, self.assist.running());
                self.screen.update(|screen| {
                    screen.requests += 1;
                    screen.cache_hits += u32::from(layer == Layer::Cache);
                });
            }
            Effect::Cancel(id) => {
                self.leave_stand_in(id);
                self.engine.cancel(id);
            }
            Effect::Insert { at, text } => {
                self.judge_stand_in(true);
                let document = self.document_text();
                self.with_editor(|editor| editor.accept(document, at..at, &text));
            }
            Effect::Replace { from, to, text } => {
                let document = self.document_text();
                self.with_editor(|editor| editor.accept(document, from..to, &text));
            }
            Effect::GoTo { at } => {
                let document = self.document_text();
                self.with_editor(|editor| editor.move_to(document, at));
            }
            Effect::Paint => self.paint(),
            Effect::PaintNext => self.paint_next(),
            Effect::Resync => self.resync(),
        }
    }

    fn request(&mut self, request: CompletionRequest, ahead: bool) {
        if self.stand_in.is_some() {
            self.want_of_stand_in(request, ahead);
        } else {
            self.engine.request(request);
        }
    }

    /// The assistant's text may not be the editor's: the editor's counts.
    pub(super) fn resync(&mut self) {
        if let Some(cursor) = self.editor.as_ref().map(Editor::cursor) {
            self.show_assist_the_file(cursor);
        }
    }

    fn paint(&mut self) {
        let ghost = self.assist.ghost();
        let document = self.document_text();
        self.with_editor(|editor| match ghost {
            Some(ghost) => editor.show_ghost(document, ghost.at, &ghost.text),
            None => editor.hide_ghost(),
        });
        let shown = ghost.is_some();
        self.screen.update(|screen| screen.ghost_shown = shown);
        if shown {
            self.time_drawn();
        }
    }

    fn paint_next(&self) {
        let next = self.assist.next_edit();
        let document = self.document_text();
        let key = keys::label(self.settings.keys.of(GhostKey::AcceptAll), page::modifier());
        let hint = next.map(|next| format!("{key} {}", next_words(next))).unwrap_or_default();
        self.with_editor(|editor| {
            editor.show_next(document, next.map(|next| (next, hint.as_str())));
        });
        let words = next.map(next_words);
        self.screen.update(|screen| screen.next_edit = words);
    }

    fn show_place(&self, line: u32, column: u32) {
        self.screen.update(|screen| {
            screen.line = line;
            screen.column = column;
        });
    }
}

/// What the key does that takes the next edit.
fn next_words(next: &NextEdit) -> String {
    words::next_step(next.here, next.line, next.left)
}
