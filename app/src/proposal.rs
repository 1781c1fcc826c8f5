//! A model's answer as changes of one file: what is proposed so far, what the user has decided, and
//! what has no place.

use flint_placement::{Answer, Change, Edit, File, Parser, Plan, plan};
use serde::Serialize;
use std::collections::HashSet;

/// Splices of one edit that get ids of their own.
const PER_EDIT: u32 = 1_000;

/// Lines of the file that was asked about, counted from 0, and the lines instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Hunk {
    pub(crate) id: u32,
    pub(crate) from_line: usize,
    pub(crate) to_line: usize,
    pub(crate) insert: Vec<String>,
}

/// What is shown in the editor.
#[derive(Debug, Serialize)]
pub(crate) struct Shown<'a> {
    pub(crate) hunks: &'a [Hunk],
    pub(crate) current: Option<u32>,
}

#[derive(Debug)]
pub(crate) struct Proposal {
    path: String,
    /// The text that was asked about.
    base: String,
    parser: Option<Parser>,
    answer: Answer,
    decided: HashSet<u32>,
    hunks: Vec<Hunk>,
    /// Sentences about what is not proposed, and why.
    refused: Vec<String>,
    current: Option<u32>,
    pub(crate) accepted: usize,
    pub(crate) rejected: usize,
}

impl Proposal {
    pub(crate) fn new(path: String, base: String) -> Self {
        Self {
            path,
            base,
            parser: Some(Parser::default()),
            answer: Answer::default(),
            decided: HashSet::new(),
            hunks: Vec::new(),
            refused: Vec::new(),
            current: None,
            accepted: 0,
            rejected: 0,
        }
    }

    pub(crate) fn hunks(&self) -> &[Hunk] {
        &self.hunks
    }

