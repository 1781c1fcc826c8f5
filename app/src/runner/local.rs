//! Runs in frames: one that runs, and one spare whose runtime is already loaded, so that the next run
//! starts at once. Signals come in through the session's queue; what they mean goes out as
//! [`Report`]s. The runner never touches the console or the page around its stage.

use super::frame::{Frame, FrameEvent, OpaqueBy};
use super::isolation::Isolation;
use super::rescue::Rescue;
use super::runtimes::{Bundle, Runtimes};
use super::slot::{Slot, State};
use super::watch::Watch;
use crate::offline;
use flint_protocol::{Entry, FromFrame, RunRequest, ToFrame};
use flint_run::Runtime;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use web_sys::Element;

/// The page shows a batch of output before it takes the next.
const FRAME_MS: u32 = 16;
/// A new spare is made this long after a run began, out of its way.
const SPARE_AFTER_MS: u32 = 60;

/// Something reached the runner: from the frame with this number, the network or a timer.
#[derive(Debug)]
pub(crate) enum Signal {
    Frame(u32, FrameEvent),
    Fetched(Runtime, Result<Bundle, String>),
    /// The page has shown this batch of that frame's output.
    Shown(u32, u32),
    /// Time to ask the running frame how it is.
    Tick,
    /// Time to make a spare.
    Spare(Runtime),
    /// The running frame with this number has not said a word.
    Silent(u32),
    /// Whether the page went on while a frame was busy.
    Isolated(bool),
}

/// What the session must know.
#[derive(Debug)]
pub(crate) enum Report {
    Running,
    Output {
        entries: Vec<Entry>,
        dropped: u32,
    },
    Asks {
        prompt: String,
    },
    Busy {
        ms: f64,
    },
    Finished {
        ok: bool,
        ms: f64,
    },
    /// The run could not begin or go on, and why.
    Failed {
        message: String,
    },
}

pub(crate) struct Runner {
    send: Rc<dyn Fn(Signal)>,
    stage: Option<Element>,
    runtimes: Runtimes,
    /// Counts frames, so that a late word of a dead one is not taken for the living one's.
    number: u32,
    running: Option<Slot>,
    /// Waits for the running slot to be prepared.
    request: Option<RunRequest>,
    spare: Option<Slot>,
    isolation: Isolation,
    /// A frame whose origin the service worker should have made opaque was not.
    policy_failed: bool,
    watch: Option<Watch>,
    rescue: Rescue,
    spare_timer: Option<Timeout>,
    shown_timer: Option<Timeout>,
}

impl Runner {
    pub(crate) fn new(send: impl Fn(Signal) + 'static) -> Self {
        Self {
            send: Rc::new(send),
            stage: None,
            runtimes: Runtimes::new(),
            number: 0,
            running: None,
            request: None,
            spare: None,
            isolation: Isolation::default(),
            policy_failed: false,
            watch: None,
            rescue: Rescue::default(),
            spare_timer: None,
            shown_timer: None,
        }
    }

    pub(crate) fn set_stage(&mut self, stage: Element) {
        self.stage = Some(stage);
    }

    /// Ends what runs and starts this.
    pub(crate) fn run(&mut self, runtime: Runtime, request: RunRequest) -> Vec<Report> {
        self.stop();
        self.rescue.answered();
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
        slot.frame.enter(runtime.shows());
        slot.frame.post(&ToFrame::Ping, &[]);
        let (send, number) = (Rc::clone(&self.send), slot.number);
        self.rescue.expect(move || send(Signal::Silent(number)));
        self.running = Some(slot);
        vec![]
    }

    /// Another frame takes the place of one that will not do. When its process is held by a program of
    /// before, that process goes with its last frame.
    fn replace_running(&mut self, number: u32) -> Vec<Report> {
        let Some(slot) = self.running.take_if(|slot| slot.number == number) else {
            return vec![];
        };
        self.spare = None;
        let runtime = slot.runtime;
        drop(slot);
        self.enter(None, runtime)
    }

    /// Takes the running frame out of the page, and every thread of it.
    pub(crate) fn stop(&mut self) {
        self.running = None;
        self.request = None;
        self.watch = None;
    }

    /// Has a spare ready for this runtime, soon.
    pub(crate) fn warm(&mut self, runtime: Runtime) {
        if runtime.bundle().is_some()
            && self.spare.as_ref().is_none_or(|spare| spare.runtime != runtime)
        {
            let send = Rc::clone(&self.send);
            let timer = Timeout::new(SPARE_AFTER_MS, move || send(Signal::Spare(runtime)));
            self.spare_timer = Some(timer);
        }
    }

