//! A backend together with the tokens that its KV cache holds.

use crate::{Backend, Error, lookup::Lookup};

#[derive(Debug)]
pub(crate) struct Context<B> {
    pub(crate) backend: B,
    /// Tokens of the text.
    cached: Vec<u32>,
    /// Tokens that were read behind them on a guess, and how many of these have come true.
    guessed: Vec<u32>,
    used: usize,
    lookup: Lookup,
    /// Whether to guess at all.
    pub(crate) guesses: bool,
}

impl<B: Backend> Context<B> {
    pub(crate) fn new(backend: B) -> Self {
        Self {
            backend,
            cached: Vec::new(),
            guessed: Vec::new(),
            used: 0,
            lookup: Lookup::default(),
            guesses: true,
        }
    }

    /// See [`Engine::measure_cost`](crate::Engine::measure_cost).
    pub(crate) async fn measure_cost(&mut self, now_ms: impl Fn() -> f64) -> Result<f32, Error> {
        self.forget_all_but(0);
        self.lookup.cost = self.backend.batched_cost(now_ms).await?;
        Ok(self.lookup.cost)
    }

    /// See [`Backend::make_room`].
    pub(crate) fn make_room(&mut self) {
        self.forget_all_but(0);
        self.backend.make_room();
    }

    /// Keeps the longest common prefix of cache and prompt and returns its length. The last
    /// prompt token is always read again, for its logits are not kept.
    pub(crate) fn reuse(&mut self, prompt: &[u32]) -> usize {
        let pairs = self.cached.iter().zip(prompt);
        let common = pairs.take_while(|(cached, wanted)| cached == wanted).count();
        let reused = common.min(prompt.len().saturating_sub(1));
        self.forget_all_but(reused);
        reused
    }

    /// Reads tokens of a prompt.
    pub(crate) async fn read(&mut self, tokens: &[u32]) -> Result<(), Error> {
        self.forget_all_but(self.cached.len());
        self.through(tokens, 1).await?;
        self.cached.extend_from_slice(tokens);
        Ok(())
    }

    /// Reads the next token of the text, unless it was guessed before, and with it what probably
    /// follows: a batch costs less than its tokens one by one. The logits are the same to the bit.
    pub(crate) async fn step(&mut self, token: u32) -> Result<(), Error> {
        self.lookup.came(token);
        if self.guessed.get(self.used) == Some(&token) {
            self.used += 1;
            self.cached.push(token);
            self.lookup.next(self.guessed.get(self.used).copied());
            return Ok(());
        }
        self.forget_all_but(self.cached.len());
        self.cached.push(token);
        let mut tokens = vec![token];
        if self.guesses {
            let room = self.backend.capacity().saturating_sub(self.cached.len());
            let guess = self.lookup.guess(&self.cached);
            tokens.extend_from_slice(&guess[..guess.len().min(room)]);
        }
        self.through(&tokens, tokens.len()).await?;
        self.guessed = tokens.split_off(1);
        Ok(())
    }

    /// Logits (vocab) after the last token read.
    pub(crate) fn logits(&self) -> &[f32] {
        self.backend.logits(self.used)
    }

    /// After a failure the cache is empty, not wrong.
    async fn through(&mut self, tokens: &[u32], kept: usize) -> Result<(), Error> {
        let read = self.backend.read(tokens, kept).await;
        if read.is_err() {
            self.forget_all_but(0);
        }
        read
    }

    fn forget_all_but(&mut self, length: usize) {
        self.guessed.clear();
        self.used = 0;
        self.lookup.next(None);
        self.cached.truncate(length);
        self.backend.truncate(length);
    }
}
