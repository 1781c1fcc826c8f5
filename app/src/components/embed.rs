//! The page inside another site's page: the files, Run, the console, and the way to a page of its own.

use super::{
    code::Code, icon::Icon, notice::NoticeBar, panel::Panel, run_button::RunButton, tabs::Tabs,
};
use crate::session::{Message, Session};
use crate::words::embed as words;
use crate::words::frame;
use leptos::prelude::*;

#[component]
pub(crate) fn Embedded() -> impl IntoView {
    let session = expect_context::<Session>();
    let announcement = session.see(|screen| screen.announcement.clone());
    view! {
        <header class="header">
            <h1 class="unseen">{frame::FLINT}</h1>
            <Tabs />
            <RunButton />
            {Icon::Open.button(words::OPEN, move || session.send(Message::OpenInFlint))}
        </header>
        <main class="work">
            <Code />
            <Panel />
            <NoticeBar />
        </main>
        <p class="unseen" role="status">{announcement}</p>
    }
}
