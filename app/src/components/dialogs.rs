//! The dialogs' frame: a native modal dialog with a title, a way out, and what belongs inside.

use super::connections::Connections;
use super::gallery::Gallery;
use super::history::History;
use super::icon::Icon;
use super::import::Import;
use super::ledger::Ledger;
use super::models::Models;
use super::network::Network;
use super::outbox::Outbox;
use super::settings::SettingsForm;
use super::share::Share;
use crate::session::{Dialog, Message, Session};
use crate::words::dialogs as words;
use leptos::html;
use leptos::prelude::*;

#[component]
pub(crate) fn Dialogs() -> impl IntoView {
    let session = expect_context::<Session>();
    let dialog = session.see(|screen| screen.dialog);
    move || {
        dialog.get().map(|dialog| match dialog {
            Dialog::Share => view! { <Share /> }.into_any(),
            Dialog::Import => view! { <Import /> }.into_any(),
            Dialog::History => view! { <History /> }.into_any(),
            Dialog::Examples => view! { <Gallery /> }.into_any(),
            Dialog::Settings => view! { <SettingsForm /> }.into_any(),
            Dialog::Connections => view! { <Connections /> }.into_any(),
            Dialog::Models => view! { <Models /> }.into_any(),
            Dialog::Outbox => view! { <Outbox /> }.into_any(),
            Dialog::Ledger => view! { <Ledger /> }.into_any(),
            Dialog::Network => view! { <Network /> }.into_any(),
        })
    }
}

#[component]
pub(crate) fn Frame(title: &'static str, children: Children) -> impl IntoView {
    let session = expect_context::<Session>();
    let frame = NodeRef::<html::Dialog>::new();
    frame.on_load(|frame| {
        // Fails only for a dialog that is open already.
        let _ = frame.show_modal();
    });
    let close = move || {
        session.send(Message::CloseDialog);
        session.send(Message::FocusEditor);
    };
    view! {
        <dialog class="dialog" aria-labelledby="dialog-title" node_ref=frame on:close=move |_| close()>
            <div class="dialog-head">
                <h2 id="dialog-title">{title}</h2>
                <button class="icon-button" type="button" aria-label=words::CLOSE on:click=move |_| close()>
                    {Icon::Close.draw()}
                </button>
            </div>
            {children()}
        </dialog>
    }
}
