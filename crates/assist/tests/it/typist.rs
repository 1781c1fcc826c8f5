//! One user at one scene, with a judge that knows nothing of how suggestions are made.
//!
//! The judge's rule for "stale": what stands before the cursor plus the ghost text must be a
//! beginning of what stood there at some request plus what the engine said to it, and what follows
//! must be what followed then, but for brackets that the editor has closed since.

use crate::scene::{Scene, ready};
use flint_assist::{Cursor, Event, UserEvent};
use flint_protocol::RequestId;
use proptest::sample::Index;
use std::collections::HashMap;

const FILE: &str = "fn main() {\n    |\n}\n";
/// Requests carry the whole prefix of files shorter than this, so the judge can compare it.
const LONG_FILE: usize = 8 * 1024;

#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Types the next character of the ghost text; an `a` where there is none.
    TypeGhost,
    Type(char),
    TypePair(&'static str, &'static str),
    Delete,
    Move(Index),
    /// Starts or ends a composition.
    Compose,
    Paste,
    AcceptAll,
    AcceptWord,
    AcceptLine,
    AcceptNext,
    Dismiss,
    Stream(String),
    Finish,
    /// An answer to the request before the newest.
    StaleText,
    Fail,
    RestartEngine,
}

pub(crate) struct Typist {
    scene: Scene,
    /// What the engine has said to each request.
    said: HashMap<RequestId, String>,
    pub(crate) keystrokes: usize,
    pub typed_through: usize,
    pub(crate) violations: Vec<String>,
}

impl Typist {
    pub(crate) fn new() -> Self {
        Self {
            scene: Scene::open(FILE),
            said: HashMap::new(),
            keystrokes: 0,
            typed_through: 0,
            violations: Vec::new(),
        }
    }

    /// Lets the user do one thing and judges what is shown after it.
    pub(crate) fn perform(&mut self, act: Act) {
        if self.scene.text.len() > LONG_FILE {
            self.scene = Scene::open(FILE);
            self.said.clear();
        }
        let at = self.scene.cursor.at;
        match act {
            Act::TypeGhost => self.type_ghost(),
            Act::Type(c) => self.type_text(&c.to_string()),
            Act::TypePair(open, close) => {
                self.scene.type_pair(open, close);
            }
            Act::Delete => self.delete(),
            Act::Move(index) => self.move_to(index),
            Act::Compose => {
                let composing = !self.scene.cursor.composing;
                self.scene.move_to(Cursor { composing, ..self.scene.cursor });
            }
            Act::Paste => self.scene.edit(at, at, "p(中)\n", "", UserEvent::Pasted),
            Act::AcceptAll => self.scene.send(Event::AcceptAll),
            Act::AcceptWord => self.scene.send(Event::AcceptWord),
            Act::AcceptLine => self.scene.send(Event::AcceptLine),
            Act::AcceptNext => self.scene.send(Event::AcceptNext),
            Act::Dismiss => self.scene.send(Event::Dismiss),
            Act::Stream(text) => self.say(0, &text),
            Act::StaleText => self.say(1, "stale"),
            Act::Finish => self.answer_newest(|id| Event::Done { id }),
            Act::Fail => self.answer_newest(|id| Event::Failed { id }),
            Act::RestartEngine => {
                self.scene.send(Event::EngineLost);
                self.scene.send(ready("nano"));
            }
        }
        self.judge();
    }

    fn type_ghost(&mut self) {
        let ghost = self.scene.painted.clone();
        let Some((_, ghost)) = ghost.filter(|_| !self.scene.cursor.composing) else {
            return self.type_text("a");
        };
        let first = ghost.chars().next().map_or(0, char::len_utf8);
        let asked = self.scene.asked();
        self.type_text(&ghost[..first]);
        self.typed_through += 1;
        let rest = &ghost[first..];
        let shown = self.scene.painted.as_ref().map(|(_, text)| text.as_str());
        if !rest.trim().is_empty() && shown != Some(rest) {
            self.violations.push(format!("{rest:?} became {shown:?}"));
        }
        if !rest.trim().is_empty() && self.scene.asked() != asked {
            self.violations.push(format!("typing through {ghost:?} asked the engine"));
        }
    }

    fn type_text(&mut self, text: &str) {
        self.keystrokes += 1;
        self.scene.type_text(text);
    }

    fn delete(&mut self) {
        self.keystrokes += 1;
        self.scene.backspace();
    }

    fn move_to(&mut self, index: Index) {
        let at = self.scene.text.floor_char_boundary(index.index(self.scene.text.len() + 1));
        self.scene.move_to(Cursor { at, ..self.scene.cursor });
    }

    fn say(&mut self, age: usize, text: &str) {
        if let Some(request) = self.scene.requests.iter().rev().nth(age) {
            let id = request.id;
            self.said.entry(id).or_default().push_str(text);
            let shown = self.scene.painted.clone();
            let asked = self.scene.requests.len();
            self.scene.send(Event::Text { id, text: text.into() });
            let grows = match (&shown, &self.scene.painted) {
                (Some((_, before)), Some((_, now))) => now.starts_with(before.as_str()),
                (before, _) => before.is_none(),
            };
            // What leaves the typing behind is dropped, and another is asked for.
            if !grows && self.scene.requests.len() == asked {
                self.violations.push(format!("{shown:?} was taken back while it streamed"));
            }
        }
    }

    fn answer_newest(&mut self, event: impl Fn(RequestId) -> Event) {
        if let Some(request) = self.scene.requests.last() {
            let event = event(request.id);
            self.scene.send(event);
        }
    }

    fn judge(&mut self) {
        let mirror = self.scene.state.document().map(|document| document.text());
        if mirror != Some(self.scene.text.as_str()) {
            self.violations.push("the mirror differs from the editor".into());
        }
        if self.scene.painted.is_some() && self.scene.next.is_some() {
            self.violations.push("ghost text and a next edit at once".into());
        }
        let Some((at, ghost)) = &self.scene.painted else {
            return;
        };
        if *at != self.scene.cursor.at || self.scene.cursor.composing {
            self.violations.push(format!("{ghost:?} shown in the wrong place"));
        }
        if ghost.trim().is_empty() || ghost.contains("<|") {
            self.violations.push(format!("{ghost:?} is not worth showing"));
        }
        let expected = format!("{}{ghost}", &self.scene.text[..*at]);
        let after = &self.scene.text[*at..];
        let fresh = self.scene.requests.iter().rev().any(|request| {
            let said = self.said.get(&request.id).map_or("", String::as_str);
            // Space that stands before the cursor is not written again.
            let said = match request.prefix.ends_with([' ', '\t']) {
                true => said.trim_start_matches([' ', '\t']),
                false => said,
            };
            let closed = after.strip_suffix(request.suffix.as_str());
            closed.is_some_and(|closed| closed.chars().all(|c| ")}\"".contains(c)))
                && format!("{}{said}", request.prefix).starts_with(&expected)
        });
        if !fresh {
            self.violations.push(format!("{ghost:?} is stale"));
        }
    }
}
