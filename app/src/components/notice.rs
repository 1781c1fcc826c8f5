//! One thing the user should know, above the status bar. It covers a little, and moves nothing.

use super::icon::Icon;
use crate::session::{Message, Notice, Session, StandInDeed};
use leptos::prelude::*;

#[component]
pub(crate) fn NoticeBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let notice = session
        .see(|screen| screen.notice.clone().or(screen.update_waits.then_some(Notice::Update)));
    view! {
        <div class="notices" role="status">
            {move || notice.get().map(|notice| show(session, notice))}
        </div>
    }
}

fn show(session: Session, notice: Notice) -> impl IntoView {
    let (text, action) = match notice {
        Notice::Deleted { path } => {
            (format!("{path} is deleted."), Some(("Undo", Act::UndoDelete)))
        }
        Notice::Replaced { message } => (message, Some(("Undo", Act::UndoReplace))),
        Notice::Changed { message } => (message, Some(("Undo", Act::UndoChange))),
        Notice::Shared => {
            let said = "This project came with a link. Nothing of it runs until you run it. Yours is in the history.";
            (said.into(), Some(("Back to mine", Act::UndoReplace)))
        }
        Notice::Update => {
            ("A new version of Flint is here.".into(), Some(("Reload", Act::TakeUpdate)))
        }
        Notice::Done { message } => (message, None),
        Notice::NoEngine { message } => (message, Some(("Try again", Act::TryAgain))),
        Notice::StandIn { message } => (message, Some(("Allow", Act::AllowStandIn))),
        Notice::Warning { message } => (message, None),
    };
    let button = action.map(|(label, act)| {
        view! {
            <button class="button" type="button" on:click=move |_| close_with(session, act.message())>
                {label}
            </button>
        }
    });
    view! {
        <div class="notice">
            <p>{text}</p>
            {button}
            <button
                class="icon-button"
                type="button"
                aria-label="Close this notice"
                on:click=move |_| close_with(session, Message::DismissNotice)
            >
                {Icon::Close.draw()}
            </button>
        </div>
    }
}

/// The pressed button goes away with the notice, so the focus needs another place.
fn close_with(session: Session, message: Message) {
    session.send(message);
    session.send(Message::FocusEditor);
}

#[derive(Clone, Copy)]
enum Act {
    UndoDelete,
    UndoReplace,
    UndoChange,
    TryAgain,
    AllowStandIn,
    TakeUpdate,
}

impl Act {
    fn message(self) -> Message {
        match self {
            Self::UndoDelete => Message::UndoDelete,
            Self::UndoReplace => Message::UndoReplace,
            Self::UndoChange => Message::UndoChange,
            Self::TryAgain => Message::StartEngine,
            Self::AllowStandIn => Message::StandIn(StandInDeed::Allow),
            Self::TakeUpdate => Message::TakeUpdate,
        }
    }
}
