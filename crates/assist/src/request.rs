//! Finding a completion for the cursor's place, cheapest first: what was answered before, what is
//! on its way, the engine. And leaving off.

use crate::cache::Known;
use crate::running::{Answer, Running};
use crate::{Document, Effect, Ghost, Layer, State, silence};
use flint_protocol::RequestId;

/// Finds a completion at the cursor, unless silence is better.
pub(crate) fn ask(state: &mut State, effects: &mut Vec<Effect>) {
    let document = match (&state.document, silence::reason(state)) {
        (Some(document), None) => document,
        _ => return fall_silent(state, effects),
    };
    // At another place than before the engine may know something else than what was refused.
    let known = state.cache.find(document);
    let wanted = |known: &Known| match known {
        Known::Text(text) => !is_unwanted(state, document, text, true),
        Known::Nothing => true,
    };
    if let Some(known) = known.filter(wanted) {
        let at = document.cursor().at;
        fall_silent(state, effects);
        effects.push(Effect::Answered(Layer::Cache));
        if let Known::Text(text) = known {
            state.ghost = Ghost::new(at, &text);
            speculate(state, effects);
        }
    } else if state.speculation.as_ref().is_some_and(|running| running.is_at(document)) {
        effects.push(Effect::Answered(Layer::Speculation));
        attach(state);
    } else {
        let (running, request) = Running::ask(next_id(state.last_id), document);
        effects.push(Effect::Request(request));
        state.last_id = running.id();
        state.ghost = None;
        state.running = Some(running);
        state.speculation = None;
    }
}

/// The user has come to where a request was sent ahead: what has arrived of it is shown.
fn attach(state: &mut State) {
    state.ghost = None;
    state.running = state.speculation.take();
    let (Some(running), Some(document)) = (&mut state.running, &state.document) else {
        return;
    };
    running.arrive(document);
    if let Answer::Shows(text) = running.answer() {
        show(state, &text, false);
    }
}

/// Asks ahead for the place behind the ghost text. The engine has nothing else to do, and whatever
/// the user asks for next takes this request's place.
pub(crate) fn speculate(state: &mut State, effects: &mut Vec<Effect>) {
    let (Some(document), Some(ghost)) = (&state.document, &state.ghost) else {
        return;
    };
    let ahead = document.with_written(&ghost.text);
    if silence::at_cursor(&ahead).is_some() || state.cache.find(&ahead).is_some() {
        return;
    }
    let (running, request) = Running::ask(next_id(state.last_id), &ahead);
    effects.push(Effect::Speculate(request));
    state.last_id = running.id();
    state.speculation = Some(running);
}

/// Whether the user has just said that it shall not be there.
fn is_unwanted(state: &State, document: &Document, text: &str, whole: bool) -> bool {
    let brings_back = state.erased.as_ref().is_some_and(|erased| erased.comes_back(text, whole));
    brings_back || state.rejections.hold(document, text, whole)
}

/// Makes `text` the ghost text at the cursor, unless the user did not want it before.
pub(crate) fn show(state: &mut State, text: &str, whole: bool) {
    let Some(document) = &state.document else {
        return;
    };
    let unwanted = is_unwanted(state, document, text, whole);
    state.ghost = Ghost::new(document.cursor().at, text).filter(|_| !unwanted);
}

pub(crate) fn fall_silent(state: &mut State, effects: &mut Vec<Effect>) {
    state.ghost = None;
    cancel(state, effects);
}

/// Lets go of what is under way.
pub(crate) fn cancel(state: &mut State, effects: &mut Vec<Effect>) {
    let under_way = [state.running.take(), state.speculation.take()];
    effects.extend(under_way.into_iter().flatten().map(|running| Effect::Cancel(running.id())));
}

pub(crate) const fn next_id(last: RequestId) -> RequestId {
    RequestId(last.0.wrapping_add(1))
}
