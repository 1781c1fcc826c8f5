//! The console: rows of what the program printed, with the places they come from.

use super::value;
use crate::embed;
use crate::session::{Message, Session};
use crate::words::panel as words;
use flint_protocol::{Entry, Level, Place};
use flint_run::Row;
use leptos::html::Div;
use leptos::prelude::*;

/// This near its end, the console follows what is added.
const NEAR_PX: i32 = 48;

#[component]
pub(crate) fn Console() -> impl IntoView {
    let session = expect_context::<Session>();
    let rows = session.see(|screen| screen.rows.clone());
    let left_out = session.see(|screen| screen.left_out);
    let some_left_out = move || left_out.get() > 0;
    let each = move || rows.get().to_vec();
    let list = NodeRef::<Div>::new();
    follow(list, rows);
    view! {
        <div class="console" role="log" aria-label=words::OUTPUT tabindex="0" node_ref=list>
            <Show when=some_left_out>
                <p class="left-out">
                    {move || words::left_out(left_out.get())}
                </p>
            </Show>
            <For each key=|row| (row.number, row.revision) let(row)>
                {show(session, &row)}
            </For>
        </div>
    }
}

/// Keeps the end in sight while the reader is at the end.
fn follow(list: NodeRef<Div>, rows: Memo<std::sync::Arc<Vec<Row>>>) {
    Effect::new(move |_| {
        // An empty list has no end, and asking for it would lay out the page.
        let empty = rows.with(|rows| rows.is_empty());
        let Some(list) = list.get().filter(|_| !empty) else { return };
        let below = list.scroll_height() - list.scroll_top() - list.client_height();
        if below < NEAR_PX || list.scroll_top() == 0 {
            request_animation_frame(move || list.set_scroll_top(list.scroll_height()));
        }
    });
}

fn show(session: Session, row: &Row) -> impl IntoView + use<> {
    let entry = &row.entry;
    let times = (row.times > 1).then(|| {
        view! { <span class="times" title=words::TIMES>{row.times}</span> }
    });
    view! {
        <div
            class="row"
            data-level=word(entry.level)
            style:padding-left=format!("{}px", 12 + 16 * u32::from(entry.depth))
        >
            {sign(entry.level)}
            <div class="parts">{parts(entry)} {calls(session, &entry.trace)}</div>
            {times}
            {entry.trace.first().map(|place| link(session, place))}
            {fix(session, entry)}
        </div>
    }
}

fn parts(entry: &Entry) -> AnyView {
    let first = entry.parts.first();
    match (entry.level, first) {
        (Level::Table, Some(table)) => value::table(table).into_any(),
        (Level::Image, Some(image)) => value::image(&image.text).into_any(),
        _ => entry.parts.iter().map(value::show).collect_view().into_any(),
    }
}

/// The calls that led there, where there is more than the place itself.
fn calls(session: Session, trace: &[Place]) -> Option<impl IntoView + use<>> {
    (trace.len() > 1).then(|| {
        let lines = trace.iter().map(|place| {
            let function = if place.function.is_empty() {
                words::AT.into()
            } else {
                words::at(&place.function)
            };
            view! { <li>{function} " " {link(session, place)}</li> }
        });
        view! { <ol class="trace">{lines.collect_view()}</ol> }
    })
}

/// A model may be asked to change what led to an error.
fn fix(session: Session, entry: &Entry) -> Option<impl IntoView + use<>> {
    if entry.level != Level::Error || embed::is_embedded() {
        return None;
    }
    let said: Vec<_> = entry.parts.iter().map(|part| part.text.clone()).collect();
    let (said, place) = (said.join(" "), entry.trace.first().cloned());
    Some(view! {
        <button
            class="fix-link"
            type="button"
            title=words::FIX_IS
            on:click=move |_| session.send(Message::FixError(said.clone(), place.clone()))
        >
            {words::FIX}
        </button>
    })
}

fn link(session: Session, place: &Place) -> impl IntoView + use<> {
    let name = format!("{}:{}", place.path, place.line);
    let (place, title) = (place.clone(), words::go_to(&name));
    view! {
        <button
            class="place-link"
            type="button"
            title=title
            on:click=move |_| session.send(Message::GoTo(place.clone()))
        >
            {name}
        </button>
    }
}

/// Colour alone says nothing to some: levels have words too.
fn sign(level: Level) -> Option<impl IntoView> {
    let (mark, name) = match level {
        Level::Error => ("✕", words::ERROR),
        Level::Warn => ("!", words::WARNING),
        Level::Result => ("←", words::RESULT),
        Level::Input => ("›", words::INPUT),
        Level::Group => ("▾", words::GROUP),
        _ => return None,
    };
    Some(view! {
        <span class="sign" aria-hidden="true">{mark}</span>
        <span class="unseen">{name}": "</span>
    })
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Text => "text",
        Level::Log => "log",
        Level::Info => "info",
        Level::Debug => "debug",
        Level::Warn => "warn",
        Level::Error => "error",
        Level::Group => "group",
        Level::Table => "table",
        Level::Image => "image",
        Level::Result => "result",
        Level::Input => "input",
        Level::Test => "test",
        Level::Note => "note",
        Level::Clear => "clear",
    }
}
