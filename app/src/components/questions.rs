//! What a running program waits for: a line of input, or leave to go on.

use crate::session::{Message, Session};
use crate::words::panel as words;
use flint_run::Asked;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

#[component]
pub(crate) fn Questions() -> impl IntoView {
    let session = expect_context::<Session>();
    let asked = session.see(|screen| screen.asked.clone());
    view! {
        <div class="questions" role="status">
            {move || {
                asked
                    .get()
                    .map(|asked| match asked {
                        Asked::KeepGoing { seconds } => keep_going(session, seconds).into_any(),
                        Asked::Input { prompt } => view! { <Line prompt /> }.into_any(),
                        Asked::Endpoint => view! { <Endpoint /> }.into_any(),
                    })
            }}
        </div>
    }
}

fn keep_going(session: Session, seconds: u64) -> impl IntoView {
    view! {
        <p>{words::busy(seconds)}</p>
        <button class="button" type="button" on:click=move |_| session.send(Message::Stop)>
            {words::STOP_IT}
        </button>
        <button class="button" type="button" on:click=move |_| session.send(Message::KeepGoing)>
            {words::KEEP_GOING}
        </button>
    }
}

/// One line for the program.
#[component]
fn Line(prompt: String) -> impl IntoView {
    let session = expect_context::<Session>();
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Fails only for elements that cannot have the focus.
            let _ = field.focus();
        }
    });
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            session.send(Message::SendInput(field.value()));
        }
    };
    let label = if prompt.trim().is_empty() { words::READS_A_LINE.into() } else { prompt };
    view! {
        <form class="line" on:submit=send>
            <label>
                <span>{label}</span>
                <input type="text" autocomplete="off" autocapitalize="off" spellcheck="false" node_ref=field />
            </label>
            <button class="button" type="submit">{words::ENTER}</button>
        </form>
    }
}

/// Where Rust may be sent. The address is a suggestion until the button is pressed.
#[component]
fn Endpoint() -> impl IntoView {
    const SUGGESTION: &str = "https://play.rust-lang.org/execute";
    let session = expect_context::<Session>();
    let field = NodeRef::<Input>::new();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            session.send(Message::AllowEndpoint(field.value()));
        }
    };
    view! {
        <form class="endpoint" on:submit=send>
            <p>
                {words::RUST_IS_SENT}
            </p>
            <label>
                <span>{words::ADDRESS}</span>
                <input type="url" required value=SUGGESTION autocomplete="off" spellcheck="false" node_ref=field />
            </label>
            <button class="button" type="submit">{words::ALLOW_AND_RUN}</button>
        </form>
    }
}
