//! The decode loop, readable from top to bottom.

use crate::{Backend, Error, Tokenizer, context::Context, prompt, stop::StopRules};
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
    context: Context<B>,
    tokenizer: Tokenizer,
}

impl<B: Backend> Engine<B> {
    /// # Errors
    /// When tokenizer and model do not belong together.
    pub fn new(backend: B, tokenizer: Tokenizer) -> Result<Self, Error> {
        if tokenizer.vocab() > backend.vocab() {
            return Err(Error::Mismatch { tokenizer: tokenizer.vocab(), model: backend.vocab() });
        }
        Ok(Self { context: Context::new(backend), tokenizer })
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
        prompt::build(&self.tokenizer, request, self.context_tokens())
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
        let started = host.now_ms();
        let prompt = self.prompt(request)?;
        let Self { context, tokenizer } = self;
        timings.prompt_tokens = prompt.len() as u32;
        let tokenized = host.now_ms();
        timings.tokenize_ms = tokenized - started;

        let reused = context.reuse(&prompt);
        timings.reused_tokens = reused as u32;
        let first = prefill(context, &prompt[reused..], host).await?;
        let prefilled = host.now_ms();
        timings.prefill_ms = prefilled - tokenized;

        let mut rules = StopRules::new(request.limits.max_lines as usize, &request.suffix);
        let mut finish_reason = FinishReason::Cancelled;
        if let Some(first) = first {
            let decoding = Decoding { context, tokenizer, rules: &mut rules };
            let max_tokens = request.limits.max_tokens;
            (finish_reason, timings.completion_tokens) =
                decoding.run(first, max_tokens, host).await?;
        }
        timings.decode_ms = host.now_ms() - prefilled;
        Ok(Completion { text: rules.text().to_owned(), finish_reason, timings })
    }
}

/// Reads the prompt in chunks; the first token of the answer, or none when cancelled.
async fn prefill<B: Backend>(
    context: &mut Context<B>,
    prompt: &[u32],
    host: &mut impl Host,
) -> Result<Option<u32>, Error> {
    let mut first = None;
    for chunk in prompt.chunks(context.backend.prefill_chunk()) {
        if first.is_some() && !host.proceed().await {
            return Ok(None);
        }
        first = Some(context.read(chunk).await?);
    }
    Ok(first)
}

/// The answer as it grows.
struct Decoding<'a, 'b, B> {
    context: &'a mut Context<B>,
    tokenizer: &'a Tokenizer,
    rules: &'a mut StopRules<'b>,
}

impl<B: Backend> Decoding<'_, '_, B> {
    /// Token by token until a rule, the model or the host ends it; why, and after how many tokens.
    async fn run(
        self,
        first: u32,
        max_tokens: u32,
        host: &mut impl Host,
    ) -> Result<(FinishReason, u32), Error> {
        let mut characters = self.tokenizer.decode_stream();
        let mut token = first;
        let mut count = 1;
        loop {
            if self.tokenizer.is_marker(token) {
                return Ok((FinishReason::EndOfText, count));
            }
            let piece = characters(token);
            let verdict = self.rules.push(&piece);
            if verdict.keep > 0 {
                host.text(&piece[..verdict.keep]);
            }
            if let Some(finish) = verdict.finish {
                return Ok((finish, count));
            }
            if count >= max_tokens {
                return Ok((FinishReason::TokenLimit, count));
            }
            if !host.proceed().await {
                return Ok((FinishReason::Cancelled, count));
            }
            token = self.context.read(&[token]).await?;
            count += 1;
        }
    }
}
