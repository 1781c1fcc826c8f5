//! A backend together with the tokens that its KV cache holds.

use crate::{Backend, Error};

#[derive(Debug)]
pub(crate) struct Context<B> {
    pub(crate) backend: B,
    cached: Vec<u32>,
}

impl<B: Backend> Context<B> {
    pub(crate) fn new(backend: B) -> Self {
        Self { backend, cached: Vec::new() }
    }

    /// Keeps the longest common prefix of cache and prompt and returns its length. The last
    /// prompt token is always read again, for its logits are not kept.
    pub(crate) fn reuse(&mut self, prompt: &[u32]) -> usize {
        let pairs = self.cached.iter().zip(prompt);
        let common = pairs.take_while(|(cached, wanted)| cached == wanted).count();
        let reused = common.min(prompt.len().saturating_sub(1));
        self.cached.truncate(reused);
        self.backend.truncate(reused);
        reused
    }

    /// Reads tokens; [`Context::logits`] are those after the last. After a failure the cache is
    /// empty, not wrong.
    pub(crate) async fn read(&mut self, tokens: &[u32]) -> Result<(), Error> {
        match self.backend.read(tokens).await {
            Ok(()) => {
                self.cached.extend_from_slice(tokens);
                Ok(())
            }
            Err(error) => {
                self.cached.clear();
                self.backend.truncate(0);
                Err(error)
            }
        }
    }

    /// Logits (vocab) after the last token read.
    pub(crate) fn logits(&self) -> &[f32] {
        self.backend.logits()
    }
}
