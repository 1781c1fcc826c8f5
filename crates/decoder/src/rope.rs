//! Rotary position embedding. Source: Su et al., "RoFormer", arXiv 2104.09864.

use crate::{Config, config::RopePairs};

/// Sines and cosines of every position, computed once in f64.
#[derive(Debug)]
pub(crate) struct Rope {
    pairs: RopePairs,
    head_width: usize,
    turns: Vec<[f32; 2]>, // (capacity, head width / 2): cosine, sine
}

impl Rope {
    pub(crate) fn new(config: &Config, capacity: usize) -> Self {
        let half = config.head_width / 2;
        let base = f64::from(config.rope_base);
        let mut turns = Vec::with_capacity(capacity * half);
        for position in 0..capacity {
            for pair in 0..half {
                let exponent = -2.0 * pair as f64 / config.head_width as f64;
                let factor = config.rope_factors.get(pair).copied().unwrap_or(1.0);
                let angle = position as f64 * base.powf(exponent) / f64::from(factor);
                turns.push([angle.cos() as f32, angle.sin() as f32]);
            }
        }
        Self { pairs: config.rope_pairs, head_width: config.head_width, turns }
    }

    /// Rotates each head of one token in place.
    pub(crate) fn rotate(&self, position: usize, heads: &mut [f32]) {
        let half = self.head_width / 2;
        let turns = &self.turns[position * half..(position + 1) * half];
        for head in heads.chunks_exact_mut(self.head_width) {
            match self.pairs {
                RopePairs::Adjacent => {
                    let (pairs, _) = head.as_chunks_mut::<2>();
                    for (pair, turn) in pairs.iter_mut().zip(turns) {
                        *pair = turned(*pair, *turn);
                    }
                }
                RopePairs::Halves => {
                    let (first, second) = head.split_at_mut(half);
                    for ((a, b), turn) in first.iter_mut().zip(second).zip(turns) {
                        [*a, *b] = turned([*a, *b], *turn);
                    }
                }
            }
        }
    }
}

fn turned([a, b]: [f32; 2], [cosine, sine]: [f32; 2]) -> [f32; 2] {
    [a * cosine - b * sine, a * sine + b * cosine]
}
