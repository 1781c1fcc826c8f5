//! All edits of an answer over all files: what every file becomes, or nothing at all.

use crate::diff::marked;
use crate::edit::{Answer, Change, Edit, Line, Mark, Replace};
use crate::find::{Place, Tier};
use crate::fold::is_blank;
use crate::lines::lines;
use crate::path::{is_inside, meant, plain};
use crate::place::{Placed, Unplaced, at, place};
use crate::refusal::{Candidate, Reason, Refusal};
use crate::splice::{Splice, apply};
use std::collections::BTreeMap;

/// A file as it is now.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    pub path: &'a str,
    pub text: &'a str,
}

/// A file as it shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    pub path: String,
    /// The text that the change was made for; None for a new file. Whoever writes makes sure that it
    /// is still there.
    pub before: Option<String>,
    /// None for a file that goes.
    pub after: Option<String>,
    pub moved_to: Option<String>,
    /// Which edits of the answer made it.
    pub edits: Vec<usize>,
    /// What changes, by lines of `before`, in order.
    pub hunks: Vec<Hunk>,
}

/// Lines that change, and the edit of the answer that changes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    pub edit: usize,
    pub splice: Splice,
}

/// What an answer does to the files. With anything refused, `changes` are what the rest would do:
/// for showing, not for writing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    pub changes: Vec<FileChange>,
    pub refused: Vec<Refusal>,
}

impl Plan {
    /// Whether every edit has its place, so that all may be made.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.refused.is_empty() && !self.changes.is_empty()
    }
}

