//! A stand-in for editor, session and engine: plain text with a cursor, and a log of requests.
//!
//! Marked text shows a scene on one line: `|` is the cursor, `⟦…⟧` is ghost text.

use flint_assist::{
    Change, Cursor, Effect, Event, Layer, NextEdit, State, Syntax, UserEvent, update,
};
use flint_protocol::{CompletionRequest, Neighbour, RequestId};

#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) state: State,
    pub(crate) text: String,
    pub(crate) cursor: Cursor,
    /// What the parser says of every place.
    pub(crate) syntax: Syntax,
    /// What the editor draws: text and place, as of the last `Paint`.
    pub(crate) painted: Option<(usize, String)>,
    /// The next edit, as of the last `PaintNext`.
    pub(crate) next: Option<NextEdit>,
    /// All that the engine was sent, in order.
    pub(crate) requests: Vec<CompletionRequest>,
    /// Those of them that were sent ahead.
    pub(crate) ahead: Vec<RequestId>,
    /// Answers that were there without asking.
    pub(crate) layers: Vec<Layer>,
    pub(crate) cancelled: Vec<RequestId>,
    /// What the engine knows of other files.
    pub(crate) known: Vec<Neighbour>,
}

impl Scene {
    /// Opens `src/main.rs` with a ready engine. Asks for nothing more than the engine's start does.
    pub(crate) fn open(marked: &str) -> Self {
        Self::open_in(marked, Syntax::default())
    }

    pub(crate) fn open_in(marked: &str, syntax: Syntax) -> Self {
        let mut scene = Self {
            state: State::new(true),
            text: marked.replacen('|', "", 1),
            cursor: Cursor::at(marked.find('|').expect("marked text has a cursor")),
            syntax,
            painted: None,
            next: None,
            requests: Vec::new(),
            ahead: Vec::new(),
            layers: Vec::new(),
            cancelled: Vec::new(),
            known: Vec::new(),
        };
        scene.reopen();
        scene.send(ready("nano"));
        scene
    }

    pub(crate) fn reopen(&mut self) {
        self.send(Event::Opened {
            path: "src/main.rs".into(),
            language: "rust".into(),
            text: self.text.clone(),
            cursor: self.cursor,
            syntax: self.syntax.clone(),
        });
    }

    pub(crate) fn send(&mut self, event: Event) {
        for effect in update(&mut self.state, event) {
            match effect {
                Effect::Request(request) => self.requests.push(request),
                Effect::Speculate(request) => {
                    self.ahead.push(request.id);
                    self.requests.push(request);
                }
                Effect::Answered(layer) => self.layers.push(layer),
                Effect::Know(neighbours) => self.known = neighbours,
                Effect::Cancel(id) => self.cancelled.push(id),
                Effect::Insert { at, text } => self.edit(at, at, &text, "", UserEvent::Accepted),
                Effect::Paint => {
                    self.painted = self.state.ghost().map(|ghost| (ghost.at, ghost.text.clone()));
                }
                Effect::PaintNext => {
                    self.next = self.state.next_edit().cloned();
                }
                Effect::GoTo { at } => self.move_to(Cursor::at(at)),
                Effect::Replace { from, to, text } => {
                    self.edit(from, to, &text, "", UserEvent::Accepted);
                }
                Effect::Resync => self.reopen(),
            }
        }
    }

    /// Replaces `from..to`; the cursor ends between `insert` and `closer`.
    pub(crate) fn edit(
        &mut self,
        from: usize,
        to: usize,
        insert: &str,
        closer: &str,
        why: UserEvent,
    ) {
        let insert_all = format!("{insert}{closer}");
        self.text.replace_range(from..to, &insert_all);
        self.cursor = Cursor { at: from + insert.len(), selecting: false, ..self.cursor };
        self.send(Event::Edited {
            changes: vec![Change { from, to, insert: insert_all }],
            cursor: self.cursor,
            syntax: self.syntax.clone(),
            user_event: why,
        });
    }

    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let at = self.cursor.at;
            self.edit(at, at, c.encode_utf8(&mut [0; 4]), "", UserEvent::Typed);
        }
        self
    }

    /// Types an opening bracket as an editor with automatic closing does.
    pub(crate) fn type_pair(&mut self, open: &str, close: &str) -> &mut Self {
        let at = self.cursor.at;
        self.edit(at, at, open, close, UserEvent::Typed);
        self
    }

    pub(crate) fn move_to(&mut self, cursor: Cursor) {
        self.cursor = cursor;
        self.send(Event::CursorMoved { cursor, syntax: self.syntax.clone() });
    }

    /// The newest request gets more text.
    pub(crate) fn stream(&mut self, text: &str) -> &mut Self {
        let id = self.last_id();
        self.send(Event::Text { id, text: text.into() });
        self
    }

    /// The newest request gets all of its text.
    pub(crate) fn answer(&mut self, text: &str) -> &mut Self {
        let id = self.last_id();
        self.stream(text).send(Event::Done { id });
        self
    }

    /// How often the engine was asked about a place where the user was.
    pub(crate) fn asked(&self) -> usize {
        self.requests.len() - self.ahead.len()
    }

    pub(crate) fn backspace(&mut self) -> &mut Self {
        let at = self.cursor.at;
        let last = self.text[..at].chars().next_back().map_or(0, char::len_utf8);
        self.edit(at - last, at, "", "", UserEvent::Deleted);
        self
    }

    pub(crate) fn last_id(&self) -> RequestId {
        self.requests.last().expect("a request was sent").id
    }

    /// The scene as marked text.
    pub(crate) fn marked(&self) -> String {
        let (before, after) = self.text.split_at(self.cursor.at);
        match &self.painted {
            Some((at, ghost)) if *at == self.cursor.at => format!("{before}|⟦{ghost}⟧{after}"),
            Some((at, ghost)) => format!("{before}|{after} with ⟦{ghost}⟧ astray at {at}"),
            None => format!("{before}|{after}"),
        }
    }
}

pub(crate) fn ready(model: &str) -> Event {
    Event::EngineReady { model: model.into() }
}
