//! Runs in frames: one that runs, and one spare whose runtime is already loaded, so that the next run
//! starts at once. Signals come in through the session's queue; what they mean goes out as
//! [`Report`]s. The runner never touches the console or the page around its stage.

use super::frame::{Frame, FrameEvent, OpaqueBy, Place};
use super::isolation::Isolation;
use super::leaving::Leaving;
use super::runtimes::Runtimes;
use super::signal::{Report, Signal};
use super::slot::{Slot, State};
use super::watch::Watch;
use crate::offline;
use crate::page;
use crate::words::running as words;
use flint_protocol::{FromFrame, RunRequest, ToFrame};
use flint_run::{Runtime, Start, Waiting};
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use web_sys::Element;

/// The page shows a batch of output before it takes the next.
const FRAME_MS: u32 = 16;

pub(crate) struct Runner {
    pub(super) send: Rc<dyn Fn(Signal)>,
    stage: Option<Element>,
    /// The hosts that programs may reach, as a policy names them.
    network: String,
    pub(super) runtimes: Runtimes,
    /// Counts frames, so that a late word of a dead one is not taken for the living one's.
    number: u32,
    pub(super) running: Option<Slot>,
    /// Waits for the running slot to be prepared.
    pub(super) request: Option<RunRequest>,
    pub(super) spare: Option<Slot>,
    /// The preview of before, shown until the running one is drawn.
    pub(super) leaving: Option<Leaving>,
    pub(super) isolation: Isolation,
    /// A frame whose origin the service worker should have made opaque was not.
    pub(super) policy_failed: bool,
    pub(super) watch: Option<Watch>,
    pub(super) start: Start,
    /// What the running frame must do next before its program begins, and until when.
    pub(super) expected: Option<(Waiting, Timeout)>,
    pub(super) spare_timer: Option<Timeout>,
    shown_timer: Option<Timeout>,
}

impl Runner {
    pub(crate) fn new(send: impl Fn(Signal) + 'static) -> Self {
        Self {
            send: Rc::new(send),
            stage: None,
            network: String::new(),
            runtimes: Runtimes::default(),
            number: 0,
            running: None,
            request: None,
            spare: None,
            leaving: None,
            isolation: Isolation::default(),
            policy_failed: false,
            watch: None,
            start: Start::new(Runtime::Script),
            expected: None,
            spare_timer: None,
            shown_timer: None,
        }
    }

    pub(crate) fn set_stage(&mut self, stage: Element) {
        self.stage = Some(stage);
    }

    /// From now on frames are opened for programs that may reach these hosts.
    pub(crate) fn set_network(&mut self, network: String) {
        if self.network != network {
            self.network = network;
            self.spare = None;
        }
    }

    /// Ends what runs and starts this.
    pub(crate) fn run(&mut self, runtime: Runtime, request: RunRequest) -> Vec<Report> {
        let leaving = self.leave(runtime);
        self.end();
        self.leaving = leaving;
        self.start = Start::new(runtime);
        self.request = Some(request);
        let spare = self.spare.take().filter(|spare| spare.runtime == runtime);
        self.enter(spare, runtime)
    }

    /// Makes a frame the running one; it begins when it has answered.
    fn enter(&mut self, spare: Option<Slot>, runtime: Runtime) -> Vec<Report> {
        let slot = match spare.map_or_else(|| self.open(runtime), Ok) {
            Ok(slot) => slot,
            Err(message) => return self.fail(message),
        };
        let place = match (runtime.shows(), &self.leaving) {
            (false, _) => Place::Hidden,
            (true, None) => Place::Shown,
            (true, Some(_)) => Place::Behind,
        };
        slot.frame.enter(place);
        slot.frame.post(&ToFrame::Ping, &[]);
        let waiting = slot.first_wait();
        self.running = Some(slot);
        self.expect(waiting);
        vec![]
    }

    /// Another frame takes the place of one that will not do. When its process is held by a program of
    /// before, that process goes with its last frame.
    pub(super) fn replace_running(&mut self, number: u32) -> Vec<Report> {
        let Some(slot) = self.running.take_if(|slot| slot.number == number) else {
            return vec![];
        };
        self.spare = None;
        let runtime = slot.runtime;
        drop(slot);
        self.leaving = self.leaving.take().and_then(Leaving::wait);
        self.enter(None, runtime)
    }

