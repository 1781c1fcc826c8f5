//! What the decode loop needs of an engine.

use crate::Error;

/// A decoder with a KV cache. Methods are async because a GPU answers later.
#[allow(async_fn_in_trait, reason = "only generic code of this workspace calls it")]
pub trait Backend {
    /// Most tokens the cache holds.
    fn capacity(&self) -> usize;

    /// Most tokens of a completion's prompt and text: reading more would take longer than somebody waits who types.
    fn window(&self) -> usize {
        self.capacity()
    }

    /// Makes room for questions, which are longer than completions: the capacity grows where it has to be taken before.
    /// Forgets what was read.
    fn make_room(&mut self) {}

    /// Tokens in the vocabulary.
    fn vocab(&self) -> usize;

    /// Most tokens to hand to [`Backend::read`] at once, so that a cancel is soon seen.
    fn prefill_chunk(&self) -> usize;

    /// Forgets all but the first `length` tokens.
    fn truncate(&mut self, length: usize);

    /// Reads tokens and keeps the logits after each of the last `kept` of them, 1 or more.
    ///
    /// # Errors
    /// When the engine fails; the caller then truncates to 0 before it goes on.
    async fn read(&mut self, tokens: &[u32], kept: usize) -> Result<(), Error>;

    /// Measures what a token costs that is read beside others, as a share of one read alone.
    /// Forgets what was read.
    ///
    /// # Errors
    /// When the engine fails.
    async fn batched_cost(&mut self, now_ms: impl Fn() -> f64) -> Result<f32, Error>;

    /// Logits (vocab) after a token of the last reading, the first kept one being 0; none before
    /// the first reading.
    fn logits(&self, row: usize) -> &[f32];
}
