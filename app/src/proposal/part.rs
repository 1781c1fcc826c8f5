//! What a model says for one step of a plan, or all that it says where there is none.

use flint_placement::{Answer, Edit, Parser, Problem};
use std::collections::HashSet;

#[derive(Debug)]
pub(super) struct Part {
    /// Empty where there is no plan.
    pub(super) title: String,
    /// What the ids of its hunks begin with; another one for each revision.
    pub(super) slot: u32,
    /// Those of former revisions, some of whose hunks are accepted.
    pub(super) old_slots: Vec<u32>,
    /// In the model's words.
    pub(super) text: String,
    parser: Option<Parser>,
    answer: Answer,
    /// Edits that are decided and not looked for any more.
    pub(super) settled: HashSet<usize>,
    /// What it was before it is written anew.
    before: Option<Box<Self>>,
}

impl Part {
    pub(super) fn new(title: String, slot: u32) -> Self {
        Self::read_by(Parser::default(), title, slot)
    }

    /// For an answer without steps, and with a form of its own.
    pub(super) fn read_by(parser: Parser, title: String, slot: u32) -> Self {
        Self {
            title,
            slot,
            old_slots: Vec::new(),
            text: String::new(),
            parser: Some(parser),
            answer: Answer::default(),
            settled: HashSet::new(),
            before: None,
        }
    }

    /// It is written anew; what it was comes back if nothing comes of it.
    pub(super) fn revise(&mut self, slot: u32) {
        let mut next = Self::new(self.title.clone(), slot);
        next.old_slots.clone_from(&self.old_slots);
        next.old_slots.push(self.slot);
        let before = std::mem::replace(self, next);
        self.before = Some(Box::new(before));
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        if let Some(parser) = &mut self.parser {
            parser.push(text);
        }
    }

    pub(super) fn finish(&mut self) {
        if let Some(parser) = self.parser.take() {
            self.answer = parser.finish();
        }
        if let Some(before) = self.before.take()
            && self.answer.edits.is_empty()
        {
            *self = *before;
        }
    }

    pub(super) fn is_writing(&self) -> bool {
        self.parser.is_some()
    }

    /// Its edits so far that are still to be decided, each with its number.
    pub(super) fn edits(&self) -> Vec<(usize, Edit)> {
        let edits = self.parser.as_ref().map_or(&*self.answer.edits, |parser| parser.edits());
        let open = |(number, _): &(usize, &Edit)| !self.settled.contains(number);
        let edits = edits.iter().enumerate().filter(open);
        edits.map(|(number, edit)| (number, edit.clone())).collect()
    }

    /// The edit that is being written, and the number that it will have.
    pub(super) fn unfinished(&self) -> Option<(usize, Edit)> {
        let parser = self.parser.as_ref()?;
        Some((parser.edits().len(), parser.unfinished()?))
    }

    pub(super) fn problems(&self) -> &[Problem] {
        &self.answer.problems
    }

    /// A file has another name by now.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        let edits = self.answer.edits.iter_mut();
        for path in edits.filter_map(|edit| edit.path.as_mut()).filter(|path| *path == from) {
            to.clone_into(path);
        }
    }
}
