//! Somebody at the editor who types what was recorded and takes what is right of the suggestions,
//! and a judge who watches the ghost text and knows nothing of how it is made.

use super::trace::{Step, Trace};
use crate::host::TerminalHost;
use anyhow::Result;
use flint_assist::{Change, Cursor, Effect, Event, Layer, State, Syntax, Tally, UserEvent, update};
use flint_inference::{CpuBackend, Engine};
use flint_protocol::CompletionRequest;
use std::time::Instant;

/// Every so many suggestions that are right are typed through and not accepted.
const TYPED_THROUGH: u32 = 3;
/// Every so many answers come a key late.
const LATE: u32 = 5;
/// Shorter than this is quicker to type.
const WORTH_ACCEPTING: usize = 2;

#[derive(Debug, Default)]
pub(crate) struct Figures {
    /// Keys that were pressed, and characters that were written with them.
    pub(crate) keystrokes: usize,
    pub(crate) written: usize,
    /// Accepted characters that were never deleted.
    pub(crate) retained: usize,
    pub(crate) flickers: Vec<String>,
    pub(crate) tally: Tally,
    pub(crate) cache_ms: Vec<f64>,
    pub(crate) engine_ms: Vec<f64>,
}

pub(crate) struct Desk<'d> {
    state: State,
    text: String,
    engine: &'d mut Engine<CpuBackend>,
    figures: &'d mut Figures,
    /// Which bytes of the text were accepted.
    accepted: Vec<bool>,
    /// A request that waits for its answer.
    waiting: Option<CompletionRequest>,
    asked: usize,
    rights: u32,
}

impl<'d> Desk<'d> {
    pub(crate) fn open(
        trace: &Trace,
        engine: &'d mut Engine<CpuBackend>,
        figures: &'d mut Figures,
    ) -> Self {
        let mut state = State::new(true);
        update(&mut state, Event::EngineReady { model: "replay".to_owned() });
        let opened = Event::Opened {
            path: trace.path.clone(),
            language: trace.language.clone(),
            text: trace.text.clone(),
            cursor: Cursor::at(0),
            syntax: Syntax::default(),
        };
        update(&mut state, opened);
        let (text, accepted) = (trace.text.clone(), vec![false; trace.text.len()]);
        Self { state, text, engine, figures, accepted, waiting: None, asked: 0, rights: 0 }
    }

    pub(crate) fn perform(&mut self, step: &Step) -> Result<()> {
        match step {
            Step::Move([at]) => {
                let event =
                    Event::CursorMoved { cursor: Cursor::at(*at), syntax: Syntax::default() };
                self.send(event)
            }
            Step::Edit(at, removed, inserted) => {
                if *removed > 0 {
                    self.figures.keystrokes += 1;
                    self.edit(*at, *removed, "", UserEvent::Deleted)?;
                }
                self.write(*at, inserted)
            }
        }
    }

    pub(crate) fn close(self) {
        let Self { state, figures, accepted, .. } = self;
        figures.retained += accepted.into_iter().filter(|accepted| *accepted).count();
        figures.tally += state.tally();
    }

    /// Writes `wanted`, with as few keys as the suggestions allow.
    fn write(&mut self, mut at: usize, wanted: &str) -> Result<()> {
        self.figures.written += wanted.chars().count();
        let end = at + wanted.len();
        while let Some(next) = wanted[wanted.len() - (end - at)..].chars().next() {
            let left = &wanted[wanted.len() - (end - at)..];
            self.figures.keystrokes += 1;
            if let Some(accept) = self.right(left) {
                let before = self.text.len();
                self.send(accept)?;
                at += self.text.len() - before;
            } else {
                self.type_one(at, next)?;
                at += next.len_utf8();
            }
        }
        Ok(())
    }

    /// The key that takes what is right of the ghost text, if any is and it is not typed through.
    fn right(&mut self, left: &str) -> Option<Event> {
        let ghost = self.state.ghost()?;
        let parts = [
            (ghost.text.as_str(), Event::AcceptAll),
            (ghost.first_line(), Event::AcceptLine),
            (ghost.first_word(), Event::AcceptWord),
        ];
        let right = |text: &str| text.len() >= WORTH_ACCEPTING && goes_on(left, text);
        let (_, accept) = parts.into_iter().find(|(text, _)| right(text))?;
        self.rights += 1;
        (!self.rights.is_multiple_of(TYPED_THROUGH)).then_some(accept)
    }

