//! Which model makes suggestions: the page's own, or a bigger one that is fetched while that one goes on.

use super::playground::Playground;
use super::rest::Rest;
use super::{Dialog, Message};
use crate::engines::{
    Bigger, Choices, LocalEngine, PortEvent, Report, Signal, Status, Suggested, WorkerPort,
    suggested,
};
use crate::words::engines as words;
use crate::{models, page};
use flint_protocol::{Device, FromWorker, KnownFile, Probe};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// A rate over less time than this says nothing.
const STEADY_MS: f64 = 800.0;

/// What is known of them beside the engines themselves.
pub(super) struct Models {
    pub(super) choices: Choices,
    pub(super) suggested: Vec<Suggested>,
    pub(super) kept: Vec<(String, u64)>,
    /// The engine that takes over as soon as it is ready.
    pub(super) next: Option<LocalEngine>,
    pub(super) paused: Option<Bigger>,
    pub(super) progress: Progress,
    /// What was measured of this device, and who measures.
    pub(super) probe: Option<Probe>,
    prober: Option<WorkerPort>,
    pub(super) rest: Rest,
}

/// How far the next one is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Progress {
    pub(super) loaded: u64,
    pub(super) total: u64,
    /// Where and when the first bytes were counted.
    first: Option<(u64, f64)>,
    now_ms: f64,
}

/// What the user, or a question that was asked for them, says.
#[derive(Debug)]
pub(crate) enum ModelDeed {
    /// Fetch it if it is not here, and use it.
    Use(Bigger),
    UseOwn,
    Pause,
    Resume,
    /// Stop fetching, and throw away what has come.
    Cancel,
    Delete(String),
    /// `owner/name` or an address.
    Add(String),
    ChooseFiles,
    FilesChosen(Vec<KnownFile>),
    SetHub(String),
    LeaveGpuAlone(bool),
    Suggested(Result<Vec<Suggested>, String>),
    Kept(Vec<(String, u64)>),
    /// What was measured of this device; none where it could not be.
    Probed(Option<Probe>),
    /// The tab is hidden, or is shown again.
    Hidden(bool),
    /// It has been hidden for long.
    Rest,
}

impl Models {
    pub(super) fn new(choices: Choices) -> Self {
        Self {
            choices,
            suggested: Vec::new(),
            kept: Vec::new(),
            next: None,
            paused: None,
            progress: Progress::default(),
            probe: None,
            prober: None,
            rest: Rest::default(),
        }
    }
}

impl Progress {
    pub(super) fn rate(self) -> Option<f64> {
        let (bytes, ms) = self.first?;
        let took = self.now_ms - ms;
        (took > STEADY_MS && self.loaded < self.total)
            .then(|| (self.loaded - bytes) as f64 * 1000.0 / took)
    }
}

impl Playground {
    pub(super) fn open_models(&mut self) {
        let session = self.session;
        spawn_local(async move {
            session.send(Message::Models(ModelDeed::Suggested(suggested().await)));
        });
        self.look_what_is_kept();
        self.measure_device();
        self.say_of_models("");
        self.show_dialog(Dialog::Models);
    }

    /// Once for a page: before anything is fetched, it says what would be worth it.
    fn measure_device(&mut self) {
        if self.models.probe.is_some() || self.models.prober.is_some() {
            return;
        }
        let session = self.session;
        let report = move |event| {
            let found = match event {
                PortEvent::Message(FromWorker::Hello { .. }) => return,
                PortEvent::Message(FromWorker::Probed(probe)) => Some(probe),
                _ => None,
            };
            session.send(Message::Models(ModelDeed::Probed(found)));
        };
        self.models.prober = WorkerPort::start_probe(report).ok();
    }

    pub(super) fn models(&mut self, deed: ModelDeed) {
        match deed {
            ModelDeed::Use(bigger) => self.use_bigger(bigger),
            ModelDeed::UseOwn => self.use_own(),
            ModelDeed::Pause => {
                let next = self.models.next.take();
                self.models.paused = next.and_then(|next| next.bigger().cloned());
            }
            ModelDeed::Resume => {
                if let Some(paused) = self.models.paused.take() {
                    self.prepare(paused);
                }
            }
            ModelDeed::Cancel => self.cancel_next(),
            ModelDeed::Delete(id) => self.delete_model(&id),
            ModelDeed::Add(text) => match self.models.choices.named(&text) {
                Ok(bigger) => self.add_model(bigger),
                Err(said) => self.say_of_models(&said),
            },
            ModelDeed::ChooseFiles => {
                let session = self.session;
                models::choose(move |files| {
                    session.send(Message::Models(ModelDeed::FilesChosen(files)));
                });
            }
            ModelDeed::FilesChosen(files) => match self.models.choices.on_disk(files) {
                Ok(bigger) => self.add_model(bigger),
                Err(said) => self.say_of_models(&said),
            },
            ModelDeed::SetHub(hub) => self.set_hub(&hub),
            ModelDeed::LeaveGpuAlone(cpu) => {
                self.models.choices.cpu = cpu;
                self.keep_models();
            }
            ModelDeed::Suggested(Ok(suggested)) => self.models.suggested = suggested,
            ModelDeed::Suggested(Err(said)) => self.say_of_models(&said),
            ModelDeed::Kept(kept) => self.models.kept = kept,
            ModelDeed::Probed(probe) => {
                self.models.probe = probe;
                self.models.prober = None;
            }
            ModelDeed::Hidden(hidden) => self.tab_is_hidden(hidden),
            ModelDeed::Rest => self.rest_bigger(),
        }
        self.show_models();
    }

