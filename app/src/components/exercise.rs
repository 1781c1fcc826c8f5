//! What is to be done, and what a check found: each test, and where it failed, what came beside what
//! was expected.

use crate::page;
use crate::session::{ExerciseDeed, Message, Session};
use crate::words::exercise as words;
use flint_exercise::{Line, Side, Test, Verdict, difference};
use leptos::prelude::*;

#[component]
pub(super) fn Exercise() -> impl IntoView {
    let session = expect_context::<Session>();
    let task = session.see(|screen| {
        screen.exercise.as_ref().map(|exercise| exercise.task.clone()).unwrap_or_default()
    });
    let holds = session.see(|screen| screen.exercise.as_ref().is_some_and(|shown| shown.holds));
    let verdict = session.see(|screen| screen.verdict.clone());
    let busy = session.see(|screen| screen.step.is_active() && !screen.previewing);
    let deed = move |deed| session.send(Message::Exercise(deed));
    let keys = words::check_key(page::modifier());
    view! {
        <p class="task" hidden=move || task.get().is_empty()>{move || task.get()}</p>
        <p class="hint" hidden=move || !holds.get()>{words::GIVEN_LINES}</p>
        <div class="exercise-tools">
            <button
                class="button check"
                type="button"
                title=keys
                aria-disabled=move || busy.get().to_string()
                on:click=move |_| {
                    if !busy.get_untracked() {
                        deed(ExerciseDeed::Check);
                    }
                }
            >
                {move || if busy.get() { words::RUNNING } else { words::CHECK }}
            </button>
            <button class="button" type="button" on:click=move |_| deed(ExerciseDeed::StartOver)>
                {words::START_OVER}
            </button>
            <button
                class="button"
                type="button"
                title=words::EDIT_IS
                on:click=move |_| deed(ExerciseDeed::Edit)
            >
                {words::EDIT}
            </button>
        </div>
        {move || verdict.get().map(|verdict| found(&verdict))}
    }
}

fn found(verdict: &Verdict) -> impl IntoView + use<> {
    let passed = verdict.tests.iter().filter(|test| test.passed).count();
    let words = match (verdict.passed, verdict.tests.len()) {
        (true, all) => words::all_passed(all),
        (false, all) => words::passed(passed, all),
    };
    view! {
        <h2 class="verdict" data-passed=verdict.passed.to_string()>{words}</h2>
        <ul class="tests">{verdict.tests.iter().map(test).collect_view()}</ul>
    }
}

fn test(Test { name, passed, got, expected }: &Test) -> impl IntoView + use<> {
    let (mark, word) = if *passed { ("✓", words::PASSED) } else { ("✕", words::NOT_YET) };
    let found = match (got, expected) {
        (Some(got), Some(expected)) => Some(compared(expected, got).into_any()),
        (Some(wrong), None) => Some(view! { <p class="wrong">{wrong.clone()}</p> }.into_any()),
        _ => None,
    };
    view! {
        <li data-passed=passed.to_string()>
            <p class="test-name">
                <span class="mark" aria-hidden="true">{mark}</span>
                <span class="unseen">{word}</span>
                {name.clone()}
            </p>
            {found}
        </li>
    }
}

/// Short values below each other, longer texts line by line. Signs and words, for colour says nothing to some.
fn compared(expected: &str, got: &str) -> impl IntoView + use<> {
    let long = expected.contains('\n') || got.contains('\n');
    let lines = if long {
        difference(expected, got)
    } else {
        vec![
            Line { side: Side::Expected, text: expected.to_owned() },
            Line { side: Side::Got, text: got.to_owned() },
        ]
    };
    let row = |Line { side, text }: Line| {
        let (word, name) = match side {
            Side::Both => ("", "both"),
            Side::Expected => (words::EXPECTED, "expected"),
            Side::Got => (words::GOT, "got"),
        };
        let shown = if text.is_empty() { words::EMPTY_LINE.to_owned() } else { text.clone() };
        view! {
            <div class="compared" data-side=name>
                <span class="side">{word}</span>
                <span class="line-text" class:hint=text.is_empty()>{shown}</span>
            </div>
        }
    };
    view! { <div class="difference">{lines.into_iter().map(row).collect_view()}</div> }
}
