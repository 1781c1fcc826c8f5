//! One thing the user should know, above the status bar. It covers a little, and moves nothing.

use super::icon::Icon;
use crate::session::{Message, Notice, Session, StandInDeed};
use crate::words::frame as words;
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
        Notice::Deleted { path } => (words::deleted(&path), Some((words::UNDO, Act::UndoDelete))),
        Notice::Replaced { message } => (message, Some((words::UNDO, Act::UndoReplace))),
        Notice::Changed { message } => (message, Some((words::UNDO, Act::UndoChange))),
        Notice::Shared => (words::SHARED.into(), Some((words::BACK_TO_MINE, Act::UndoReplace))),
        Notice::Update => (words::UPDATE.into(), Some((words::RELOAD, Act::TakeUpdate))),
        Notice::Done { message } => (message, None),
        Notice::NoEngine { message } => (message, Some((words::TRY_AGAIN, Act::TryAgain))),
        Notice::StandIn { message } => (message, Some((words::ALLOW, Act::AllowStandIn))),
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
                aria-label=words::CLOSE_NOTICE
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
