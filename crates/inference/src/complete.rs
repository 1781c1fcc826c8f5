//! The decode loop, readable from top to bottom.

use crate::{
    Backend, Error, Tokenizer, context::Context, predictor::Predictor, prompt, stop::StopRules,
};
use flint_ngram::Counts;
use flint_protocol::{CompletionRequest, FinishReason, Timings};

/// What the loop asks of the place it runs in.
#[allow(async_fn_in_trait, reason = "only generic code of this workspace calls it")]
pub trait Host {
    /// Milliseconds from any fixed moment.
    fn now_ms(&self) -> f64;

    /// Lets waiting messages in; false when this completion was cancelled meanwhile.
    async fn proceed(&mut self) -> bool;

    /// Takes more text of the completion.
    fn text(&mut self, text: &str);
}

/// A finished completion.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    pub text: String,
    pub finish_reason: FinishReason,
    /// All but `queue_ms`, which only the host knows.
    pub timings: Timings,
}

/// A model and its tokenizer, ready to complete.
#[derive(Debug)]
pub struct Engine<B> {
    pub(crate) context: Context<B>,
    pub(crate) tokenizer: Tokenizer,
    pub(crate) predictor: Predictor,
}

impl<B: Backend> Engine<B> {
    /// # Errors
    /// When tokenizer and model do not belong together.
    pub fn new(backend: B, tokenizer: Tokenizer, counts: Counts) -> Result<Self, Error> {
        if tokenizer.vocab() > backend.vocab() {
            return Err(Error::Mismatch { tokenizer: tokenizer.vocab(), model: backend.vocab() });
        }
        Ok(Self { context: Context::new(backend), tokenizer, predictor: Predictor::new(counts) })
    }

    /// Most tokens of prompt and completion together.
    pub fn context_tokens(&self) -> usize {
        self.context.backend.capacity()
    }

    /// The tokens that the model would read for a request.
    ///
    /// # Errors
    /// When the prompt cannot be built.
    pub fn prompt(&self, request: &CompletionRequest) -> Result<Vec<u32>, Error> {
        Ok(prompt::build(&self.tokenizer, request, self.context_tokens())?.tokens)
    }

    /// Completes at the cursor, handing text to the host as it comes.
    ///
    /// # Errors
    /// When the prompt cannot be built or the backend fails.
    pub async fn complete(
        &mut self,
        request: &CompletionRequest,
        host: &mut impl Host,
    ) -> Result<Completion, Error> {
        let mut timings = Timings::default();
        let Self { context, tokenizer, predictor } = self;

        let started = host.now_ms();
        let prompt = prompt::build(tokenizer, request, context.backend.capacity())?;
        predictor.begin(tokenizer, &request.prefix, &request.suffix, prompt.prefix())?;
        timings.prompt_tokens = prompt.tokens.len() as u32;
        let tokenized = host.now_ms();
        timings.tokenize_ms = tokenized - started;

        let reused = context.reuse(&prompt.tokens);
        timings.reused_tokens = reused as u32;
        let whole = prefill(context, &prompt.tokens[reused..], host).await?;
        let prefilled = host.now_ms();
        timings.prefill_ms = prefilled - tokenized;

        let mut rules = StopRules::new(&request.limits, &request.suffix);
        let mut finish_reason = FinishReason::Cancelled;
        if whole {
            let decoding = Decoding { context, tokenizer, predictor, rules: &mut rules };
            (finish_reason, timings.completion_tokens) = decoding.run(host).await?;
        }
        timings.decode_ms = host.now_ms() - prefilled;
        Ok(Completion { text: rules.text().to_owned(), finish_reason, timings })
    }
}

/// Reads the prompt in chunks; false when cancelled on the way.
async fn prefill<B: Backend>(
    context: &mut Context<B>,
    prompt: &[u32],
    host: &mut impl Host,
) -> Result<bool, Error> {
    for (index, chunk) in prompt.chunks(context.backend.prefill_chunk()).enumerate() {
        if index > 0 && !host.proceed().await {
            return Ok(false);
        }
        context.read(chunk).await?;
    }
    Ok(true)
}

/// The answer as it grows.
struct Decoding<'a, 'b, B> {
    context: &'a mut Context<B>,
    tokenizer: &'a Tokenizer,
    predictor: &'a mut Predictor,
    rules: &'a mut StopRules<'b>,
}

impl<B: Backend> Decoding<'_, '_, B> {
    /// Token by token until a rule, the model or the host ends it; why, and after how many tokens.
    async fn run(self, host: &mut impl Host) -> Result<(FinishReason, u32), Error> {
        let Self { context, tokenizer, predictor, rules } = self;
        let mut characters = tokenizer.decode_stream();
        let mut count = 0;
        loop {
            let next = predictor.predict(tokenizer, context.logits());
            count += 1;
            let word_goes_on = tokenizer.continues_word(next.token);
            let finish = match rules.token(next.probability, word_goes_on) {
                Some(finish) => Some(finish),
                None if tokenizer.is_marker(next.token) => Some(FinishReason::EndOfText),
                None => rules.push(&characters(next.token)),
            };
            let text = rules.take_sure(finish.is_some());
            if !text.is_empty() {
                host.text(text);
            }
            if let Some(finish) = finish {
                return Ok((finish, count));
            }
            if !host.proceed().await {
                return Ok((FinishReason::Cancelled, count));
            }
            predictor.wrote(tokenizer, next.token);
            context.read(&[next.token]).await?;
        }
    }
}
