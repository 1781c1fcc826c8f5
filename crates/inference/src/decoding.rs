//! From a prompt that has been read to text: token by token, or line by line where code is counted.

use crate::{
    Backend, Error, Host, Tokenizer, acceptance,
    context::Context,
    draft::{Draft, Place},
    lines::{Indent, columns, group},
    predictor::Predictor,
    stop::StopRules,
};
use flint_protocol::{CompletionRequest, FinishReason};

/// A line is given up where it is this much less likely than what may be shown.
const HOPELESS: f32 = 0.02;
/// A line below the first must be this likely to be accepted.
const SURE_BELOW: f32 = 0.5;

/// The answer as it grows.
pub(crate) struct Decoding<'a, B> {
    context: &'a mut Context<B>,
    tokenizer: &'a Tokenizer,
    predictor: &'a mut Predictor,
    request: &'a CompletionRequest,
    rules: StopRules<'a>,
    steps: u32,
    p_accept: f32,
}

impl<'a, B: Backend> Decoding<'a, B> {
    pub(crate) fn new(
        context: &'a mut Context<B>,
        tokenizer: &'a Tokenizer,
        predictor: &'a mut Predictor,
        request: &'a CompletionRequest,
    ) -> Self {
        let rules = StopRules::new(&request.limits, &request.suffix);
        Self { context, tokenizer, predictor, request, rules, steps: 0, p_accept: 0.0 }
    }

    /// Tokens decoded so far.
    pub(crate) fn steps(&self) -> u32 {
        self.steps
    }

    /// The text, and how likely its first line is to be accepted.
    pub(crate) fn into_text(self) -> (String, f32) {
        (self.rules.text().to_owned(), self.p_accept)
    }

    /// Decodes until a rule, the model or the host ends it; why.
    pub(crate) async fn run(&mut self, host: &mut impl Host) -> Result<FinishReason, Error> {
        match self.predictor.counts_lines() {
            true => self.lines(host).await,
            false => self.tokens(host).await,
        }
    }

    /// Hands text out as it comes.
    async fn tokens(&mut self, host: &mut impl Host) -> Result<FinishReason, Error> {
        let tokenizer = self.tokenizer;
        let mut characters = tokenizer.decode_stream();
        loop {
            let rank = self.rank();
            let next = self.predictor.predict(tokenizer, self.context.logits(), rank);
            self.steps += 1;
            let word_goes_on = tokenizer.continues_word(next.token);
            let finish = match self.rules.token(next.probability, word_goes_on) {
                Some(finish) => Some(finish),
                None if tokenizer.is_marker(next.token) => Some(FinishReason::EndOfText),
                None => self.rules.push(&characters(next.token)),
            };
            self.p_accept = self.rules.likelihood();
            let text = self.rules.take_sure(finish.is_some());
            if !text.is_empty() {
                host.text(text);
            }
            if let Some(finish) = finish {
                return Ok(finish);
            }
            if !host.proceed().await {
                return Ok(FinishReason::Cancelled);
            }
            self.context.step(next.token).await?;
        }
    }

    /// Hands out whole lines, or as much of one as is likely to be accepted.
    async fn lines(&mut self, host: &mut impl Host) -> Result<FinishReason, Error> {
        let limits = self.request.limits;
        let mut place = Place::new(self.request, group(&self.request.language));
        let mut indentation = indentation(&self.request.prefix).to_owned();
        let mut threshold = limits.min_likelihood;
        for number in 1.. {
            let Some(draft) = self.line(host).await? else { return Ok(FinishReason::Cancelled) };
            let (whole, ended) = (draft.text.trim_end().len(), draft.ended);
            let proposals = draft.proposals(&place);
            let weights = self.predictor.acceptance();
            let Some((chosen, p)) = acceptance::choose(weights, proposals, threshold) else {
                return Ok(FinishReason::Unsure);
            };
            if number == 1 {
                self.p_accept = p;
            }
            let cut = chosen.text.len() < whole || !ended;
            let finish = self.rules.push(&chosen.text);
            host.text(self.rules.take_sure(true));
            if let Some(finish) = finish {
                return Ok(finish);
            }
            if cut || self.steps >= limits.max_tokens {
                return Ok(if cut { FinishReason::Unsure } else { FinishReason::TokenLimit });
            }
            if number >= limits.max_lines {
                return Ok(FinishReason::LineLimit);
            }
            let Some(indent) = self.predictor.next_line(self.tokenizer) else {
                return Ok(FinishReason::EndOfText);
            };
            if indent == Indent::Deeper {
                indentation.push_str(step_of(&self.request.prefix, &indentation));
            }
            place.next_line();
            threshold = threshold.max(SURE_BELOW);
            if let Some(finish) = self.rules.push(&format!("\n{indentation}")) {
                return Ok(finish);
            }
            self.predictor.begin_line(self.tokenizer, columns(&indentation));
            for token in self.tokenizer.encode(&format!("\n{indentation}")) {
                self.context.step(token).await?;
            }
        }
        Ok(FinishReason::LineLimit)
    }

    /// An alternative differs from what is likelier in its first token.
    fn rank(&self) -> u32 {
        if self.steps == 0 { self.request.alternative } else { 0 }
    }

    /// Decodes one line; `None` when cancelled on the way.
    pub(crate) async fn line(&mut self, host: &mut impl Host) -> Result<Option<Draft>, Error> {
        let tokenizer = self.tokenizer;
        let limits = self.request.limits;
        let mut characters = tokenizer.decode_stream();
        let mut draft = Draft::default();
        loop {
            let rank = self.rank();
            let next = self.predictor.predict(tokenizer, self.context.logits(), rank);
            self.steps += 1;
            draft.step(next.probability, next.end);
            if tokenizer.is_marker(next.token) {
                draft.ended = true;
                return Ok(Some(draft));
            }
            let hopeless = draft.likelihood() < limits.min_likelihood * HOPELESS;
            if hopeless || self.steps >= limits.max_tokens {
                return Ok(Some(draft));
            }
            draft.push(&characters(next.token));
            if !host.proceed().await {
                return Ok(None);
            }
            self.predictor.wrote(tokenizer, next.token);
            self.context.step(next.token).await?;
        }
    }
}

/// The space that the cursor's line begins with.
fn indentation(prefix: &str) -> &str {
    let line = prefix.rsplit('\n').next().unwrap_or_default();
    &line[..line.len() - line.trim_start().len()]
}

/// One step of indentation, as the text has it.
fn step_of(text: &str, indentation: &str) -> &'static str {
    if indentation.starts_with('\t') || text.contains("\n\t") {
        return "\t";
    }
    let spaces = text.split('\n').map(|line| line.len() - line.trim_start().len());
    match spaces.filter(|spaces| *spaces > 1).min() {
        Some(2) => "  ",
        _ => "    ",
    }
}