    /// Takes the running frame out of the page, and every thread of it.
    pub(crate) fn stop(&mut self) {
        let runtime = self.running.as_ref().map(|slot| slot.runtime);
        self.end();
        self.look_after_spare(runtime);
    }

    fn end(&mut self) {
        // The process that a program holds is the spare's too, and ends with its last frame.
        if self.watch.as_ref().is_some_and(Watch::is_held) {
            self.spare = None;
        }
        self.running = None;
        self.leaving = None;
        self.request = None;
        self.watch = None;
        self.expected = None;
    }

    /// Fetches a runtime that may be wanted when there is no network any more.
    pub(crate) fn fetch(&mut self, runtime: Runtime) {
        let (send, progress) = (Rc::clone(&self.send), Rc::clone(&self.send));
        let progress = move |tenths| progress(Signal::Coming(runtime, tenths));
        if let Some(fetching) = self.runtimes.fetch(runtime, Box::new(progress)) {
            wasm_bindgen_futures::spawn_local(async move {
                send(Signal::Fetched(runtime, fetching.await));
            });
        }
    }

    /// Gives back a runtime that is not wanted any more.
    pub(crate) fn forget(&mut self, runtime: Runtime) {
        self.runtimes.forget(runtime);
        self.spare.take_if(|spare| spare.runtime == runtime);
    }

    pub(crate) fn input(&self, line: String) {
        self.post(&ToFrame::Input { line });
    }

    pub(crate) fn handle(&mut self, signal: Signal) -> Vec<Report> {
        match signal {
            Signal::Frame(number, event) if self.is_running(number) => self.hear_running(event),
            Signal::Frame(number, event) => self.hear_spare(number, event),
            Signal::Fetched(runtime, fetched) => match self.runtimes.keep(runtime, fetched) {
                Ok(()) => {
                    self.prepare_all();
                    if self.waits_for_files() { self.goes_on() } else { vec![] }
                }
                Err(message) => self.not_fetched(runtime, message),
            },
            Signal::Coming(runtime, tenths) => self.comes(runtime, tenths),
            Signal::Shown(number, batch) => {
                if self.is_running(number) {
                    self.post(&ToFrame::Acknowledge { batch });
                }
                vec![]
            }
            Signal::Tick => self.tick(),
            Signal::Spare(runtime) => {
                self.spare = self.open(runtime).ok();
                vec![]
            }
            Signal::ShownForLong(number) => {
                if self.leaving.as_ref().is_some_and(|leaving| leaving.number() == number) {
                    self.show_running();
                }
                vec![]
            }
            Signal::Late(number, waiting) => self.late(number, waiting, waiting.sentence().into()),
            Signal::Isolated(alone) => {
                self.isolation.found(alone);
                vec![]
            }
        }
    }

    fn is_running(&self, number: u32) -> bool {
        self.running.as_ref().is_some_and(|slot| slot.number == number)
    }

    pub(super) fn number_running(&self) -> u32 {
        self.running.as_ref().map_or(0, |slot| slot.number)
    }

    pub(super) fn open(&mut self, runtime: Runtime) -> Result<Slot, String> {
        let stage = self.stage.as_ref().ok_or(words::NO_STAGE)?;
        self.number += 1;
        let (send, number) = (Rc::clone(&self.send), self.number);
        let by_policy =
            offline::is_controlled() && self.policy_failed == self.start.tries_the_other_way();
        let opaque_by = if by_policy { OpaqueBy::Policy } else { OpaqueBy::Attribute };
        let frame = Frame::open(stage, &Runtimes::page(&self.network), opaque_by, move |event| {
            send(Signal::Frame(number, event));
        })?;
        self.fetch(runtime);
        Ok(Slot {
            number,
            runtime,
            frame,
            opaque_by,
            opened_at_ms: page::now_ms(),
            state: State::Opening,
            painted: false,
        })
    }

