//! The decode loop, readable from top to bottom.

use crate::{
    Backend, Error, Tokenizer, chat::Ready, context::Context, decoding::Decoding, pieces::Pieces,
    predictor::Predictor, prompt,
};
use flint_ngram::Counts;
use flint_protocol::{CompletionRequest, FinishReason, Neighbour, Timings};

/// What the loop asks of the place it runs in.
#[allow(async_fn_in_trait, reason = "only generic code of this workspace calls it")]
pub trait Host {
    /// Milliseconds from any fixed moment.
    fn now_ms(&self) -> f64;

    /// Lets waiting messages in; false when this completion was cancelled meanwhile.
    async fn proceed(&mut self) -> bool;

    /// Takes more text of the completion.
    fn text(&mut self, text: &str);

    /// So many tokens of a prompt have been read.
    fn reading(&mut self, _read: usize, _prompt: usize) {}
}

/// A finished completion.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    pub text: String,
    pub finish_reason: FinishReason,
    /// How likely the text is to be accepted, 0..=1.
    pub p_accept: f32,
    /// All but `queue_ms`, which only the host knows.
    pub timings: Timings,
}

/// A model and its tokenizer, ready to complete.
#[derive(Debug)]
pub struct Engine<B> {
    pub(crate) context: Context<B>,
    pub(crate) tokenizer: Tokenizer,
    pub(crate) predictor: Predictor,
    pub(crate) pieces: Pieces,
    /// How it is talked to, or why it cannot be.
    pub(crate) chat: Result<Ready, Error>,
}

impl<B: Backend> Engine<B> {
    /// # Errors
    /// When tokenizer and model do not belong together.
    pub fn new(backend: B, tokenizer: Tokenizer, counts: Counts) -> Result<Self, Error> {
        if tokenizer.vocab() > backend.vocab() {
            return Err(Error::Mismatch { tokenizer: tokenizer.vocab(), model: backend.vocab() });
        }
        let predictor = Predictor::new(counts, &tokenizer);
        Ok(Self {
            context: Context::new(backend),
            tokenizer,
            predictor,
            pieces: Pieces::default(),
            chat: Err(Error::NoTemplate),
        })
    }

    /// Puts loaded weights together with a model's other files: `tokenizer.json` and, if it has one, `counts.bin`.
    ///
    /// # Errors
    /// When a file is damaged, or they do not belong together.
    pub fn around(backend: B, tokenizer: &[u8], counts: Option<Vec<u8>>) -> Result<Self, Error> {
        let tokenizer = Tokenizer::from_json(tokenizer)?;
        let counts = counts.map(Counts::from_bytes).transpose()?.unwrap_or_default();
        Self::new(backend, tokenizer, counts)
    }

    /// Tokens that end a completion too, as the model's publisher says; those of no token are ignored.
    pub fn also_ends(&mut self, ends: &[u32]) {
        self.tokenizer.also_ends(ends);
    }

    /// The model's tokenizer.
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// Most tokens of prompt and completion together.
    pub fn context_tokens(&self) -> usize {
        self.context.backend.window()
    }

    /// Whether to read tokens ahead on a guess, as an engine does from its start. The text is the
    /// same either way.
    pub fn guess_ahead(&mut self, guesses: bool) {
        self.context.guesses = guesses;
    }

    /// Measures whether reading ahead pays on this machine, and goes by it: the cost of a guessed
    /// token as a share of a step. Forgets what was read.
    ///
    /// # Errors
    /// When the model cannot read a few tokens.
    pub async fn measure_cost(&mut self, now_ms: impl Fn() -> f64) -> Result<f32, Error> {
        self.context.measure_cost(now_ms).await
    }

    /// What is written in the project's other files: those in the open file's language count with it, or stand before
    /// it where the model was trained on whole projects.
    pub fn know(&mut self, neighbours: Vec<Neighbour>) {
        self.predictor.know(neighbours);
    }

    /// The tokens that the model would read for a request.
    ///
    /// # Errors
    /// When the prompt cannot be built.
    pub fn prompt(&self, request: &CompletionRequest) -> Result<Vec<u32>, Error> {
        let (kept, context) = (&mut Pieces::default(), self.context_tokens());
        let others = self.predictor.neighbours();
        Ok(prompt::build(&self.tokenizer, kept, request, others, context)?.tokens)
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
        let Self { context, tokenizer, predictor, pieces, .. } = self;

        let started = host.now_ms();
        let (others, window) = (predictor.neighbours(), context.backend.window());
        let prompt = prompt::build(tokenizer, pieces, request, others, window)?;
        predictor.begin(tokenizer, request);
        timings.prompt_tokens = prompt.tokens.len() as u32;
        let tokenized = host.now_ms();
        timings.tokenize_ms = tokenized - started;

        let reused = context.reuse(&prompt.tokens);
        timings.reused_tokens = reused as u32;
        let whole = prefill(context, &prompt.tokens, reused, host).await?;
        let prefilled = host.now_ms();
        timings.prefill_ms = prefilled - tokenized;

        let mut decoding = Decoding::new(context, tokenizer, predictor, request);
        let finish_reason = match whole {
            true => decoding.run(host).await?,
            false => FinishReason::Cancelled,
        };
        timings.completion_tokens = decoding.steps();
        timings.decode_ms = host.now_ms() - prefilled;
        let (text, p_accept) = decoding.into_text();
        Ok(Completion { text, finish_reason, p_accept, timings })
    }
}

/// Reads what is not `reused` of the prompt in chunks; false when cancelled on the way.
pub(crate) async fn prefill<B: Backend>(
    context: &mut Context<B>,
    prompt: &[u32],
    reused: usize,
    host: &mut impl Host,
) -> Result<bool, Error> {
    let mut read = reused;
    for chunk in prompt[reused..].chunks(context.backend.prefill_chunk()) {
        if read > reused && !host.proceed().await {
            return Ok(false);
        }
        context.read(chunk).await?;
        read += chunk.len();
        host.reading(read, prompt.len());
    }
    Ok(true)
}
