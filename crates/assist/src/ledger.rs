//! Where the time of each suggestion went, from the key to the picture.
//!
//! Knows no clock: all times are given to it, in milliseconds, on one time line.

use crate::Layer;
use flint_protocol::{RequestId, Timings};
use std::collections::VecDeque;

const MAX: usize = 200;

/// The stages in their order. [`Entry::stages`] has a time for each.
pub const STAGES: [&str; 9] =
    ["editor", "send", "queue", "tokens", "prefill", "decode", "receive", "filters", "paint"];

/// One suggestion that was shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub layer: Layer,
    /// Key to paint, observed as a whole.
    pub total_ms: f64,
    /// The same in stages, each observed by itself.
    pub stages: [f64; STAGES.len()],
    /// 0 where nothing was decoded.
    pub tokens_per_second: f64,
}

impl Entry {
    /// Whether the stages make up the whole, to `ms` milliseconds, and none ends before it begins.
    pub fn adds_up(&self, ms: f64) -> bool {
        let sum: f64 = self.stages.iter().sum();
        (sum - self.total_ms).abs() <= ms && self.stages.iter().all(|stage| *stage > -ms)
    }
}

/// What is being timed.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    entries: VecDeque<Entry>,
    open: Option<Open>,
}

#[derive(Clone, Debug)]
struct Open {
    layer: Layer,
    id: Option<RequestId>,
    key_ms: f64,
    sent_ms: f64,
    received_ms: Option<f64>,
    drawn_ms: Option<f64>,
    painted_ms: Option<f64>,
    timings: Option<Timings>,
}

impl Ledger {
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator {
        self.entries.iter()
    }

    /// A key was pressed at `key_ms`, and at `sent_ms` a completion was wanted; whoever has it, what
    /// comes from the engine comes under this id.
    pub fn wanted(&mut self, layer: Layer, id: Option<RequestId>, key_ms: f64, sent_ms: f64) {
        let open = Open {
            layer,
            id,
            key_ms,
            sent_ms,
            received_ms: None,
            drawn_ms: None,
            painted_ms: None,
            timings: None,
        };
        self.open = Some(open);
    }

    /// The first text of a request arrived.
    pub fn received(&mut self, id: RequestId, now_ms: f64) {
        if let Some(open) = self.open.as_mut().filter(|open| open.id == Some(id)) {
            open.received_ms.get_or_insert(now_ms);
        }
    }

    /// Ghost text was handed to the editor. True where this one's picture is to be waited for.
    pub fn drawn(&mut self, now_ms: f64) -> bool {
        let open = self.open.as_mut().filter(|open| open.drawn_ms.is_none());
        open.is_some_and(|open| open.drawn_ms.replace(now_ms).is_none())
    }

    /// The picture with it is on screen.
    pub fn painted(&mut self, now_ms: f64) {
        if let Some(open) = self.open.as_mut().filter(|open| open.drawn_ms.is_some()) {
            open.painted_ms.get_or_insert(now_ms);
        }
        self.close();
    }

    /// The engine has said where its time went.
    pub fn done(&mut self, id: RequestId, timings: Timings) {
        if let Some(open) = self.open.as_mut().filter(|open| open.id == Some(id)) {
            open.timings = Some(timings);
        }
        self.close();
    }

    /// Writes the entry down once everything is known.
    fn close(&mut self) {
        let Some(entry) = self.open.as_ref().and_then(Open::entry) else {
            return;
        };
        self.open = None;
        self.entries.push_back(entry);
        if self.entries.len() > MAX {
            self.entries.pop_front();
        }
    }
}

impl Open {
    fn entry(&self) -> Option<Entry> {
        let (drawn, painted) = (self.drawn_ms?, self.painted_ms?);
        let mut stages = [0.0; STAGES.len()];
        stages[0] = self.sent_ms - self.key_ms;
        let mut arrived = self.sent_ms;
        let mut tokens_per_second = 0.0;
        if self.layer == Layer::Engine {
            let (received, timings) = (self.received_ms?, self.timings?);
            let worked = timings.queue_ms + timings.tokenize_ms + timings.prefill_ms;
            stages[1] = timings.arrived_ms - self.sent_ms;
            stages[2] = timings.queue_ms;
            stages[3] = timings.tokenize_ms;
            stages[4] = timings.prefill_ms;
            stages[5] = timings.first_text_ms - worked;
            stages[6] = received - timings.arrived_ms - timings.first_text_ms;
            arrived = received;
            tokens_per_second = timings.decode_tok_s();
        } else if let Some(received) = self.received_ms {
            // It was under way before it was wanted: what is left is the wait for it.
            stages[6] = received - self.sent_ms;
            arrived = received;
        }
        stages[7] = drawn - arrived;
        stages[8] = painted - drawn;
        let total_ms = painted - self.key_ms;
        Some(Entry { layer: self.layer, total_ms, stages, tokens_per_second })
    }
}

/// The value that this many percent of the values stay within; 0 of none. Sorts them.
pub fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len() * percent / 100).min(values.len().saturating_sub(1));
    values.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: RequestId = RequestId(7);

    fn timings() -> Timings {
        Timings {
            arrived_ms: 103.0,
            queue_ms: 0.5,
            tokenize_ms: 0.5,
            prefill_ms: 5.0,
            first_text_ms: 9.0,
            decode_ms: 10.0,
            completion_tokens: 11,
            ..Timings::default()
        }
    }

    #[test]
    fn every_stage_has_its_time_and_together_they_are_the_whole() {
        let mut ledger = Ledger::default();
        ledger.wanted(Layer::Engine, Some(ID), 100.0, 102.0);
        ledger.received(ID, 113.0);
        assert!(ledger.drawn(114.0));
        assert!(!ledger.drawn(115.0), "what follows is the same suggestion");
        ledger.painted(120.0);
        assert_eq!(ledger.entries().len(), 0, "the engine has not said its part");
        ledger.done(ID, timings());
        let entry = ledger.entries().next().expect("an entry");
        assert_eq!(entry.stages, [2.0, 1.0, 0.5, 0.5, 5.0, 3.0, 1.0, 1.0, 6.0]);
        assert!(entry.adds_up(0.001));
        assert_eq!(entry.tokens_per_second, 1000.0);
    }

    #[test]
    fn an_answer_that_was_there_has_no_engine_in_it() {
        let mut ledger = Ledger::default();
        ledger.wanted(Layer::Cache, None, 100.0, 101.0);
        ledger.drawn(101.5);
        ledger.painted(110.0);
        let entry = ledger.entries().next().expect("an entry");
        assert_eq!((entry.total_ms, entry.layer), (10.0, Layer::Cache));
        assert!(entry.adds_up(0.001));
    }

    #[test]
    fn what_another_key_overtook_is_no_entry() {
        let mut ledger = Ledger::default();
        ledger.wanted(Layer::Engine, Some(RequestId(1)), 0.0, 1.0);
        ledger.wanted(Layer::Engine, Some(ID), 100.0, 102.0);
        ledger.received(RequestId(1), 103.0);
        ledger.done(RequestId(1), timings());
        assert_eq!(ledger.entries().len(), 0);
    }

    #[test]
    fn the_ledger_is_bounded() {
        let mut ledger = Ledger::default();
        for at in 0..300 {
            ledger.wanted(Layer::Cache, None, f64::from(at), f64::from(at));
            ledger.drawn(f64::from(at));
            ledger.painted(f64::from(at));
        }
        assert_eq!(ledger.entries().len(), MAX);
    }
}
