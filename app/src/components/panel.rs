//! What a run shows: its output, its preview, its input. The frames themselves belong to
//! `crate::runner`; this gives them a place.

use super::console::Console;
use super::icon::Icon;
use super::lazy::LazyExercise;
use super::questions::Questions;
use crate::divider;
use crate::embed;
use crate::session::{self, Message, Session};
use crate::words::panel as words;
use flint_run::Step;
use leptos::html::Div;
use leptos::prelude::*;

#[component]
pub(crate) fn Panel() -> impl IntoView {
    let session = expect_context::<Session>();
    let open = session.see(|screen| screen.panel_open);
    let previewing = session.see(|screen| screen.previewing);
    let shown = session.see(|screen| screen.panel);
    let stage = NodeRef::<Div>::new();
    stage.on_load(move |stage| session.send(Message::StageMounted(stage.into())));
    let works = session.see(|screen| screen.exercise.is_some());
    let exercise_shown = move || shown.get() == session::Panel::Exercise;
    let preview_shown = move || shown.get() == session::Panel::Preview && previewing.get();
    view! {
        <section class="panel" aria-label=words::PANEL hidden=move || !open.get()>
            {(!embed::is_embedded()).then(|| view! { <Divider /> })}
            <div class="panel-bar">
                <Show when=move || works.get()>
                    <Choice panel=session::Panel::Exercise name=words::EXERCISE />
                </Show>
                <Show when=move || previewing.get()>
                    <Choice panel=session::Panel::Preview name=words::PREVIEW />
                </Show>
                <Choice panel=session::Panel::Output name=words::OUTPUT />
                <Outcome />
                <Expectation />
                <Tools />
            </div>
            <div class="stage" class:shown=preview_shown node_ref=stage></div>
            <div class="exercise" hidden=move || !exercise_shown()>
                <LazyExercise />
            </div>
            <div class="output" hidden=move || preview_shown() || exercise_shown()>
                <Console />
                <Input />
            </div>
            <Questions />
        </section>
    }
}

/// The line between code and panel.
#[component]
fn Divider() -> impl IntoView {
    let session = expect_context::<Session>();
    let line = NodeRef::<Div>::new();
    line.on_load(move |line| {
        let shares = session.now(|screen| screen.settings.code_share);
        divider::watch(&line, shares, move |above, share| {
            session.send(Message::Divide { above, share });
        });
    });
    view! {
        <div
            class="divider"
            role="separator"
            tabindex="0"
            aria-label=words::DIVIDER
            aria-controls="code"
            aria-valuemin="20"
            aria-valuemax="80"
            title=words::DIVIDER_HOW
            node_ref=line
        ></div>
    }
}

/// A switch between output and preview, with the number of errors where there are any.
#[component]
fn Choice(panel: session::Panel, name: &'static str) -> impl IntoView {
    let session = expect_context::<Session>();
    let shown = session.see(|screen| screen.panel);
    let errors = session.see(|screen| screen.errors);
    let count = move || {
        let errors = errors.get();
        let shown = panel == session::Panel::Output && errors > 0;
        shown.then(|| {
            let words = words::errors(errors);
            view! { <span class="count" title=words.clone() aria-label=words>{errors}</span> }
        })
    };
    view! {
        <button
            class="panel-choice"
            type="button"
            aria-pressed=move || (shown.get() == panel).to_string()
            on:click=move |_| session.send(Message::ShowPanel(panel))
        >
            {name}
            {count}
        </button>
    }
}

/// How the run stands, read aloud when it changes.
#[component]
fn Outcome() -> impl IntoView {
    let session = expect_context::<Session>();
    let step = session.see(|screen| (screen.step, screen.previewing));
    let words = move || match step.get() {
        (Step::Idle, _) | (Step::Running, true) => String::new(),
        (Step::Starting, _) => words::STARTING.into(),
        (Step::Fetching { tenths }, _) => words::fetching(tenths),
        (Step::Running, _) => words::RUNNING.into(),
        (Step::Finished { ok: true, ms }, _) => words::finished(ms),
        (Step::Finished { ok: false, ms: 0.0 }, _) => words::FAILED.into(),
        (Step::Finished { ok: false, ms }, _) => words::failed(ms),
        (Step::Stopped, _) => words::STOPPED.into(),
    };
    let word = move || match step.get().0 {
        Step::Idle => "idle",
        Step::Starting | Step::Fetching { .. } => "starting",
        Step::Running => "running",
        Step::Finished { ok: true, .. } => "finished",
        Step::Finished { .. } => "failed",
        Step::Stopped => "stopped",
    };
    view! {
        <span class="outcome" role="status" data-step=word>
            {words}
        </span>
    }
}

/// Whether a run printed what it should, where that is known.
#[component]
fn Expectation() -> impl IntoView {
    let session = expect_context::<Session>();
    let as_expected = session.see(|screen| {
        let met = screen.verdict.as_ref().map(|verdict| verdict.passed);
        // An exercise says more.
        met.filter(|_| screen.exercise.is_none())
    });
    let show = |met: bool| {
        let words = if met { words::AS_EXPECTED } else { words::NOT_AS_EXPECTED };
        view! { <span class="expectation" data-met=met.to_string()>{words}</span> }
    };
    view! { <span role="status">{move || as_expected.get().map(show)}</span> }
}

#[component]
fn Tools() -> impl IntoView {
    let session = expect_context::<Session>();
    let button = move |name: &'static str, icon: Icon, message: fn() -> Message| {
        icon.button(name, move || session.send(message()))
    };
    let running = session.see(|screen| screen.step.is_active() && screen.previewing);
    view! {
        <div class="panel-tools">
            <Show when=move || running.get()>
                {button(words::STOP_PREVIEW, Icon::Stop, || Message::Stop)}
            </Show>
            {button(words::COPY_OUTPUT, Icon::Copy, || Message::CopyConsole)}
            {button(words::CLEAR_OUTPUT, Icon::Clear, || Message::ClearConsole)}
            {button(words::CLOSE_PANEL, Icon::Close, || Message::TogglePanel)}
        </div>
    }
}

/// Lines for programs that read: written before the run.
#[component]
fn Input() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <details class="input">
            <summary>{words::INPUT}</summary>
            <textarea
                aria-label=words::INPUT_IS
                placeholder=words::INPUT_HINT
                rows="3"
                spellcheck="false"
                autocapitalize="off"
                on:input=move |event| session.send(Message::WriteInput(event_target_value(&event)))
            ></textarea>
        </details>
    }
}
