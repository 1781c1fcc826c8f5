//! The only writer of state. Everything that happens becomes a [`Message`] in one queue; each is
//! handled to its end before the next, so nothing ever sees a half-changed playground.

mod answer;
mod asking;
mod connections;
mod dialog;
mod draft;
mod edit;
mod embed;
mod engine;
mod exercise;
mod files;
mod formatting;
mod history;
mod import;
mod in_tab;
mod keys;
mod ledger;
mod message;
mod model_rows;
mod models;
mod network;
mod offline;
mod outbox;
mod playground;
mod rest;
mod review;
mod routing;
mod run;
mod rust;
mod screen;
mod settings;
mod share;
mod stand_in;
mod suggestions;
mod transaction;

pub(crate) use connections::ConnectionsView;
pub(crate) use dialog::Dialog;
pub(crate) use edit::{EditStep, EditView, TabOffer, Wish};
pub(crate) use exercise::{ExerciseDeed, ExerciseView};
pub(crate) use history::{HistoryView, Selected};
pub(crate) use import::{Choice, ImportView, Waiting};
pub(crate) use ledger::LedgerView;
pub(crate) use message::Message;
pub(crate) use model_rows::{ModelRow, ModelState, ModelsView};
pub(crate) use models::ModelDeed;
pub(crate) use outbox::Sent;
pub(crate) use review::Which;
pub(crate) use screen::{Notice, Panel, Screen, Speed};
pub(crate) use share::ShareView;
pub(crate) use stand_in::StandInDeed;

use leptos::prelude::*;
use playground::Playground;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// The running playground. Copies are handles to the same one.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    inner: StoredValue<Inner, LocalStorage>,
    screen: ReadSignal<Screen>,
}

struct Inner {
    queue: RefCell<VecDeque<Message>>,
    busy: Cell<bool>,
    playground: RefCell<Option<Playground>>,
}

impl Session {
    pub(crate) fn start() -> Self {
        let (screen, write_screen) = signal(Screen::default());
        let inner = StoredValue::new_local(Inner {
            queue: RefCell::default(),
            busy: Cell::new(false),
            playground: RefCell::new(None),
        });
        let session = Self { inner, screen };
        let playground = Playground::new(session, write_screen);
        inner.with_value(|inner| inner.playground.replace(Some(playground)));
        session
    }

    /// Lets something happen. Called while another message is handled, it waits its turn.
    pub(crate) fn send(&self, message: Message) {
        self.inner.try_with_value(|inner| {
            inner.queue.borrow_mut().push_back(message);
            if inner.busy.replace(true) {
                return;
            }
            while let Some(message) = inner.next() {
                if let Some(playground) = inner.playground.borrow_mut().as_mut() {
                    playground.handle(message);
                }
            }
            inner.busy.set(false);
        });
    }

    /// A part of what is on screen now.
    pub(crate) fn now<T>(&self, part: impl FnOnce(&Screen) -> T) -> T {
        self.screen.with_untracked(part)
    }

    /// A part of what is on screen; it changes when that part does.
    pub(crate) fn see<T>(&self, part: impl Fn(&Screen) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let screen = self.screen;
        Memo::new(move |_| screen.with(&part))
    }
}

impl Inner {
    fn next(&self) -> Option<Message> {
        self.queue.borrow_mut().pop_front()
    }
}