    /// Hands each frame that stands the runtime it waits for.
    fn prepare_all(&mut self) {
        for slot in self.running.iter_mut().chain(&mut self.spare) {
            let bundle = self.runtimes.get(slot.runtime);
            if let Some(bundle) = bundle.filter(|_| slot.state == State::Standing) {
                slot.state = State::Preparing;
                let language = slot.runtime.bundle().unwrap_or_default().to_owned();
                let script = bundle.script.clone();
                slot.frame.post(&ToFrame::Prepare { language, script }, &bundle.wasm);
            }
        }
    }

    fn hear_running(&mut self, event: FrameEvent) -> Vec<Report> {
        let message = match event {
            FrameEvent::Message(message) => message,
            FrameEvent::NotOpaque => {
                self.policy_failed = true;
                let sentence = Waiting::Frame.sentence().into();
                return self.late(self.number_running(), Waiting::Frame, sentence);
            }
            FrameEvent::Unreadable(error) => return self.fail(error.to_string()),
            FrameEvent::Left => {
                return self.fail(words::LEFT.into());
            }
        };
        match message {
            FromFrame::Hello => {
                let stood = self.running.as_mut().map(Slot::stand);
                self.stands(stood);
                self.goes_on()
            }
            FromFrame::Prepared => {
                if let Some(slot) = &mut self.running {
                    slot.state = State::Prepared;
                }
                self.begin()
            }
            FromFrame::Unprepared { message } => {
                let sentence = words::not_started(message);
                if self.request.is_none() {
                    return self.fail(sentence);
                }
                self.late(self.number_running(), Waiting::Runtime, sentence)
            }
            FromFrame::Output { batch, entries, dropped } => {
                let (send, number) = (Rc::clone(&self.send), self.number_running());
                let shown = move || send(Signal::Shown(number, batch));
                self.shown_timer = Some(Timeout::new(FRAME_MS, shown));
                vec![Report::Output { entries, dropped }]
            }
            FromFrame::Painted => {
                self.show_running();
                vec![]
            }
            FromFrame::Scrolled(scroll) => vec![Report::Scrolled(scroll)],
            FromFrame::Asks { prompt } => vec![Report::Asks { prompt }],
            FromFrame::Finished { ok, ms } => {
                self.watch = None;
                vec![Report::Finished { ok, ms }]
            }
            FromFrame::Pong { .. } if self.request.is_some() => {
                let prepared = self.running.as_ref().is_some_and(Slot::is_prepared);
                if prepared {
                    return self.begin();
                }
                self.goes_on()
            }
            FromFrame::Pong { busy_ms } => {
                if let Some(watch) = &mut self.watch {
                    watch.answered(busy_ms);
                }
                vec![Report::Busy { ms: busy_ms }]
            }
        }
    }

    /// A frame that was made opaque in this way has said hello.
    pub(super) fn stands(&mut self, opaque_by: Option<OpaqueBy>) {
        if opaque_by == Some(OpaqueBy::Policy) {
            self.policy_failed = false;
        }
        self.prepare_all();
    }

    fn begin(&mut self) -> Vec<Report> {
        let (Some(slot), Some(mut request)) = (&self.running, self.request.take()) else {
            return vec![];
        };
        request.guard = self.isolation.guard();
        slot.frame.post(&ToFrame::Run(request), &[]);
        self.expected = None;
        self.start = Start::new(slot.runtime);
        let runtime = slot.runtime;
        let send = Rc::clone(&self.send);
        self.watch = Some(Watch::start(move || send(Signal::Tick)));
        self.warm(runtime);
        vec![Report::Running]
    }

    fn tick(&mut self) -> Vec<Report> {
        match self.watch.as_mut().map(Watch::tick) {
            Some(None) => {
                self.post(&ToFrame::Ping);
                vec![]
            }
            Some(Some(ms)) => vec![Report::Busy { ms }],
            None => vec![],
        }
    }

    fn not_fetched(&mut self, runtime: Runtime, message: String) -> Vec<Report> {
        self.spare.take_if(|spare| spare.runtime == runtime);
        if self.running.as_ref().is_some_and(|slot| slot.runtime == runtime && !slot.is_prepared())
        {
            return self.fail(message);
        }
        vec![]
    }

    pub(super) fn fail(&mut self, message: String) -> Vec<Report> {
        self.end();
        vec![Report::Failed { message }]
    }

    fn post(&self, message: &ToFrame) {
        if let Some(slot) = &self.running {
            slot.frame.post(message, &[]);
        }
    }
}
