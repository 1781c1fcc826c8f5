//! How the tiers have been doing: how soon their answers begin, what they have missed, what they have
//! used up.

use super::reason::Out;
use super::tier::Tier;
use crate::ledger::percentile;
use std::collections::VecDeque;

/// Answers that the figures are of.
const KEPT: usize = 20;
/// Misses in a row after which a tier is passed over.
const PATIENCE: u32 = 3;
/// For how long; then it gets another try.
const REST_MS: f64 = 60_000.0;
/// When a server says no time.
const QUOTA_REST_MS: f64 = 600_000.0;
const LIMITED_REST_MS: f64 = 30_000.0;

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// Its answer began so many milliseconds after it was sent.
    Began {
        after_ms: f64,
    },
    /// It broke off, or nothing came.
    Failed,
    QuotaUsedUp,
    RateLimited {
        after_ms: Option<f64>,
    },
    /// So many bytes were more than the model reads.
    TooLong {
        bytes: usize,
    },
}

/// What an outcome has changed, for the user to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The third miss in a row: others are asked for a while.
    Degraded,
    /// It is as it should be again.
    Recovered,
}

/// The record of every tier.
#[derive(Clone, Debug, Default)]
pub struct Health {
    tiers: [Record; Tier::ALL.len()],
}

#[derive(Clone, Debug, Default)]
struct Record {
    began_ms: VecDeque<f64>,
    misses: u32,
    slow_until_ms: f64,
    quota_until_ms: f64,
    limited_until_ms: f64,
    /// The shortest text that was too long.
    too_long: Option<usize>,
}

impl Health {
    /// Notes what became of a request; `now_ms` is any clock that goes forward.
    pub fn note(&mut self, tier: Tier, outcome: Outcome, now_ms: f64) -> Option<Turn> {
        let record = &mut self.tiers[tier as usize];
        let missed = match outcome {
            Outcome::Began { after_ms } => {
                record.began_ms.push_back(after_ms);
                if record.began_ms.len() > KEPT {
                    record.began_ms.pop_front();
                }
                after_ms > tier.objective_ms()
            }
            Outcome::Failed => true,
            Outcome::QuotaUsedUp => {
                record.quota_until_ms = now_ms + QUOTA_REST_MS;
                return None;
            }
            Outcome::RateLimited { after_ms } => {
                record.limited_until_ms = now_ms + after_ms.unwrap_or(LIMITED_REST_MS);
                return None;
            }
            Outcome::TooLong { bytes } => {
                record.too_long = Some(record.too_long.unwrap_or(usize::MAX).min(bytes));
                return None;
            }
        };
        if !missed {
            let was = std::mem::take(&mut record.misses) >= PATIENCE;
            record.slow_until_ms = 0.0;
            return was.then_some(Turn::Recovered);
        }
        record.misses += 1;
        if record.misses < PATIENCE {
            return None;
        }
        record.slow_until_ms = now_ms + REST_MS;
        (record.misses == PATIENCE).then_some(Turn::Degraded)
    }

    /// Another server or model is behind the tier.
    pub fn forget(&mut self, tier: Tier) {
        self.tiers[tier as usize] = Record::default();
    }

    /// Milliseconds within which 95 of 100 of its last answers began.
    #[must_use]
    pub fn p95_ms(&self, tier: Tier) -> Option<f64> {
        let mut times: Vec<_> = self.tiers[tier as usize].began_ms.iter().copied().collect();
        (!times.is_empty()).then(|| percentile(&mut times, 95))
    }

    /// Why a tier cannot take so many bytes now.
    pub(super) fn out(&self, tier: Tier, bytes: usize, now_ms: f64) -> Option<Out> {
        let record = &self.tiers[tier as usize];
        let left = |until: f64| (until > now_ms).then_some(until - now_ms);
        if let Some(for_ms) = left(record.quota_until_ms) {
            return Some(Out::QuotaUsedUp { for_ms });
        }
        if let Some(for_ms) = left(record.limited_until_ms) {
            return Some(Out::RateLimited { for_ms });
        }
        if record.too_long.is_some_and(|least| bytes >= least) {
            return Some(Out::TooLong);
        }
        left(record.slow_until_ms).map(|_| Out::Degraded)
    }
}
