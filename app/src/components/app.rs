//! The page's frame.

use super::{
    code::Code, header::Header, notice::NoticeBar, panel::Panel, shortcuts, status_bar::StatusBar,
};
use crate::session::{Message, Session};
use crate::storage;
use leptos::prelude::*;

#[component]
pub(crate) fn App() -> impl IntoView {
    let session = Session::start();
    provide_context(session);
    keep_draft_when_leaving(session);
    notice_other_writers(session);
    shortcuts::listen(session);
    view! {
        <Header />
        <main class="work">
            <Code />
            <Panel />
            <NoticeBar />
        </main>
        <StatusBar />
    }
}

/// Phones may never send more than `visibilitychange`; desktops send `pagehide` last.
fn keep_draft_when_leaving(session: Session) {
    for name in ["pagehide", "visibilitychange"] {
        let listener =
            window_event_listener_untyped(name, move |_| session.send(Message::KeepDraft));
        on_cleanup(move || listener.remove());
    }
}

/// The browser tells every other page of this site when one of them stores something.
fn notice_other_writers(session: Session) {
    let listener = window_event_listener(leptos::ev::storage, move |event| {
        if event.key().as_deref() == Some(storage::DRAFT) {
            session.send(Message::DraftWrittenElsewhere);
        }
    });
    on_cleanup(move || listener.remove());
}
