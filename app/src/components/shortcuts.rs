//! Keys that mean the same wherever the focus is.

use crate::session::{EditStep, ExerciseDeed, Message, Session, Which};
use leptos::prelude::*;

/// Listens until the page goes. In the capture phase: the editor knows some of these keys too.
pub(crate) fn listen(session: Session) {
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        // By its place on the keyboard: with Alt, some systems make another letter of it.
        if event.alt_key() && event.shift_key() && event.code() == "KeyF" {
            event.prevent_default();
            session.send(Message::Format);
        }
        let step = session.now(|screen| screen.edit.step);
        if let Some(message) = edit_key(&event, step) {
            event.prevent_default();
            session.send(message);
            return;
        }
        if !(event.ctrl_key() || event.meta_key()) {
            return;
        }
        let works = session.now(|screen| screen.exercise.is_some());
        if event.alt_key() && event.key() == "Enter" && works {
            event.prevent_default();
            session.send(Message::Exercise(ExerciseDeed::Check));
        }
        if event.alt_key() {
            return;
        }
        let message = match (event.key().as_str(), event.shift_key()) {
            ("Enter", false) => Message::Run,
            ("Enter", true) => Message::RunSelection,
            (".", _) => Message::Stop,
            ("i", false) => Message::OpenInstruction,
            _ => return,
        };
        event.prevent_default();
        session.send(message);
    });
    on_cleanup(move || listener.remove());
}

/// Keys that mean something only while a model is asked or its changes are looked at.
fn edit_key(event: &leptos::ev::KeyboardEvent, step: EditStep) -> Option<Message> {
    let plain = !(event.ctrl_key() || event.meta_key());
    let key = event.key();
    match step {
        EditStep::Asking if key == "Escape" && plain => Some(Message::StopEdit),
        EditStep::Asking | EditStep::Reviewing if key == "F7" && plain => {
            Some(Message::StepHunk { forward: !event.shift_key() })
        }
        EditStep::Asking | EditStep::Reviewing if plain && event.alt_key() => {
            let which = if event.shift_key() { Which::All } else { Which::Current };
            match event.code().as_str() {
                "KeyY" => Some(Message::Decide { which, accept: true }),
                "KeyN" => Some(Message::Decide { which, accept: false }),
                _ => None,
            }
        }
        _ => None,
    }
}
