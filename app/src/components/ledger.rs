//! Where the time of the suggestions went, as a picture and as numbers.

use super::dialogs::Frame;
use crate::session::{LedgerView, Message, Session};
use crate::words::dialogs as words;
use flint_assist::{Entry, percentile};
use leptos::prelude::*;

/// Bars of the picture: more would be too thin to tell apart.
const BARS: usize = 60;
/// Height of the picture in its own units.
const HEIGHT: f64 = 100.0;

#[component]
pub(crate) fn Ledger() -> impl IntoView {
    let session = expect_context::<Session>();
    let view = session.now(|screen| screen.ledger.clone());
    let empty = view.entries.is_empty();
    let body = if empty {
        view! { <p>{words::NOTHING_SUGGESTED}</p> }.into_any()
    } else {
        view! {
            {picture(&view.entries)}
            {stages(&view.entries)}
        }
        .into_any()
    };
    view! {
        <Frame title=words::LEDGER>
            <div class="dialog-text scrolls ledger">
                {body}
                {worth(&view)}
                <p class="hint">
                    {words::MEASURED}
                </p>
                <button
                    class="button"
                    type="button"
                    disabled=empty
                    on:click=move |_| session.send(Message::ExportLedger)
                >
                    {words::EXPORT}
                </button>
            </div>
        </Frame>
    }
}

/// A bar for each of the last suggestions, stacked of its stages, newest to the right.
fn picture(entries: &[Entry]) -> impl IntoView + use<> {
    let last = &entries[entries.len().saturating_sub(BARS)..];
    let top = last.iter().map(|entry| entry.total_ms).fold(1.0, f64::max);
    let width = 300.0 / BARS as f64;
    let mut parts = Vec::new();
    for (index, entry) in last.iter().enumerate() {
        let x = width * (BARS - last.len() + index) as f64;
        let mut y = HEIGHT;
        for (stage, ms) in entry.stages.iter().enumerate() {
            let height = ms.max(0.0) / top * HEIGHT;
            y -= height;
            let (x, y) = (format!("{x:.1}"), format!("{y:.2}"));
            let (width, height) = (format!("{:.1}", width - 1.0), format!("{height:.2}"));
            parts.push(view! { <rect class=format!("stage-{stage}") x=x y=y width=width height=height></rect> });
        }
    }
    let mut times: Vec<f64> = last.iter().map(|entry| entry.total_ms).collect();
    let (p50, p95) = (percentile(&mut times, 50), percentile(&mut times, 95));
    let words = words::key_to_picture(last.len(), p50, p95);
    view! {
        <p class="ledger-words">{words.clone()}</p>
        <svg class="ledger-picture" viewBox="0 0 300 100" preserveAspectRatio="none" role="img" aria-label=words>
            {parts}
        </svg>
        <p class="hint ledger-scale"><span>{words::OLDEST}</span><span>{words::highest(top)}</span><span>{words::NEWEST}</span></p>
    }
}

/// The mean of each stage as a number, with its colour in the picture.
fn stages(entries: &[Entry]) -> impl IntoView + use<> {
    let count = entries.len() as f64;
    let row = |(stage, words): (usize, &'static str)| {
        let mean = entries.iter().map(|entry| entry.stages[stage].max(0.0)).sum::<f64>() / count;
        view! {
            <li>
                <span class=format!("swatch stage-{stage}") aria-hidden="true"></span>
                {words}
                <span class="number">{words::mean(mean)}</span>
            </li>
        }
    };
    let rows = words::STAGES.into_iter().enumerate().map(row).collect_view();
    view! { <ul class="plain ledger-stages" aria-label=words::MEAN>{rows}</ul> }
}

/// What the suggestions were worth.
fn worth(LedgerView { tally, .. }: &LedgerView) -> impl IntoView + use<> {
    let facts = [
        (words::SHOWN, tally.shown.to_string()),
        (
            words::ACCEPTED,
            format!("{} ({})", tally.accepted, words::share(tally.accepted, tally.shown)),
        ),
        (words::DISMISSED, tally.dismissed.to_string()),
        (words::SAVED, tally.saved.to_string()),
        (words::TYPED_THROUGH, tally.typed_through.to_string()),
        (words::CACHED, words::share(tally.cached, tally.wanted)),
        (words::AHEAD, words::share(tally.ahead, tally.wanted)),
    ];
    let row = |(name, value): (&'static str, String)| view! { <li>{name}<span class="number">{value}</span></li> };
    view! { <ul class="plain ledger-stages" aria-label=words::WORTH>{facts.map(row).collect_view()}</ul> }
}
