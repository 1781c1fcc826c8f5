//! What the parts of the mixture would have said: for fitting the gate and the acceptance.

use crate::{
    Backend, Engine, Error, Host, Proposal, decoding::Decoding, draft::Place, lines::group, prompt,
};
use flint_ngram::Evidence;
use flint_protocol::CompletionRequest;

/// One known token as each part saw it coming.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The transformer's probability of it.
    pub transformer: f32,
    /// What the counts say of it, in mixing order.
    pub counts: Vec<Evidence>,
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
        let Self { context, tokenizer, predictor, pieces, .. } = self;
        let prompt = prompt::build(tokenizer, pieces, request, &[], capacity)?;
        predictor.begin(tokenizer, request);
        let mut tokens = tokenizer.encode(middle);
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

    /// All that could be shown of the first line, the longest first.
    ///
    /// # Errors
    /// When the prompt cannot be built or the backend fails.
    pub async fn propose(
        &mut self,
        request: &CompletionRequest,
        host: &mut impl Host,
    ) -> Result<Vec<Proposal>, Error> {
        let capacity = self.context_tokens();
        let Self { context, tokenizer, predictor, pieces, .. } = self;
        let prompt = prompt::build(tokenizer, pieces, request, &[], capacity)?;
        predictor.begin(tokenizer, request);
        let reused = context.reuse(&prompt.tokens);
        context.read(&prompt.tokens[reused..]).await?;
        let draft = Decoding::new(context, tokenizer, predictor, request).line(host).await?;
        let place = Place::new(request, group(&request.language));
        Ok(draft.map(|draft| draft.proposals(&place)).unwrap_or_default())
    }
}
