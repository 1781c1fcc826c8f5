//! An answer in words.

use crate::session::{Message, Session};
use crate::words::edit as words;
use flint_protocol::Place;
use leptos::prelude::*;

/// An answer in words; lines that begin with a place lead there.
#[component]
pub(crate) fn Said() -> impl IntoView {
    let session = expect_context::<Session>();
    let answer = session.see(|screen| screen.edit.answer.clone());
    let line = move |line: &str| match place(line) {
        None => view! { <span>{format!("{line}\n")}</span> }.into_any(),
        Some((place, rest)) => {
            let name = format!("{}:{}", place.path, place.line);
            let rest = format!(" {rest}\n");
            view! {
                <button
                    class="place-link"
                    type="button"
                    on:click=move |_| session.send(Message::GoTo(place.clone()))
                >
                    {name}
                </button>
                <span>{rest}</span>
            }
            .into_any()
        }
    };
    view! {
        <Show when=move || !answer.get().is_empty()>
            <div class="said answer" tabindex="0" role="region" aria-label=words::ANSWER>
                {move || answer.get().trim().split('\n').map(line).collect_view()}
            </div>
        </Show>
    }
}

/// `path:line: what is said` as the place and the rest.
fn place(line: &str) -> Option<(Place, String)> {
    let (path, rest) = line.trim_start_matches(['-', '*', ' ']).split_once(':')?;
    let (number, rest) = rest.split_once(':')?;
    let path = path.trim_matches('`').to_owned();
    let number = number.trim().split('-').next()?.parse().ok()?;
    let named = path.contains('.') && !path.contains(' ');
    named.then(|| {
        (Place { path, line: number, column: 1, function: String::new() }, rest.trim().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_review_lead_to_their_places() {
        for (line, expected) in [
            ("a.py:3: rename this", Some(("a.py", 3, "rename this"))),
            ("- `src/a.py`:12-14: loop", Some(("src/a.py", 12, "loop"))),
            ("Well: 3: things", None),
            ("no comments.", None),
            ("see a.py:x: y", None),
        ] {
            let found = place(line);
            let found = found.as_ref().map(|(at, rest)| (at.path.as_str(), at.line, rest.as_str()));
            assert_eq!(found, expected, "{line}");
        }
    }
}
