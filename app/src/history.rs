//! Snapshots of the project to go back to: which are taken, and which make room for new ones.
//! Knows nothing of where they are kept.

use crate::words::notices as words;
use serde::{Deserialize, Serialize};

/// Why a snapshot was taken: most are taken before something replaces the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reason {
    Run,
    Import,
    Restore,
    OpenLink,
    OpenExample,
    Delete,
    OtherTab,
    /// Several files are changed as one.
    Change,
    /// A file becomes an exercise, or an exercise a file.
    Exercise,
    /// Now and then while somebody types.
    Typing,
}

impl Reason {
    /// As the history calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Run => words::BEFORE_RUN,
            Self::Import => words::BEFORE_IMPORT,
            Self::Restore => words::BEFORE_GOING_BACK,
            Self::OpenLink => words::BEFORE_LINK,
            Self::OpenExample => words::BEFORE_EXAMPLE,
            Self::Delete => words::BEFORE_DELETING,
            Self::OtherTab => words::BEFORE_OTHER_TAB,
            Self::Change => words::BEFORE_CHANGES,
            Self::Exercise => words::BEFORE_EXERCISE,
            Self::Typing => words::WHILE_TYPING,
        }
    }

    /// Whether the text went away right after, so that only the snapshot has it.
    fn replaces(self) -> bool {
        !matches!(self, Self::Run | Self::Typing)
    }
}

/// What the history knows of a snapshot without its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    /// When it was taken, in milliseconds since 1970, which also names it.
    pub(crate) id: f64,
    pub(crate) reason: Reason,
    pub(crate) bytes: usize,
    digest: u64,
}

/// A snapshot to keep, and those that it makes superfluous.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    pub(crate) snapshot: Snapshot,
    pub(crate) removed: Vec<f64>,
}

/// All snapshots, newest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    snapshots: Vec<Snapshot>,
}

const MOST: usize = 200;
const MOST_BYTES: usize = 32 << 20;
const MINUTE_MS: f64 = 60_000.0;
const HOUR_MS: f64 = 60.0 * MINUTE_MS;
const DAY_MS: f64 = 24.0 * HOUR_MS;
/// Up to this age one snapshot per span is enough. What is older than the last goes.
const SPANS: [(f64, f64); 4] = [
    (10.0 * MINUTE_MS, 0.0),
    (DAY_MS, 10.0 * MINUTE_MS),
    (7.0 * DAY_MS, HOUR_MS),
    (90.0 * DAY_MS, DAY_MS),
];

impl History {
    pub(crate) fn new(mut snapshots: Vec<Snapshot>) -> Self {
        snapshots.sort_by(|a, b| b.id.total_cmp(&a.id));
        Self { snapshots }
    }

    pub(crate) fn snapshots(&self) -> &[Snapshot] {
        &self.snapshots
    }

    /// Takes `text` in; None when the newest snapshot already holds it. A text that an older one
    /// holds moves to the top.
    pub(crate) fn add(&mut self, now_ms: f64, reason: Reason, text: &str) -> Option<Plan> {
        let (digest, bytes) = (digest(text), text.len());
        let same = |snapshot: &&Snapshot| snapshot.digest == digest && snapshot.bytes == bytes;
        let newest = self.snapshots.first();
        if newest.is_some_and(|newest| same(&newest)) {
            return None;
        }
        // A clock that was set back must not reorder or overwrite what there is.
        let id = newest.map_or(now_ms, |newest| now_ms.max(newest.id + 1.0));
        let mut removed: Vec<f64> = self.snapshots.iter().filter(same).map(|s| s.id).collect();
        self.snapshots.retain(|snapshot| !removed.contains(&snapshot.id));
        let snapshot = Snapshot { id, reason, bytes, digest };
        self.snapshots.insert(0, snapshot.clone());
        removed.extend(self.thin(now_ms));
        Some(Plan { snapshot, removed })
    }

    /// Drops what is superfluous and returns its names; the newest always stays.
    fn thin(&mut self, now_ms: f64) -> Vec<f64> {
        let mut kept: Vec<Snapshot> = Vec::new();
        let mut removed = Vec::new();
        let mut bytes = 0;
        for snapshot in self.snapshots.drain(..) {
            let Some(span) = span(now_ms - snapshot.id) else {
                removed.push(snapshot.id);
                continue;
            };
            let full = kept.len() == MOST || bytes + snapshot.bytes > MOST_BYTES;
            if full && !kept.is_empty() {
                removed.push(snapshot.id);
                continue;
            }
            // Of two in one span the one stays whose text is nowhere else.
            let rival = kept.last_mut().filter(|rival| {
                span > 0.0 && (rival.id / span).floor() == (snapshot.id / span).floor()
            });
            match rival {
                Some(rival) if snapshot.reason.replaces() && !rival.reason.replaces() => {
                    bytes = bytes + snapshot.bytes - rival.bytes;
                    removed.push(std::mem::replace(rival, snapshot).id);
                }
                Some(rival) if !(snapshot.reason.replaces() && rival.reason.replaces()) => {
                    removed.push(snapshot.id);
                }
                _ => {
                    bytes += snapshot.bytes;
                    kept.push(snapshot);
                }
            }
        }
        self.snapshots = kept;
        removed
    }
}

/// How close to its neighbour a snapshot of this age may be; None when it is too old.
fn span(age_ms: f64) -> Option<f64> {
    SPANS.iter().find(|(age, _)| age_ms <= *age).map(|(_, span)| *span)
}

/// FNV-1a: the same in every version of the page, unlike the standard library's.
fn digest(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests;