    pub(crate) fn shown(&self) -> Shown<'_> {
        Shown { hunks: &self.hunks, current: self.current }
    }

    pub(crate) fn current(&self) -> Option<u32> {
        self.current
    }

    pub(crate) fn refused(&self) -> &[String] {
        &self.refused
    }

    /// More of the answer has come.
    pub(crate) fn push(&mut self, text: &str) {
        if let Some(parser) = &mut self.parser {
            parser.push(text);
        }
    }

    /// No more will come.
    pub(crate) fn finish(&mut self) {
        if let Some(parser) = self.parser.take() {
            self.answer = parser.finish();
        }
        self.place();
    }

    /// Finds the places of what has come so far.
    pub(crate) fn place(&mut self) {
        let plan = match &self.parser {
            Some(parser) => self.so_far(parser),
            None => self.plan(&self.answer),
        };
        let mut hunks = Vec::new();
        let mut nth = std::collections::HashMap::<usize, u32>::new();
        for hunk in plan.changes.iter().flat_map(|change| &change.hunks) {
            let count = nth.entry(hunk.edit).or_default();
            let id = u32::try_from(hunk.edit).unwrap_or(u32::MAX / PER_EDIT) * PER_EDIT + *count;
            *count += 1;
            let splice = &hunk.splice;
            hunks.push(Hunk {
                id,
                from_line: splice.from,
                to_line: splice.to,
                insert: splice.insert.clone(),
            });
        }
        hunks.retain(|hunk| !self.decided.contains(&hunk.id));
        self.hunks = hunks;
        if self.parser.is_none() {
            self.refused = plan.refused.iter().map(|refusal| refusal.reason.to_string()).collect();
            self.refused.dedup();
        }
        self.keep_current(0);
    }

    fn plan(&self, answer: &Answer) -> Plan {
        let file = File { path: &self.path, text: &self.base };
        let mut plan = plan(answer, &[file]);
        // Only the file that was asked about is changed.
        plan.changes.retain(|change| change.path == self.path && change.after.is_some());
        plan
    }

    /// The edits that are whole, and the one that is being written where it has a place already.
    fn so_far(&self, parser: &Parser) -> Plan {
        let mut edits: Vec<Edit> = parser.edits().to_vec();
        let whole = edits.len();
        edits.extend(parser.unfinished());
        let with = self.plan(&Answer { edits: edits.clone(), problems: vec![] });
        let unfinished_fits = !with.refused.iter().any(|refusal| refusal.edit == Some(whole));
        if unfinished_fits {
            return with;
        }
        edits.truncate(whole);
        self.plan(&Answer { edits, problems: vec![] })
    }

    /// Whether the answer wants other files, which are left alone.
    pub(crate) fn wants_other_files(&self) -> bool {
        self.answer.edits.iter().any(|edit| {
            matches!(
                &edit.change,
                Change::Create { .. } | Change::Delete { .. } | Change::Move { .. }
            ) && edit.path.as_deref().is_some_and(|path| path != self.path)
        })
    }

    /// Takes out hunks that have been decided. `accepted` are made, the others are not wanted.
    pub(crate) fn decide(&mut self, ids: &[u32], accepted: bool) {
        let at = self.hunks.iter().position(|hunk| ids.contains(&hunk.id)).unwrap_or(0);
        self.decided.extend(ids);
        self.hunks.retain(|hunk| !ids.contains(&hunk.id));
        let count = if accepted { &mut self.accepted } else { &mut self.rejected };
        *count += ids.len();
        self.keep_current(at);
    }

    /// Goes to the next hunk, or the one before, around the end.
    pub(crate) fn step(&mut self, forward: bool) {
        let count = self.hunks.len();
        let at = self.hunks.iter().position(|hunk| Some(hunk.id) == self.current);
        if let Some(at) = at {
            let next = if forward { at + 1 } else { at + count - 1 };
            self.current = self.hunks.get(next % count).map(|hunk| hunk.id);
        }
    }

    /// The current hunk stays while it is there; then it is the one at `or`.
    fn keep_current(&mut self, or: usize) {
        if !self.hunks.iter().any(|hunk| Some(hunk.id) == self.current) {
            let last = self.hunks.len().saturating_sub(1);
            self.current = self.hunks.get(or.min(last)).map(|hunk| hunk.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "a = 1\nb = 2\nc = 3\n";
    const ANSWER: &str = "x.py\n<<<<<<< SEARCH\na = 1\n=======\na = 10\n>>>>>>> REPLACE\n<<<<<<< SEARCH\nc = 3\n=======\nc = 30\nd = 40\n>>>>>>> REPLACE\n";

    fn inserted(proposal: &Proposal) -> Vec<(u32, String)> {
        proposal.hunks().iter().map(|hunk| (hunk.id, hunk.insert.join("|"))).collect()
    }

    #[test]
    fn hunks_grow_while_the_answer_comes_and_keep_their_ids() {
        let mut proposal = Proposal::new("x.py".into(), BASE.into());
        let mut seen = Vec::new();
        for line in ANSWER.split_inclusive('\n') {
            proposal.push(line);
            proposal.place();
            let now = inserted(&proposal);
            assert!(seen.iter().all(|id| now.iter().any(|(now, _)| now == id)), "{now:?}");
            seen = now.into_iter().map(|(id, _)| id).collect();
        }
        proposal.finish();
        assert_eq!(inserted(&proposal), [(0, "a = 10".into()), (1_000, "c = 30|d = 40".into())]);
        assert_eq!(proposal.refused(), [""; 0]);
    }

    #[test]
    fn what_is_decided_does_not_come_back() {
        let mut proposal = Proposal::new("x.py".into(), BASE.into());
        proposal.push(&ANSWER[..ANSWER.len() / 2]);
        proposal.place();
        proposal.decide(&[0], false);
        proposal.push(&ANSWER[ANSWER.len() / 2..]);
        proposal.finish();
        assert_eq!(inserted(&proposal), [(1_000, "c = 30|d = 40".into())]);
        assert_eq!((proposal.current(), proposal.rejected), (Some(1_000), 1));
        proposal.decide(&[1_000], true);
        assert_eq!((proposal.current(), proposal.accepted), (None, 1));
    }

    #[test]
    fn the_current_hunk_goes_around() {
        let mut proposal = Proposal::new("x.py".into(), BASE.into());
        proposal.push(ANSWER);
        proposal.finish();
        assert_eq!(proposal.current(), Some(0));
        proposal.step(true);
        proposal.step(true);
        proposal.step(false);
        assert_eq!(proposal.current(), Some(1_000));
    }

    #[test]
    fn what_has_no_place_is_said() {
        let mut proposal = Proposal::new("x.py".into(), BASE.into());
        proposal.push("<<<<<<< SEARCH\nz = 1\n=======\nz = 2\n>>>>>>> REPLACE\n");
        proposal.finish();
        assert!(proposal.hunks().is_empty() && proposal.refused().len() == 1);
    }
}