    /// The model that was chosen on an earlier visit, once the page's own is at work.
    pub(super) fn prepare_chosen(&mut self) {
        if !self.is_embedded()
            && let Some(chosen) = self.models.choices.chosen.clone()
        {
            self.prepare(chosen);
        }
    }

    pub(super) fn next_engine_signals(&mut self, signal: Signal) {
        let Some(next) = self.models.next.as_mut().filter(|next| next.owns(&signal)) else {
            return;
        };
        for report in next.handle(signal) {
            match report {
                Report::Status(Status::Loading { loaded_bytes, total_bytes }) => {
                    self.next_is_loading(loaded_bytes, total_bytes);
                }
                Report::Status(status @ Status::Ready { .. }) => return self.take_over(status),
                Report::Status(Status::Failed { message }) => {
                    self.models.next = None;
                    self.look_what_is_kept();
                    self.say_of_models(&message);
                    let shown = self.session.now(|screen| screen.dialog) == Some(Dialog::Models);
                    if !shown {
                        self.warn(&message);
                    }
                }
                _ => {}
            }
        }
        self.show_models();
    }

    /// A bigger model has failed: the page's own goes on, and the user learns why.
    pub(super) fn fall_back(&mut self, message: &str) {
        self.start_own();
        self.warn(&words::fallen_back(message));
        self.show_models();
    }

    fn use_bigger(&mut self, mut bigger: Bigger) {
        bigger.source.device = if self.models.choices.cpu { Device::Cpu } else { Device::Best };
        self.models.choices.chosen = Some(bigger.clone());
        self.keep_models();
        self.say_of_models("");
        bigger.source.may_fetch = true;
        self.prepare(bigger);
    }

    fn add_model(&mut self, bigger: Bigger) {
        self.models.choices.add(bigger.clone());
        self.use_bigger(bigger);
    }

    pub(super) fn prepare(&mut self, bigger: Bigger) {
        let session = self.session;
        let mut next = LocalEngine::of(bigger, move |signal| session.send(Message::Engine(signal)));
        self.models.paused = None;
        self.forget_resting();
        self.models.progress = Progress::default();
        let reports = next.start();
        self.models.next = Some(next);
        for report in reports {
            if let Report::Status(Status::Failed { message }) = report {
                self.models.next = None;
                self.say_of_models(&message);
            }
        }
    }

    fn next_is_loading(&mut self, loaded: u64, total: u64) {
        let progress = &mut self.models.progress;
        progress.now_ms = page::now_ms();
        if loaded > 0 {
            progress.first.get_or_insert((loaded, progress.now_ms));
        }
        progress.loaded = loaded;
        progress.total = total;
    }

    fn take_over(&mut self, status: Status) {
        if let Some(next) = self.models.next.take() {
            self.engine = next;
            self.watch_the_tab();
            self.engine_is_lost();
            self.hear_engine(vec![Report::Status(status)]);
        }
        self.look_what_is_kept();
        self.show_models();
    }

    fn use_own(&mut self) {
        self.models.choices.chosen = None;
        self.models.next = None;
        self.models.paused = None;
        self.forget_resting();
        self.keep_models();
        if self.engine.bigger().is_some() {
            self.start_own();
        }
    }

    pub(super) fn start_own(&mut self) {
        let session = self.session;
        self.engine = LocalEngine::new(move |signal| session.send(Message::Engine(signal)));
        self.engine_is_lost();
        self.start_engine();
    }

    fn cancel_next(&mut self) {
        let next = self.models.next.take().and_then(|next| next.bigger().cloned());
        if let Some(bigger) = next.or_else(|| self.models.paused.take()) {
            self.delete_model(&bigger.source.id);
        }
    }

    fn delete_model(&mut self, id: &str) {
        let is =
            |engine: &LocalEngine| engine.bigger().is_some_and(|bigger| bigger.source.id == id);
        if is(&self.engine) {
            self.start_own();
        }
        self.models.next.take_if(|next| is(next));
        self.forget_resting();
        self.models.choices.forget(id);
        self.models.kept.retain(|(kept, _)| kept != id);
        self.keep_models();
        let (session, id) = (self.session, id.to_owned());
        spawn_local(async move {
            models::remove(&id).await;
            session.send(Message::Models(ModelDeed::Kept(models::sizes().await)));
        });
    }

    fn set_hub(&mut self, hub: &str) {
        let hub = hub.trim();
        if !hub.is_empty() && page::secure_address(hub).is_none() {
            return self.say_of_models(words::NOT_A_HUB);
        }
        self.models.choices.hub = hub.to_owned();
        self.keep_models();
    }

    fn look_what_is_kept(&self) {
        let session = self.session;
        spawn_local(async move {
            session.send(Message::Models(ModelDeed::Kept(models::sizes().await)));
        });
    }

    fn keep_models(&mut self) {
        // Without storage the choice lasts as long as the page.
        let _ = self.storage.keep_models(&self.models.choices);
    }

    fn say_of_models(&self, said: &str) {
        self.screen.update(|screen| screen.models.said = said.to_owned());
    }

    fn show_models(&self) {
        let Models { choices, kept, .. } = &self.models;
        let rows = self.models.rows(self.engine.bigger());
        let known = rows.iter().any(|row| !row.predicted.is_empty());
        let own_recommended = known && !rows.iter().any(|row| row.recommended);
        self.screen.update(|screen| {
            let view = &mut screen.models;
            view.rows = rows;
            view.own_in_use = self.engine.bigger().is_none();
            view.own_recommended = own_recommended;
            view.hub = choices.hub().to_owned();
            view.cpu = choices.cpu;
            view.kept_bytes = kept.iter().map(|(_, bytes)| bytes).sum();
        });
    }
}
