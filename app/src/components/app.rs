//! The page's frame.

use super::{
    code::Code, edit_bar::EditBar, embed::Embedded, header::Header, later::later,
    lazy::LazyDialogs, notice::NoticeBar, panel::Panel, shortcuts, status_bar::StatusBar,
};
use crate::embed;
use crate::session::{Message, Session};
use crate::transfer;
use leptos::prelude::*;

#[component]
pub(crate) fn App() -> impl IntoView {
    let session = Session::start();
    provide_context(session);
    if embed::is_embedded() {
        shortcuts::listen(session);
        return view! { <Embedded /> }.into_any();
    }
    keep_draft_when_leaving(session);
    shortcuts::listen(session);
    transfer::listen(move |files| session.send(Message::FilesRead(files)));
    follow_address(session);
    let announcement = session.see(|screen| screen.announcement.clone());
    view! {
        <Header />
        <main class="work">
            <div class="desk">
                <EditBar />
                <Code />
            </div>
            {later(|| view! { <Panel /> <NoticeBar /> })}
        </main>
        {later(|| view! { <StatusBar /> <LazyDialogs /> })}
        <p class="unseen" role="status">{announcement}</p>
    }
    .into_any()
}

/// A link that is pasted into the address bar of this page opens too.
fn follow_address(session: Session) {
    let changed = move |_| session.send(Message::AddressChanged);
    let listener = window_event_listener_untyped("hashchange", changed);
    on_cleanup(move || listener.remove());
}

/// Phones may never send more than `visibilitychange`; desktops send `pagehide` last.
fn keep_draft_when_leaving(session: Session) {
    for name in ["pagehide", "visibilitychange"] {
        let listener = window_event_listener_untyped(name, move |_| session.send(Message::Leave));
        on_cleanup(move || listener.remove());
    }
}