    /// Fetches a runtime that may be wanted when there is no network any more.
    pub(crate) fn fetch(&mut self, runtime: Runtime) {
        if let Some(fetching) = self.runtimes.fetch(runtime) {
            let send = Rc::clone(&self.send);
            wasm_bindgen_futures::spawn_local(async move {
                send(Signal::Fetched(runtime, fetching.await));
            });
        }
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
                    vec![]
                }
                Err(message) => self.not_fetched(runtime, message),
            },
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
            Signal::Silent(number) => self.replace_running(number),
            Signal::Isolated(alone) => {
                self.isolation.found(alone);
                vec![]
            }
        }
    }

    fn is_running(&self, number: u32) -> bool {
        self.running.as_ref().is_some_and(|slot| slot.number == number)
    }

    fn number_running(&self) -> u32 {
        self.running.as_ref().map_or(0, |slot| slot.number)
    }

    fn open(&mut self, runtime: Runtime) -> Result<Slot, String> {
        let stage = self.stage.as_ref().ok_or("The page has no place to run programs in.")?;
        self.number += 1;
        let (send, number) = (Rc::clone(&self.send), self.number);
        let by_policy = !self.policy_failed && offline::is_controlled();
        let opaque_by = if by_policy { OpaqueBy::Policy } else { OpaqueBy::Attribute };
        let frame = Frame::open(stage, &self.runtimes.page(), opaque_by, move |event| {
            send(Signal::Frame(number, event));
        })?;
        self.fetch(runtime);
        Ok(Slot { number, runtime, frame, state: State::Opening })
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
                return self.replace_running(self.number_running());
            }
            FrameEvent::Unreadable(error) => return self.fail(error.to_string()),
            FrameEvent::Left => {
                return self.fail(
                    "The program tried to leave its frame, so it was ended. Run it again to start afresh.".into(),
                );
            }
        };
        self.rescue.answered();
        match message {
            FromFrame::Hello => {
                Self::greet(self.running.as_mut());
                self.prepare_all();
                vec![]
            }
            FromFrame::Prepared => {
                if let Some(slot) = &mut self.running {
                    slot.state = State::Prepared;
                }
                self.begin()
            }
            FromFrame::Unprepared { message } => self.fail(format!(
                "What runs this language did not start: {message}. Run it again; if that does not help, reload the page."
            )),
            FromFrame::Output { batch, entries, dropped } => {
                let (send, number) = (Rc::clone(&self.send), self.number_running());
                let shown = move || send(Signal::Shown(number, batch));
                self.shown_timer = Some(Timeout::new(FRAME_MS, shown));
                vec![Report::Output { entries, dropped }]
            }
            FromFrame::Asks { prompt } => vec![Report::Asks { prompt }],
            FromFrame::Finished { ok, ms } => {
                self.watch = None;
                vec![Report::Finished { ok, ms }]
            }
            FromFrame::Pong { .. } if self.request.is_some() => {
                let prepared = self.running.as_ref().is_some_and(Slot::is_prepared);
                if prepared { self.begin() } else { vec![] }
            }
            FromFrame::Pong { busy_ms } => {
                if let Some(watch) = &mut self.watch {
                    watch.answered();
                }
                vec![Report::Busy { ms: busy_ms }]
            }
        }
    }

    fn hear_spare(&mut self, number: u32, event: FrameEvent) -> Vec<Report> {
        let Some(spare) = self.spare.as_mut().filter(|spare| spare.number == number) else {
            return vec![];
        };
        match event {
            FrameEvent::Message(FromFrame::Hello) => {
                Self::greet(Some(spare));
                self.prepare_all();
            }
            FrameEvent::Message(FromFrame::Prepared) => {
                spare.state = State::Prepared;
                spare.frame.mark_prepared();
                let send = Rc::clone(&self.send);
                if let Some(ms) = self.isolation.begin(move |alone| send(Signal::Isolated(alone))) {
                    spare.frame.post(&ToFrame::Spin { ms }, &[]);
                }
            }
            FrameEvent::NotOpaque => {
                self.policy_failed = true;
                let runtime = spare.runtime;
                self.spare = None;
                self.warm(runtime);
            }
            _ => self.spare = None,
        }
        vec![]
    }

    fn greet(slot: Option<&mut Slot>) {
        if let Some(slot) = slot {
            slot.state = State::Standing;
        }
    }

    fn begin(&mut self) -> Vec<Report> {
        let (Some(slot), Some(mut request)) = (&self.running, self.request.take()) else {
            return vec![];
        };
        request.guard = self.isolation.guard();
        slot.frame.post(&ToFrame::Run(request), &[]);
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

    fn fail(&mut self, message: String) -> Vec<Report> {
        self.stop();
        vec![Report::Failed { message }]
    }

    fn post(&self, message: &ToFrame) {
        if let Some(slot) = &self.running {
            slot.frame.post(message, &[]);
        }
    }
}
