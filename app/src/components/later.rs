//! Parts of the page that come a turn after the rest, so that no turn is long.

use leptos::prelude::*;
use std::time::Duration;

/// What `make` makes, soon; until then nothing has its place.
pub(crate) fn later<V: IntoView + 'static>(make: impl Fn() -> V + Send + 'static) -> impl IntoView {
    let come = RwSignal::new(false);
    set_timeout(move || come.set(true), Duration::ZERO);
    move || come.get().then(&make)
}