/// Finds the place of every edit. An answer that changes nothing is refused as empty.
#[must_use]
pub fn plan(answer: &Answer, files: &[File<'_>]) -> Plan {
    let mut plan = Plan::default();
    for problem in &answer.problems {
        let path = problem.path.clone();
        plan.refused.push(Refusal { path, edit: None, reason: problem.reason, candidates: vec![] });
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, edit) in answer.edits.iter().enumerate() {
        match (file_of(edit, files), &edit.change) {
            (Ok(file), _) => groups.entry(file).or_default().push(index),
            (Err(Reason::NoSuchFile), Change::Create { text }) => {
                create(&mut plan, edit, index, text);
            }
            (Err(reason), _) => plan.refuse(edit, index, reason.into(), ""),
        }
    }
    for (file, edits) in groups {
        change_file(&mut plan, answer, files[file], &edits, files);
    }
    if plan.changes.is_empty() && plan.refused.is_empty() {
        let reason = if answer.edits.is_empty() { Reason::Malformed } else { Reason::Empty };
        plan.refused.push(Refusal { path: None, edit: None, reason, candidates: vec![] });
    }
    plan
}

/// Which file an edit is for.
fn file_of(edit: &Edit, files: &[File<'_>]) -> Result<usize, Reason> {
    if let Some(path) = &edit.path {
        let found = meant(path, files.iter().map(|file| file.path));
        return found.ok_or(if is_inside(plain(path)) {
            Reason::NoSuchFile
        } else {
            Reason::Outside
        });
    }
    let Change::Replace(replace) = &edit.change else {
        return Err(Reason::Malformed);
    };
    if let [_] = files {
        return Ok(0);
    }
    let places = |file: &File<'_>| match place(&texts(file.text), replace) {
        Ok(_) => 1,
        Err(unplaced) if unplaced.reason == Reason::NotFound => 0,
        Err(unplaced) => unplaced.places.len(),
    };
    let mut found = files.iter().enumerate().filter(|(_, file)| places(file) > 0);
    match (found.next(), found.next()) {
        (Some((file, _)), None) => Ok(file),
        (None, _) => Err(Reason::NotFound),
        _ => Err(Reason::Ambiguous),
    }
}

fn texts(text: &str) -> Vec<&str> {
    lines(text).into_iter().map(|line| line.text).collect()
}

fn create(plan: &mut Plan, edit: &Edit, index: usize, text: &str) {
    let path = plain(edit.path.as_deref().unwrap_or_default()).to_owned();
    if plan.changes.iter().any(|change| change.path == path) {
        return plan.refuse(edit, index, Reason::Overlap.into(), "");
    }
    if text.lines().any(crate::find::is_placeholder) {
        return plan.refuse(edit, index, Reason::Placeholder.into(), "");
    }
    plan.changes.push(FileChange {
        path,
        before: None,
        after: Some(text.to_owned()),
        moved_to: None,
        edits: vec![index],
        hunks: vec![],
    });
}

impl Plan {
    fn refuse(&mut self, edit: &Edit, index: usize, unplaced: Unplaced, file: &str) {
        let candidate = |place: &Place| Candidate {
            path: file.to_owned(),
            from: place.from(),
            to: place.to(),
            tier: place.tier,
            score: place.score,
        };
        self.refused.push(Refusal {
            path: edit.path.clone().or_else(|| (!file.is_empty()).then(|| file.to_owned())),
            edit: Some(index),
            reason: unplaced.reason,
            candidates: unplaced.places.iter().map(candidate).collect(),
        });
    }
}

/// Everything that the answer does to one file.
fn change_file(
    plan: &mut Plan,
    answer: &Answer,
    file: File<'_>,
    edits: &[usize],
    files: &[File<'_>],
) {
    let mut change = FileChange {
        path: file.path.to_owned(),
        before: Some(file.text.to_owned()),
        after: Some(file.text.to_owned()),
        moved_to: None,
        edits: edits.to_vec(),
        hunks: vec![],
    };
    let mut replaced = Vec::new();
    for index in edits {
        let edit = &answer.edits[*index];
        let refused = match &edit.change {
            Change::Replace(replace) => {
                replaced.push((*index, replace));
                Ok(())
            }
            Change::Create { text } => fill(&mut change, text, edits.len()),
            Change::Delete { before } => delete(&mut change, before.as_deref(), edits.len()),
            Change::Move { to } => rename(&mut change, to, files),
        };
        if let Err(reason) = refused {
            plan.refuse(edit, *index, reason.into(), file.path);
        }
    }
    if !replaced.is_empty() {
        let Replaced { text, hunks, refused } = replace_all(file.text, &replaced);
        for (index, unplaced) in refused {
            plan.refuse(&answer.edits[index], index, unplaced, file.path);
        }
        change.after = Some(text);
        change.hunks = hunks;
    }
    if change.after != change.before || change.moved_to.is_some() {
        plan.changes.push(change);
    }
}

/// A new file over one that is there: only where that has no text.
fn fill(change: &mut FileChange, text: &str, edits: usize) -> Result<(), Reason> {
    let before = change.before.as_deref().unwrap_or_default();
    match () {
        () if edits > 1 => Err(Reason::Overlap),
        () if is_blank(before) || before == text => {
            change.after = Some(text.to_owned());
            Ok(())
        }
        () => Err(Reason::Exists),
    }
}

fn delete(change: &mut FileChange, before: Option<&[String]>, edits: usize) -> Result<(), Reason> {
    let text = change.before.as_deref().unwrap_or_default();
    let same = |before: &[String]| {
        let lines = texts(text);
        lines.len() == before.len()
            && lines.iter().zip(before).all(|(a, b)| a.trim_end() == b.trim_end())
    };
    match () {
        () if edits > 1 => Err(Reason::Overlap),
        () if before.is_none_or(same) => {
            change.after = None;
            Ok(())
        }
        () => Err(Reason::NotFound),
    }
}

fn rename(change: &mut FileChange, to: &str, files: &[File<'_>]) -> Result<(), Reason> {
    let to = plain(to);
    match () {
        () if !is_inside(to) => Err(Reason::Outside),
        () if files.iter().any(|file| plain(file.path) == to) => Err(Reason::Exists),
        () if change.moved_to.is_some() => Err(Reason::Overlap),
        () => {
            change.moved_to = Some(to.to_owned());
            Ok(())
        }
    }
}

/// A text with edits made, and those that were not.
struct Replaced {
    text: String,
    hunks: Vec<Hunk>,
    refused: Vec<(usize, Unplaced)>,
}

/// Places edits in the text as it is; what is not there at all, in the text that the others leave.
fn replace_all(text: &str, edits: &[(usize, &Replace)]) -> Replaced {
    let before = text;
    let file = texts(text);
    let mut placed: Vec<_> =
        edits.iter().map(|(index, replace)| (*index, *replace, place(&file, replace))).collect();
    believe_numbers(&file, &mut placed);
    let mut refused = Vec::new();
    let mut splices: Vec<(usize, Splice)> = Vec::new();
    let mut later = Vec::new();
    for (index, replace, result) in placed {
        match result {
            Ok(found) => splices.extend(found.splices.into_iter().map(|splice| (index, splice))),
            Err(unplaced) if unplaced.reason == Reason::NotFound => {
                later.push((index, replace, unplaced));
            }
            Err(unplaced) => refused.push((index, unplaced)),
        }
    }
    for index in overlapping(&mut splices) {
        refused.push((index, Reason::Overlap.into()));
    }
    let mut hunks: Vec<_> =
        splices.into_iter().map(|(edit, splice)| Hunk { edit, splice }).collect();
    let splices: Vec<_> = hunks.iter().map(|hunk| hunk.splice.clone()).collect();
    let mut text = apply(text, &splices);
    for (index, replace, unplaced) in later {
        match place(&texts(&text), replace) {
            Ok(found) if !splices.is_empty() => {
                text = apply(&text, &found.splices);
                hunks = between(before, &text, index);
            }
            _ => refused.push((index, unplaced)),
        }
    }
    Replaced { text, hunks, refused }
}

/// What changes from one text to the other, as one edit's.
fn between(before: &str, after: &str, edit: usize) -> Vec<Hunk> {
    let owned = |text| texts(text).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for Line { mark, text } in marked(&owned(before), &owned(after)) {
        if mark == Mark::Keep {
            at += 1;
            open = false;
            continue;
        }
        if !std::mem::replace(&mut open, true) {
            hunks.push(Hunk { edit, splice: Splice { from: at, to: at, insert: vec![] } });
        }
        let Some(Hunk { splice, .. }) = hunks.last_mut() else { continue };
        if mark == Mark::Remove {
            at += 1;
            splice.to = at;
        } else {
            splice.insert.push(text);
        }
    }
    hunks
}

/// Line numbers are believed where they are right for every hunk that needs none, at least one of
/// them further down, so that nothing was put in or taken out above.
fn believe_numbers(file: &[&str], placed: &mut [(usize, &Replace, Result<Placed, Unplaced>)]) {
    let known: Vec<(usize, usize)> = placed
        .iter()
        .filter_map(|(_, replace, result)| {
            let place = result.as_ref().ok()?.place.as_ref()?;
            Some((replace.stated_line?, place.from() + 1))
        })
        .collect();
    if known.is_empty() || known.iter().any(|(stated, real)| stated != real) {
        return;
    }
    for (_, replace, result) in placed {
        let Err(Unplaced { reason: Reason::Ambiguous, places }) = &result else { continue };
        let Some(stated) = replace.stated_line else { continue };
        let mut right =
            places.iter().filter(|place| place.tier == Tier::Exact && place.from() + 1 == stated);
        let confirmed = known.iter().any(|(line, _)| *line > stated);
        if let (Some(place), true) = (right.next(), confirmed) {
            *result = at(file, replace, &place.clone());
        }
    }
}

/// Puts splices in order and takes out those that meet, and one of two that are the same; gives the
/// edits whose splices meet others.
fn overlapping(splices: &mut Vec<(usize, Splice)>) -> Vec<usize> {
    splices.sort_by_key(|(index, splice)| (splice.from, splice.to, *index));
    splices.dedup_by(|a, b| a.1 == b.1);
    let mut meeting = Vec::new();
    let mut widest: Option<(usize, usize)> = None;
    for pair in splices.windows(2) {
        let [(first, a), (second, b)] = pair else { continue };
        let (reach, owner) = widest.filter(|(to, _)| *to > a.to).unwrap_or((a.to, *first));
        widest = Some((reach, owner));
        let both_insert = a.from == a.to && b.from == b.to && a.from == b.from;
        if reach > b.from || both_insert {
            meeting.extend([owner, *first, *second]);
        }
    }
    meeting.sort_unstable();
    meeting.dedup();
    splices.retain(|(index, _)| !meeting.contains(index));
    meeting
}
