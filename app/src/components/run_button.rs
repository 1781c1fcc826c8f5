//! The button that runs the open file, and stops it while it runs.

use super::icon::Icon;
use crate::page;
use crate::session::{Message, Session};
use crate::words::frame as words;
use leptos::prelude::*;

#[component]
pub(crate) fn RunButton() -> impl IntoView {
    let session = expect_context::<Session>();
    let active = session.see(|screen| screen.step.is_active() && !screen.previewing);
    let modifier = page::modifier();
    let press = move |_| {
        session.send(if active.get_untracked() { Message::Stop } else { Message::Run });
    };
    let title = move || {
        if active.get() { words::stop_by_key(modifier) } else { words::run_by_key(modifier) }
    };
    view! {
        <button
            class="run-button"
            class:stop=move || active.get()
            type="button"
            title=title
            // The focus stays where it was, unless the button was reached by key.
            on:pointerdown=|event| event.prevent_default()
            on:mousedown=|event| event.prevent_default()
            on:click=press
        >
            {move || if active.get() { Icon::Stop.draw() } else { Icon::Run.draw() }}
            <span>{move || if active.get() { words::STOP } else { words::RUN }}</span>
        </button>
    }
}
