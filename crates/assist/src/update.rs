//! The state machine: one event in, the state changed, effects out.

use crate::alternatives;
use crate::erased::Erased;
use crate::next_edit;
use crate::request::{ask, cancel, fall_silent, show, speculate};
use crate::running::{Answer, Running};
use crate::silence;
use crate::typed::{Through, Typed};
use crate::{Change, Cursor, Document, Effect, Event, Ghost, Layer, State, Syntax, UserEvent};

/// Lets `event` happen to `state`.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let ghost_before = state.ghost.clone();
    let next_before = state.next_edit().cloned();
    let mut effects = Vec::new();
    let typed = matches!(event, Event::Edited { user_event: UserEvent::Typed, .. });
    step(state, event, &mut effects);
    count(state, &effects);
    if state.ghost != ghost_before {
        state.tally.ghost(ghost_before.as_ref(), state.ghost.as_ref(), typed);
        effects.push(Effect::Paint);
    }
    next_edit::refresh(state);
    if state.next_edit() != next_before.as_ref() {
        effects.push(Effect::PaintNext);
    }
    effects
}

fn count(state: &mut State, effects: &[Effect]) {
    for effect in effects {
        match effect {
            Effect::Request(_) => state.tally.want(Layer::Engine),
            Effect::Answered(layer) => state.tally.want(*layer),
            Effect::Insert { text, .. } => state.tally.accept(text),
            _ => {}
        }
    }
}

fn step(state: &mut State, event: Event, effects: &mut Vec<Effect>) {
    if event.changes_place() {
        alternatives::forget(state, effects);
    }
    match event {
        Event::Opened { path, language, text, cursor, syntax } => {
            fall_silent(state, effects);
            state.erased = None;
            state.next.forget();
            state.document = Document::open(path, language, text, cursor, syntax).ok();
        }
        Event::Surrounded { neighbours } => {
            if state.neighbours != neighbours {
                state.neighbours = neighbours;
                tell_neighbours(state, effects);
            }
        }
        Event::Edited { changes, cursor, syntax, user_event } => {
            edited(state, &changes, (cursor, syntax), user_event, effects);
        }
        Event::CursorMoved { cursor, syntax } => cursor_moved(state, cursor, syntax, effects),
        Event::AcceptAll => accept(state, |ghost| &ghost.text, effects),
        Event::AcceptWord => accept(state, Ghost::first_word, effects),
        Event::AcceptLine => accept(state, Ghost::first_line, effects),
        Event::AcceptNext => accept_next(state, effects),
        Event::Dismiss => dismiss(state, effects),
        Event::Left => fall_silent(state, effects),
        Event::Cycle { forward } => alternatives::cycle(state, forward, effects),
        Event::Text { id, .. } | Event::Done { id } | Event::Failed { id } if !state.awaits(id) => {
        } // stale: dropped here and nowhere else
        Event::Text { id, ref text } if state.cycles(id) => alternatives::hear(state, text),
        Event::Done { id } | Event::Failed { id } if state.cycles(id) => {
            alternatives::done(state, effects);
        }
        Event::Text { id, .. } | Event::Done { id } | Event::Failed { id }
            if state.running() != Some(id) =>
        {
            speculation_hears(state, event);
        }
        Event::Text { text, .. } => received(state, |running| running.receive(&text), effects),
        Event::Done { .. } => {
            received(state, Running::finish, effects);
            done(state, effects);
        }
        Event::Failed { .. } => state.running = None,
        Event::EngineReady { model } => {
            state.engine_ready = true;
            if state.model != model {
                state.cache.clear();
                state.model = model;
            }
            tell_neighbours(state, effects);
            ask(state, effects);
        }
        Event::EngineLost => {
            state.engine_ready = false;
            state.running = None;
            state.speculation = None;
        }
        Event::Toggled { on } => {
            state.on = on;
            ask(state, effects);
        }
    }
}

