//! What a running program waits for: a line of input, or leave to go on.

use crate::session::{Message, Session};
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
        <p>{format!("The program has been busy for {seconds} seconds.")}</p>
        <button class="button" type="button" on:click=move |_| session.send(Message::Stop)>
            "Stop it"
        </button>
        <button class="button" type="button" on:click=move |_| session.send(Message::KeepGoing)>
            "Keep going"
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
    let label = if prompt.trim().is_empty() { "The program reads a line".into() } else { prompt };
    view! {
        <form class="line" on:submit=send>
            <label>
                <span>{label}</span>
                <input type="text" autocomplete="off" autocapitalize="off" spellcheck="false" node_ref=field />
            </label>
            <button class="button" type="submit">"Enter"</button>
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
                "Rust is compiled and run by a server. If you allow it, the project’s Rust files are sent to \
                 this address each time you run them, and nowhere else."
            </p>
            <label>
                <span>"Address"</span>
                <input type="url" required value=SUGGESTION autocomplete="off" spellcheck="false" node_ref=field />
            </label>
            <button class="button" type="submit">"Allow and run"</button>
        </form>
    }
}
