//! The page's frame.

use super::{
    code::Code, dialogs::Dialogs, header::Header, notice::NoticeBar, panel::Panel, shortcuts,
    status_bar::StatusBar,
};
use crate::session::{Message, Session};
use leptos::prelude::*;

#[component]
pub(crate) fn App() -> impl IntoView {
    let session = Session::start();
    provide_context(session);
    keep_draft_when_leaving(session);
    shortcuts::listen(session);
    view! {
        <Header />
        <main class="work">
            <Code />
            <Panel />
            <NoticeBar />
        </main>
        <StatusBar />
        <Dialogs />
    }
}

/// Phones may never send more than `visibilitychange`; desktops send `pagehide` last.
fn keep_draft_when_leaving(session: Session) {
    for name in ["pagehide", "visibilitychange"] {
        let listener = window_event_listener_untyped(name, move |_| session.send(Message::Leave));
        on_cleanup(move || listener.remove());
    }
}