fn edited(
    state: &mut State,
    changes: &[Change],
    (cursor, syntax): (Cursor, Syntax),
    user_event: UserEvent,
    effects: &mut Vec<Effect>,
) {
    let Some(document) = &mut state.document else {
        return;
    };
    let typed = Typed::read(document.cursor(), changes, cursor).filter(|_| user_event.writes());
    state.erased = Erased::after(state.erased.take(), document, changes, user_event);
    state.next.note(document, changes, user_event);
    if document.apply(changes, cursor, syntax).is_err() {
        lose_step(state, effects);
        return;
    }
    state.next.read(document);
    let speaks = silence::at_cursor(document).is_none();
    match typed.filter(|_| speaks).map(|typed| typed.go_through(state)) {
        Some(Through::Kept) => {}
        Some(Through::Closed) => cancel(state, effects),
        _ if user_event.invites() => {
            state.ghost = None;
            ask(state, effects);
        }
        _ => fall_silent(state, effects),
    }
    // Ghost text that is typed through stays; none appears beside a next edit.
    if state.ghost.is_none() && state.next.proposes() {
        fall_silent(state, effects);
    }
}

fn cursor_moved(state: &mut State, cursor: Cursor, syntax: Syntax, effects: &mut Vec<Effect>) {
    let Some(document) = &mut state.document else {
        return;
    };
    let before = document.cursor();
    if before == cursor {
        return;
    }
    state.erased = None;
    state.next.move_away();
    if document.move_cursor(cursor, syntax).is_err() {
        lose_step(state, effects);
    } else if before.composing && !cursor.composing {
        ask(state, effects);
    } else {
        fall_silent(state, effects);
    }
}

/// An engine that starts knows of no other file.
fn tell_neighbours(state: &State, effects: &mut Vec<Effect>) {
    if state.engine_ready {
        effects.push(Effect::Know(state.neighbours.clone()));
    }
}

fn accept(state: &mut State, part: impl Fn(&Ghost) -> &str, effects: &mut Vec<Effect>) {
    if let Some(ghost) = &state.ghost {
        effects.push(Effect::Insert { at: ghost.at, text: part(ghost).to_owned() });
    }
}

/// Lets the running request take in something, and shows what it amounts to.
fn received(state: &mut State, take: impl FnOnce(&mut Running), effects: &mut Vec<Effect>) {
    let Some(running) = &mut state.running else {
        return;
    };
    take(running);
    let whole = running.is_finished();
    match running.answer() {
        Answer::Shows(text) => show(state, &text, whole),
        Answer::Open => {}
        Answer::Diverged => {
            state.ghost = None;
            ask(state, effects);
        }
    }
}

fn done(state: &mut State, effects: &mut Vec<Effect>) {
    let used_up =
        state.ghost.is_none() && state.running.as_ref().is_some_and(Running::is_overtyped);
    let Some((place, around, answer)) = state.running.as_ref().and_then(Running::whole) else {
        return; // what finished had diverged, and another request took its place
    };
    state.running = None;
    state.cache.insert(place, around, answer);
    if used_up {
        ask(state, effects);
    } else {
        speculate(state, effects);
    }
}

/// Nobody waits for a speculation's answer: it is kept for when somebody does.
fn speculation_hears(state: &mut State, event: Event) {
    let Some(speculation) = &mut state.speculation else {
        return;
    };
    match event {
        Event::Text { text, .. } => speculation.receive(&text),
        Event::Done { .. } => {
            speculation.finish();
            if let Some((place, around, answer)) = speculation.whole() {
                state.cache.insert(place, around, answer);
            }
            state.speculation = None;
        }
        _ => state.speculation = None,
    }
}

fn accept_next(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(next) = state.next_edit().cloned() else {
        return;
    };
    match next.insert {
        Some(text) if next.here => {
            effects.push(Effect::Replace { from: next.at.start, to: next.at.end, text });
        }
        Some(_) => effects.push(Effect::GoTo { at: next.at.end }),
        None => {
            state.next.visit();
            effects.push(Effect::GoTo { at: next.at.end });
        }
    }
}

fn dismiss(state: &mut State, effects: &mut Vec<Effect>) {
    if state.ghost.is_none() {
        state.next.refuse();
    }
    if let (Some(ghost), Some(document)) = (&state.ghost, &state.document) {
        state.tally.dismissed += 1;
        state.rejections.add(document, &ghost.text);
    }
    fall_silent(state, effects);
}

fn lose_step(state: &mut State, effects: &mut Vec<Effect>) {
    fall_silent(state, effects);
    state.next.forget();
    state.document = None;
    effects.push(Effect::Resync);
}
