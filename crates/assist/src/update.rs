//! The state machine: one event in, the state changed, effects out.

use crate::filter::Surroundings;
use crate::running::{Answer, Running};
use crate::typed::{Through, Typed};
use crate::{Change, Cursor, Document, Effect, Event, Ghost, State, UserEvent};
use crate::{context, extent, silence};
use flint_protocol::{CompletionRequest, RequestId};

/// Lets `event` happen to `state`.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let ghost_before = state.ghost.clone();
    let mut effects = Vec::new();
    step(state, event, &mut effects);
    if state.ghost != ghost_before {
        effects.push(Effect::Paint);
    }
    effects
}

fn step(state: &mut State, event: Event, effects: &mut Vec<Effect>) {
    match event {
        Event::Opened { path, language, text, cursor } => {
            fall_silent(state, effects);
            state.document = Document::open(path, language, text, cursor).ok();
        }
        Event::Edited { changes, cursor, user_event } => {
            edited(state, &changes, cursor, user_event, effects);
        }
        Event::CursorMoved { cursor } => cursor_moved(state, cursor, effects),
        Event::AcceptAll => accept(state, |ghost| &ghost.text, effects),
        Event::AcceptWord => accept(state, Ghost::first_word, effects),
        Event::AcceptLine => accept(state, Ghost::first_line, effects),
        Event::Dismiss => fall_silent(state, effects),
        Event::Text { id, .. } | Event::Done { id } | Event::Failed { id }
            if state.running() != Some(id) => {} // stale: dropped here and nowhere else
        Event::Text { text, .. } => received(state, |running| running.receive(&text), effects),
        Event::Done { .. } => {
            received(state, Running::finish, effects);
            done(state, effects);
        }
        Event::Failed { .. } => state.running = None,
        Event::EngineReady => {
            state.engine_ready = true;
            request(state, effects);
        }
        Event::EngineLost => {
            state.engine_ready = false;
            state.running = None;
        }
        Event::Toggled { on } => {
            state.on = on;
            request(state, effects);
        }
    }
}

fn edited(
    state: &mut State,
    changes: &[Change],
    cursor: Cursor,
    user_event: UserEvent,
    effects: &mut Vec<Effect>,
) {
    let Some(document) = &mut state.document else {
        return;
    };
    let typed = Typed::read(document.cursor(), changes, cursor).filter(|_| user_event.writes());
    if document.apply(changes, cursor).is_err() {
        lose_step(state, effects);
        return;
    }
    let speaks = silence::at_cursor(document).is_none();
    match typed.filter(|_| speaks).map(|typed| typed.go_through(state)) {
        Some(Through::Kept) => {}
        Some(Through::Closed) => cancel(state, effects),
        _ if user_event.invites() => {
            state.ghost = None;
            request(state, effects);
        }
        _ => fall_silent(state, effects),
    }
}

fn cursor_moved(state: &mut State, cursor: Cursor, effects: &mut Vec<Effect>) {
    let Some(document) = &mut state.document else {
        return;
    };
    let before = document.cursor();
    if before == cursor {
        return;
    }
    if document.move_cursor(cursor).is_err() {
        lose_step(state, effects);
    } else if before.composing && !cursor.composing {
        request(state, effects);
    } else {
        fall_silent(state, effects);
    }
}

fn accept(state: &mut State, part: impl Fn(&Ghost) -> &str, effects: &mut Vec<Effect>) {
    if let Some(ghost) = &state.ghost {
        effects.push(Effect::Insert { at: ghost.at, text: part(ghost).to_owned() });
    }
}

/// Lets the running request take in something, and shows what it amounts to.
fn received(state: &mut State, take: impl FnOnce(&mut Running), effects: &mut Vec<Effect>) {
    let (Some(running), Some(document)) = (&mut state.running, &state.document) else {
        return;
    };
    take(running);
    match running.answer() {
        Answer::Shows(text) => state.ghost = Ghost::new(document.cursor().at, &text),
        Answer::Open => {}
        Answer::Diverged => {
            state.ghost = None;
            request(state, effects);
        }
    }
}

fn done(state: &mut State, effects: &mut Vec<Effect>) {
    let used_up =
        state.ghost.is_none() && state.running.as_ref().is_some_and(Running::is_overtyped);
    state.running = state.running.take().filter(|running| !running.is_finished());
    if used_up && state.running.is_none() {
        request(state, effects);
    }
}

/// Asks the engine for a completion at the cursor, unless silence is better.
fn request(state: &mut State, effects: &mut Vec<Effect>) {
    let document = match (&state.document, silence::reason(state)) {
        (Some(document), None) => document,
        _ => return fall_silent(state, effects),
    };
    let limits = extent::limits(document);
    let id = RequestId(state.last_id.0.wrapping_add(1));
    let around = Surroundings {
        rest_of_line: document.rest_of_line().to_owned(),
        max_lines: limits.max_lines as usize,
    };
    effects.push(Effect::Request(CompletionRequest {
        id,
        language: document.language().to_owned(),
        path: document.path().to_owned(),
        prefix: context::prefix(document.before()).to_owned(),
        suffix: context::suffix(document.after()).to_owned(),
        limits,
    }));
    state.last_id = id;
    state.ghost = None;
    state.running = Some(Running::new(id, around));
}

fn fall_silent(state: &mut State, effects: &mut Vec<Effect>) {
    state.ghost = None;
    cancel(state, effects);
}

fn cancel(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(running) = state.running.take() {
        effects.push(Effect::Cancel(running.id()));
    }
}

fn lose_step(state: &mut State, effects: &mut Vec<Effect>) {
    fall_silent(state, effects);
    state.document = None;
    effects.push(Effect::Resync);
}
