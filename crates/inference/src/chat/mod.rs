//! One answer to a question: the model's own chat template, the tokens that it means, the same prefill and the same
//! steps as a completion.
//!
//! The KV cache holds one text, and knows which: a completion after an answer finds none of its prompt there and reads
//! it anew, a question that goes on from the last finds all that was said before. Neither ever reads the other's.

mod repetition;
mod template;

pub(crate) use template::Ready;
pub use template::{Template, Writer};

use crate::{Backend, Engine, Error, Host, complete::prefill};
use flint_decoder::argmax;
use flint_protocol::{Chat, ChatMessage, ChatRequest, FinishReason, Role, Timings};
use repetition::goes_round;
use template::veil;

/// An answer that has less room is not begun.
const LEAST_ANSWER: usize = 64;

/// A finished answer; its text has been handed to the host.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub finish_reason: FinishReason,
    /// All but `queue_ms`, which only the host knows.
    pub timings: Timings,
}

impl<B: Backend> Engine<B> {
    /// Learns to answer questions, where the template can be used with this tokenizer. Forgets what was read.
    pub fn talk_by(&mut self, template: Result<Option<Template>, Error>, writer: Writer) {
        let template = template.and_then(|template| template.ok_or(Error::NoTemplate));
        self.chat = template.and_then(|template| Ready::new(template, writer, &self.tokenizer));
        if self.chat.is_ok() {
            self.context.make_room();
        }
    }

    /// Whether it answers questions, or why not.
    pub fn chat_ability(&self) -> Chat {
        match &self.chat {
            Ok(_) => Chat::Reads { tokens: self.context.backend.capacity() as u32 },
            Err(Error::NoTemplate) => Chat::Mute { reason: "has no chat template".to_owned() },
            Err(Error::Template { reason }) => {
                Chat::Mute { reason: format!("has a chat template that cannot be used ({reason})") }
            }
            Err(error) => Chat::Mute { reason: format!("cannot be asked: {error}") },
        }
    }

    /// What the model's template makes of what was said.
    ///
    /// # Errors
    /// When the model has no template, or it refuses these messages.
    pub fn chat_text(&self, messages: &[ChatMessage]) -> Result<String, Error> {
        self.chat.as_ref().map_err(Clone::clone)?.render(messages)
    }

    /// The tokens that the model reads for what was said.
    ///
    /// # Errors
    /// As [`Engine::chat_text`].
    pub fn chat_prompt(&self, messages: &[ChatMessage]) -> Result<Vec<u32>, Error> {
        let veil = veil(messages);
        let veiled = |message: &ChatMessage| ChatMessage {
            role: message.role,
            content: self.tokenizer.veiled(&message.content, veil),
        };
        let messages: Vec<_> = messages.iter().map(veiled).collect();
        Ok(self.tokenizer.encode_marked(&self.chat_text(&messages)?, veil))
    }

    /// Answers, handing text to the host as it comes: the likeliest token each time.
    ///
    /// # Errors
    /// When the model cannot be asked, the question is too long, or the backend fails.
    pub async fn answer(
        &mut self,
        request: &ChatRequest,
        host: &mut impl Host,
    ) -> Result<Answer, Error> {
        let started = host.now_ms();
        let prompt = self.chat_prompt(&request.messages)?;
        let capacity = self.context.backend.capacity();
        if prompt.len() + LEAST_ANSWER > capacity {
            let most = capacity.saturating_sub(LEAST_ANSWER);
            return Err(Error::LongQuestion { tokens: prompt.len(), most });
        }
        let mut timings = Timings { prompt_tokens: prompt.len() as u32, ..Timings::default() };
        let tokenized = host.now_ms();
        timings.tokenize_ms = tokenized - started;

        let reused = self.context.reuse(&prompt);
        timings.reused_tokens = reused as u32;
        let whole = prefill(&mut self.context, &prompt, reused, host).await?;
        let prefilled = host.now_ms();
        timings.prefill_ms = prefilled - tokenized;

        let most = (request.max_tokens as usize).min(capacity - prompt.len());
        let (finish_reason, steps) = match whole {
            true => self.decode_answer(most, host).await?,
            false => (FinishReason::Cancelled, 0),
        };
        timings.completion_tokens = steps as u32;
        timings.decode_ms = host.now_ms() - prefilled;
        Ok(Answer { finish_reason, timings })
    }

    /// Decodes until the model ends its turn, at most so many tokens; why it ended, and the steps that it took.
    async fn decode_answer(
        &mut self,
        most: usize,
        host: &mut impl Host,
    ) -> Result<(FinishReason, usize), Error> {
        let Self { context, tokenizer, chat, .. } = self;
        let end_of_turn = chat.as_ref().ok().and_then(|ready| ready.end_of_turn);
        let mut characters = tokenizer.answer_stream();
        let mut said = Vec::new();
        loop {
            let token = argmax(context.logits());
            if tokenizer.is_marker(token) || end_of_turn == Some(token) {
                return Ok((FinishReason::EndOfText, said.len() + 1));
            }
            said.push(token);
            host.text(&characters(token));
            if goes_round(&said) {
                return Ok((FinishReason::Repetition, said.len()));
            }
            if said.len() >= most {
                return Ok((FinishReason::TokenLimit, said.len()));
            }
            if !host.proceed().await {
                return Ok((FinishReason::Cancelled, said.len()));
            }
            context.step(token).await?;
        }
    }
}

/// The system's words before the user's first ones, for templates that know of no system.
fn without_system(messages: &[ChatMessage]) -> Vec<ChatMessage> {
    let (system, others): (Vec<_>, Vec<_>) =
        messages.iter().partition(|message| message.role == Role::System);
    let words: String = system.iter().map(|message| format!("{}\n\n", message.content)).collect();
    let mut others: Vec<_> = others.into_iter().cloned().collect();
    if let Some(first) = others.iter_mut().find(|message| message.role == Role::User) {
        first.content.insert_str(0, &words);
    }
    others
}