    /// Types a character; ghost text that begins with it must lose it and stay as it is.
    fn type_one(&mut self, at: usize, next: char) -> Result<()> {
        let ghost = self.state.ghost().map(|ghost| ghost.text.clone());
        let rest = ghost.and_then(|ghost| ghost.strip_prefix(next).map(str::to_owned));
        let asked = self.asked;
        self.edit(at, 0, next.encode_utf8(&mut [0; 4]), UserEvent::Typed)?;
        let Some(rest) = rest.filter(|rest| !rest.trim().is_empty()) else {
            return Ok(());
        };
        let shown = self.state.ghost().map(|ghost| ghost.text.as_str());
        if shown != Some(rest.as_str()) || self.asked != asked {
            self.figures.flickers.push(format!("{rest:?} became {shown:?}"));
        }
        Ok(())
    }

    fn edit(&mut self, at: usize, removed: usize, inserted: &str, why: UserEvent) -> Result<()> {
        let change = Change { from: at, to: at + removed, insert: inserted.to_owned() };
        self.text.replace_range(at..at + removed, inserted);
        let taken = std::iter::repeat_n(why == UserEvent::Accepted, inserted.len());
        self.accepted.splice(at..at + removed, taken);
        self.send(Event::Edited {
            changes: vec![change],
            cursor: Cursor::at(at + inserted.len()),
            syntax: Syntax::default(),
            user_event: why,
        })
    }

    fn send(&mut self, event: Event) -> Result<()> {
        // An answer that was a key late arrives after the key.
        let late = self.waiting.take();
        self.tell(event)?;
        if let Some(request) = late {
            self.answer(&request)?;
        }
        if let Some(request) = self.waiting.take_if(|request| !request.id.0.is_multiple_of(LATE)) {
            self.answer(&request)?;
        }
        Ok(())
    }

    fn tell(&mut self, event: Event) -> Result<()> {
        let started = Instant::now();
        let effects = update(&mut self.state, event);
        let ms = started.elapsed().as_secs_f64() * 1000.0;
        for effect in effects {
            match effect {
                Effect::Request(request) => {
                    self.asked += 1;
                    self.waiting = Some(request);
                }
                Effect::Speculate(request) => self.waiting = Some(request),
                Effect::Answered(Layer::Cache) => self.figures.cache_ms.push(ms),
                Effect::Insert { at, text } => self.edit(at, 0, &text, UserEvent::Accepted)?,
                Effect::Know(_)
                | Effect::Answered(_)
                | Effect::Cancel(_)
                | Effect::Paint
                | Effect::PaintNext
                | Effect::GoTo { .. }
                | Effect::Replace { .. }
                | Effect::Resync => {}
            }
        }
        self.judge();
        Ok(())
    }

    fn answer(&mut self, request: &CompletionRequest) -> Result<()> {
        let started = Instant::now();
        let mut host = TerminalHost::new();
        let completion = pollster::block_on(self.engine.complete(request, &mut host))?;
        self.figures.engine_ms.push(started.elapsed().as_secs_f64() * 1000.0);
        let before = self.state.ghost().map(|ghost| ghost.text.clone());
        let asked = self.asked;
        self.tell(Event::Text { id: request.id, text: completion.text })?;
        self.tell(Event::Done { id: request.id })?;
        let now = self.state.ghost().map(|ghost| ghost.text.as_str());
        let grows =
            before.as_deref().is_none_or(|before| now.is_some_and(|now| now.starts_with(before)));
        if !grows && self.asked == asked {
            self.figures.flickers.push(format!("{before:?} became {now:?} while it was looked at"));
        }
        Ok(())
    }

    /// What holds at every moment.
    fn judge(&mut self) {
        let Some(document) = self.state.document() else {
            return self.figures.flickers.push("the file was lost".to_owned());
        };
        if document.text() != self.text {
            self.figures.flickers.push("the assistant's text is not the editor's".to_owned());
        }
        if let Some(ghost) = self.state.ghost().filter(|ghost| ghost.at != document.cursor().at) {
            self.figures.flickers.push(format!("{:?} is away from the cursor", ghost.text));
        }
    }
}

/// Whether `left` begins with `text` and no word is cut by it.
fn goes_on(left: &str, text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let rest = left.strip_prefix(text);
    rest.is_some_and(|rest| !(text.ends_with(is_word) && rest.starts_with(is_word)))
}
