//! What the parts of the mixture would have said about text that is known: for fitting the gate.

use crate::{Backend, Engine, Error, prompt};
use flint_protocol::CompletionRequest;

/// One known token as each part saw it coming.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The transformer's probability of it.
    pub transformer: f32,
    /// (gate bucket, the counts' probability of it), in mixing order.
    pub counts: Vec<(usize, f32)>,
}

impl<B: Backend> Engine<B> {
    /// Reads `middle` after the prompt and reports each of its tokens, and the end that follows.
    ///
    /// # Errors
    /// When the prompt cannot be built or the backend fails.
    pub async fn observe(
        &mut self,
        request: &CompletionRequest,
        middle: &str,
    ) -> Result<Vec<Observation>, Error> {
        let capacity = self.context_tokens();
        let Self { context, tokenizer, predictor, .. } = self;
        let prompt = prompt::build(tokenizer, request, capacity)?;
        predictor.begin(tokenizer, &request.prefix, &request.suffix, prompt.prefix())?;
        let mut tokens = tokenizer.encode(middle)?;
        tokens.truncate(request.limits.max_tokens as usize);
        tokens.push(tokenizer.markers.end_of_text);
        let reused = context.reuse(&prompt.tokens);
        context.read(&prompt.tokens[reused..]).await?;
        let mut observations = Vec::new();
        for token in tokens {
            observations.push(predictor.observe(tokenizer, context.logits(), token));
            predictor.wrote(tokenizer, token);
            context.read(&[token]).await?;
        }
        Ok(observations)
    }
}
