//! Chooses among the kernels of a build by timing them on the model itself.

use crate::{Decoder, Error, Kernel, Kernels, activation::Activations, matrix::Matrix};

/// Rounds in which kernels compete; the best of each counts, so that a hiccup does not decide.
const ROUNDS: usize = 3;
/// No further round begins after this: a large model is slow enough to be timed in one.
const ENOUGH_MS: f64 = 60.0;
/// Steps of a trial: a page's clock may tick ten times a millisecond and no more.
const STEPS: usize = 4;
/// Tokens of a prefill's trial.
const PREFILL_TOKENS: usize = 8;
/// Rounds that make a browser translate a kernel for speed.
const WARM_ROUNDS: usize = 3;

/// A matrix of this size, 75 MB, lies in no cache of a laptop.
const PROBE_INPUTS: usize = 2048;
const PROBE_OUTPUTS: usize = 65_536;
const PROBE_MS: f64 = 120.0;
/// A small one, on which a browser learns that the kernels are worth a better translation, and how long that takes.
const PROBE_WARM_OUTPUTS: usize = 256;
const PROBE_WARM_MS: f64 = 250.0;
const PROBE_WARM_ROUNDS: usize = 4096;
/// Few enough for a clock that stands still.
const PROBE_ROUNDS: usize = 64;

/// Weights of four bits that the fastest kernel of this build multiplies with a token in a millisecond, measured for about a
/// tenth of a second on weights that come from memory. A browser's first translation of a kernel is twenty times slower
/// than the next one, so it gets a quarter of a second for that.
pub fn weights_per_ms(now_ms: impl Fn() -> f64) -> f64 {
    probe(PROBE_WARM_OUTPUTS, (PROBE_WARM_MS, PROBE_WARM_ROUNDS), &now_ms);
    let best = probe(PROBE_OUTPUTS, (PROBE_MS, PROBE_ROUNDS), &now_ms);
    (PROBE_INPUTS * PROBE_OUTPUTS) as f64 / best.max(1e-3)
}

/// Milliseconds of the fastest product of a token with a matrix of so many outputs.
fn probe(outputs: usize, (enough_ms, rounds): (f64, usize), now_ms: impl Fn() -> f64) -> f64 {
    let matrix = Matrix::filler(PROBE_INPUTS, outputs);
    let mut out = vec![0.0; outputs];
    let mut x = Activations::default();
    x.set(&vec![1.0; PROBE_INPUTS], PROBE_INPUTS);
    let (started, mut best) = (now_ms(), f64::INFINITY);
    for round in 0..rounds {
        let kernel = Kernel::ALL[round % Kernel::ALL.len()];
        let before = now_ms();
        matrix.multiply(Kernels { decode: kernel, prefill: kernel }, &mut x, &mut out);
        best = best.min(now_ms() - before);
        if now_ms() - started > enough_ms {
            break;
        }
    }
    best
}

/// What a token costs that is read beside others, as a share of one read alone, 0..=1, from the milliseconds of one alone and
/// of `count` together.
pub fn share_of_step([alone, batch]: [f64; 2], count: usize) -> f32 {
    let cost = (batch - alone) / (alone * count.saturating_sub(1).max(1) as f64);
    // A clock that did not tick says nothing.
    if cost.is_finite() { cost.clamp(0.0, 1.0) as f32 } else { 1.0 }
}

impl Decoder {
    /// Runs every kernel of this build for a few milliseconds. A browser begins with a quick and
    /// slow translation of the code and makes a better one in the background of what runs often:
    /// call this well before [`Decoder::choose_kernels`], which would judge the first one
    /// otherwise. Forgets what was read.
    ///
    /// # Errors
    /// When the model cannot read a few tokens.
    pub fn warm_up(&mut self, now_ms: impl Fn() -> f64) -> Result<(), Error> {
        self.compete(WARM_ROUNDS, now_ms).map(|_| ())
    }

    /// Times the kernels of this build and keeps the faster ones, one for decoding and one for
    /// prefill. They give the same results to the bit. Forgets what was read.
    ///
    /// # Errors
    /// When the model cannot read a few tokens.
    pub fn choose_kernels(&mut self, now_ms: impl Fn() -> f64) -> Result<Kernels, Error> {
        let kernels = self.compete(ROUNDS, now_ms)?;
        self.set_kernels(kernels);
        Ok(kernels)
    }

    /// What a token costs that is read beside others, logits included, as a share of one read
    /// alone. Forgets what was read.
    ///
    /// # Errors
    /// When the model cannot read a few tokens.
    pub fn batched_cost(&mut self, now_ms: impl Fn() -> f64) -> Result<f32, Error> {
        let count = PREFILL_TOKENS.min(self.capacity());
        let mut best = [f64::INFINITY; 2];
        let started = now_ms();
        for round in 0..ROUNDS {
            if round > 0 && now_ms() - started > ENOUGH_MS {
                break;
            }
            let alone = self.trial((1, 1), PREFILL_TOKENS, &now_ms)? / PREFILL_TOKENS as f64;
            let batch = self.trial((count, count), STEPS, &now_ms)? / STEPS as f64;
            best = [best[0].min(alone), best[1].min(batch)];
        }
        self.truncate(0);
        Ok(share_of_step(best, count))
    }

    fn compete(&mut self, rounds: usize, now_ms: impl Fn() -> f64) -> Result<Kernels, Error> {
        let mut best = [f64::INFINITY; 2];
        let mut kernels = Kernels::default();
        let started = now_ms();
        for round in 0..rounds {
            if Kernel::ALL.len() == 1 || (round > 0 && now_ms() - started > ENOUGH_MS) {
                break;
            }
            for kernel in Kernel::ALL {
                self.set_kernels(Kernels { decode: *kernel, prefill: *kernel });
                let decode = self.trial((1, 1), STEPS, &now_ms)?;
                if decode < best[0] {
                    (best[0], kernels.decode) = (decode, *kernel);
                }
                let prefill = self.trial((PREFILL_TOKENS, 1), 1, &now_ms)?;
                if prefill < best[1] {
                    (best[1], kernels.prefill) = (prefill, *kernel);
                }
            }
        }
        self.truncate(0);
        self.set_kernels(Kernels::default());
        Ok(kernels)
    }

    /// Milliseconds to read `count` tokens `times` over, or as many as there is room for, with the
    /// logits of the last `kept`.
    fn trial(
        &mut self,
        (count, kept): (usize, usize),
        times: usize,
        now_ms: impl Fn() -> f64,
    ) -> Result<f64, Error> {
        let tokens = vec![0; count.min(self.capacity())];
        let started = now_ms();
        for _ in 0..times {
            self.truncate(0);
            self.forward_last(&tokens, kept)?;
        }
        Ok(now_ms() - started)
    }
}
