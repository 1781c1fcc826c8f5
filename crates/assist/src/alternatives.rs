//! Other suggestions for the same place, asked for one at a time and only when somebody wants one.

use crate::request::next_id;
use crate::running::{Answer, Running};
use crate::{Effect, Ghost, Silence, State, silence};
use flint_protocol::RequestId;

/// An engine is asked for its likeliest beginnings up to this one; further down is chance.
const LAST_RANK: u32 = 6;

#[derive(Clone, Debug, Default)]
pub(crate) struct Alternatives {
    texts: Vec<String>,
    shown: usize,
    /// How many beginnings are likelier than the one to ask for next.
    rank: u32,
    pub(crate) running: Option<Running>,
}

impl Alternatives {
    /// Which one is shown, from 1, of how many that are known.
    pub(crate) fn place(&self) -> Option<(usize, usize)> {
        (!self.texts.is_empty()).then(|| (self.shown + 1, self.texts.len()))
    }

    pub(crate) fn awaits(&self, id: RequestId) -> bool {
        self.running.as_ref().is_some_and(|running| running.id() == id)
    }
}

/// Shows the next or the previous one. Where nothing is shown yet it asks for a suggestion, also
/// where the assistant would be silent of its own accord.
pub(crate) fn cycle(state: &mut State, forward: bool, effects: &mut Vec<Effect>) {
    let place = state.document.as_ref().and_then(silence::at_cursor);
    let impossible = matches!(place, Some(Silence::Selecting | Silence::Composing));
    if impossible || state.document.is_none() || !state.engine_ready {
        return;
    }
    let ghost = state.ghost.as_ref();
    let list = state.alternatives.get_or_insert_with(|| {
        let texts: Vec<String> = ghost.map(|ghost| ghost.text.clone()).into_iter().collect();
        let rank = texts.len() as u32;
        Alternatives { texts, rank, ..Alternatives::default() }
    });
    let count = list.texts.len();
    let last = count == 0 || list.shown + 1 == count;
    if forward && last && list.rank <= LAST_RANK {
        return ask(state, effects);
    }
    if count > 0 {
        list.shown = if forward { list.shown + 1 } else { list.shown + count - 1 } % count;
        show(state);
    }
}

/// The engine has said more to the alternative that was asked for.
pub(crate) fn hear(state: &mut State, text: &str) {
    if let Some(running) = state.alternatives.as_mut().and_then(|list| list.running.as_mut()) {
        running.receive(text);
    }
}

/// The engine has said all of it. One that is known already is no alternative.
pub(crate) fn done(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(list) = &mut state.alternatives else {
        return;
    };
    let Some(mut running) = list.running.take() else {
        return;
    };
    running.finish();
    match running.answer() {
        Answer::Shows(text) if !list.texts.contains(&text) => {
            list.texts.push(text);
            list.shown = list.texts.len() - 1;
            show(state);
        }
        _ if list.rank <= LAST_RANK => ask(state, effects),
        _ => {}
    }
}

/// Gives up all but what is shown.
pub(crate) fn forget(state: &mut State, effects: &mut Vec<Effect>) {
    let running = state.alternatives.take().and_then(|list| list.running);
    effects.extend(running.map(|running| Effect::Cancel(running.id())));
}

/// Asks for one more, unless that is under way. What is shown stays until it comes.
fn ask(state: &mut State, effects: &mut Vec<Effect>) {
    let (Some(document), Some(list)) = (&state.document, &mut state.alternatives) else {
        return;
    };
    if list.running.is_some() {
        return;
    }
    let (running, mut request) = Running::ask(next_id(state.last_id), document);
    request.alternative = list.rank;
    request.limits.min_likelihood = 0.0;
    list.rank += 1;
    state.last_id = running.id();
    list.running = Some(running);
    state.running = None;
    state.speculation = None;
    effects.push(Effect::Request(request));
}

fn show(state: &mut State) {
    let (Some(document), Some(list)) = (&state.document, &state.alternatives) else {
        return;
    };
    let text = list.texts.get(list.shown);
    state.ghost = text.and_then(|text| Ghost::new(document.cursor().at, text));
}
