//! One printed value: its line, and what unfolds below it. All of it is text, never markup.

use crate::words::panel as words;
use flint_protocol::{Kind, Value};
use leptos::prelude::*;

pub(crate) fn show(value: &Value) -> AnyView {
    let line = line(value);
    if value.children.is_empty() {
        return line.into_any();
    }
    view! {
        <details class="value">
            <summary>{line}</summary>
            <ul>{children(value)}</ul>
        </details>
    }
    .into_any()
}

fn line(value: &Value) -> impl IntoView + use<> {
    view! { <span data-kind=word(value.kind)>{value.text.clone()}</span> }
}

fn children(value: &Value) -> impl IntoView + use<> {
    let rows = value.children.iter().map(|(name, child)| {
        view! {
            <li>
                <span class="name">{name.clone()}</span>
                ": "
                {show(child)}
            </li>
        }
    });
    let more = (value.more > 0).then(|| view! { <li class="more">{words::more(value.more)}</li> });
    view! { {rows.collect_view()} {more} }
}

/// Rows and columns, in the order in which they first appear.
pub(crate) fn table(value: &Value) -> impl IntoView + use<> {
    let mut columns: Vec<&str> = Vec::new();
    for (_, row) in &value.children {
        for (name, _) in &row.children {
            if !columns.contains(&name.as_str()) {
                columns.push(name);
            }
        }
    }
    let head = columns.iter().map(|name| view! { <th scope="col">{(*name).to_owned()}</th> });
    let rows = value.children.iter().map(|(name, row)| {
        let cell = |column: &&str| {
            let cell = row.children.iter().find(|(name, _)| name == column);
            view! { <td>{cell.map(|(_, cell)| line(cell))}</td> }
        };
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                {columns.iter().map(cell).collect_view()}
            </tr>
        }
    });
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{words::INDEX}</th>
                    {head.collect_view()}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// An image that came as data. As an `img` it can neither run scripts nor fetch.
pub(crate) fn image(url: &str) -> AnyView {
    if url.starts_with("data:image/") {
        view! { <img class="picture" src=url.to_owned() alt=words::PICTURE /> }.into_any()
    } else {
        view! { <span>{words::NO_PICTURE}</span> }.into_any()
    }
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::String => "string",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Nothing => "nothing",
        Kind::Function => "function",
        Kind::Symbol => "symbol",
        Kind::Object => "object",
        Kind::Error => "error",
    }
}
