//! Parts of the page that most visits never open. `cargo xtask build` puts their code into wasm files of
//! its own, which are fetched when the page has come to rest or one of them is wanted.

use super::dialogs::Dialogs;
use super::edit_bar::EditSteps;
use super::exercise::Exercise;
use crate::page;
use crate::session::{EditStep, Message, Panel, Screen, Session};
use crate::words::frame as words;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::future::Future;

type Loaded = Result<AnyView, SplitLoaderError>;

#[wasm_split(dialogs, wasm_split_path = leptos::wasm_split, fallible)]
fn load_dialogs() -> Loaded {
    Ok(view! { <Dialogs /> }.into_any())
}

#[wasm_split(edit_bar, wasm_split_path = leptos::wasm_split, fallible)]
fn load_edit_steps() -> Loaded {
    Ok(view! { <EditSteps /> }.into_any())
}

#[wasm_split(exercise, wasm_split_path = leptos::wasm_split, fallible)]
fn load_exercise() -> Loaded {
    Ok(view! { <Exercise /> }.into_any())
}

#[component]
pub(crate) fn LazyDialogs() -> impl IntoView {
    lazily(|screen| screen.dialog.is_some(), || Message::CloseDialog, load_dialogs, true)
}

#[component]
pub(crate) fn LazyEditSteps() -> impl IntoView {
    let open = |screen: &Screen| screen.edit.step != EditStep::Closed;
    lazily(open, || Message::CloseInstruction, load_edit_steps, true)
}

#[component]
pub(crate) fn LazyExercise() -> impl IntoView {
    let open = |screen: &Screen| screen.exercise.is_some();
    lazily(open, || Message::ShowPanel(Panel::Output), load_exercise, false)
}

/// What `load` makes, once the page is at rest or it is `open`. When it cannot be fetched it is closed
/// with a word, and tried again the next time. What `takes` the keyboard takes it before it is there.
fn lazily<F>(
    open: fn(&Screen) -> bool,
    close: fn() -> Message,
    load: fn() -> F,
    takes: bool,
) -> impl IntoView
where
    F: Future<Output = Loaded> + 'static,
{
    let session = expect_context::<Session>();
    let state = session.see(move |screen| (screen.at_rest, open(screen)));
    let view = RwSignal::new_local(None::<AnyView>);
    let (begun, loaded) = (StoredValue::new(false), StoredValue::new(false));
    // What an effect makes ends when it runs again; this is to live as long as its place.
    let owner = Owner::current().unwrap_or_default();
    Effect::new(move || {
        let (at_rest, wanted) = state.get();
        if takes && wanted && !loaded.get_value() {
            // What is typed until it is there is not meant for the text.
            page::blur();
        }
        if (at_rest || wanted) && !begun.get_value() {
            begun.set_value(true);
            let loading = async move {
                match load().await {
                    Ok(part) => {
                        loaded.set_value(true);
                        view.set(Some(part));
                    }
                    Err(_) => {
                        begun.set_value(false);
                        if session.now(open) {
                            session.send(close());
                            session.send(Message::FocusEditor);
                            session.send(Message::Refused(words::NOT_LOADED.into()));
                        }
                    }
                }
            };
            owner.with(|| spawn_local_scoped(loading));
        }
    });
    move || {
        view.track();
        view.try_update_untracked(Option::take)
    }
}
