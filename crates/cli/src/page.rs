//! The page without a page: what the assistant asks the engine for when a key is pressed.

use crate::case::Place;
use flint_assist::{Change, Cursor, Effect, Event, State, Syntax, UserEvent, update};
use flint_protocol::CompletionRequest;

/// The state after the last character before the cursor was typed, and what it asks for.
pub(crate) fn last_key(place: Place<'_>) -> (State, Option<CompletionRequest>) {
    let mut state = State::new(true);
    update(&mut state, Event::EngineReady { model: "terminal".to_owned() });
    let typed = place.prefix.chars().next_back().map(String::from).unwrap_or_default();
    let before = &place.prefix[..place.prefix.len() - typed.len()];
    let opened = Event::Opened {
        path: place.path.to_owned(),
        language: place.language.to_owned(),
        text: format!("{before}{}", place.suffix),
        cursor: Cursor::at(before.len()),
        syntax: Syntax::default(),
    };
    update(&mut state, opened);
    let edited = Event::Edited {
        changes: vec![Change { from: before.len(), to: before.len(), insert: typed }],
        cursor: Cursor::at(place.prefix.len()),
        syntax: Syntax::default(),
        user_event: UserEvent::Typed,
    };
    let mut requests = update(&mut state, edited).into_iter().filter_map(|effect| match effect {
        Effect::Request(request) => Some(request),
        _ => None,
    });
    let request = requests.next_back();
    (state, request)
}
