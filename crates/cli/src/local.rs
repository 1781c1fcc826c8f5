//! A GGUF file that answers on this machine, by the loop that the tab's worker runs.

use anyhow::{Context, Result, bail};
use flint_inference::{CpuBackend, Engine, Host, Template};
use flint_protocol::{Chat, ChatMessage, ChatRequest, FinishReason, RequestId};
use flint_remote::Prompt;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

const MOST_TOKENS: u32 = 1024;

/// Prints an answer as it comes.
///
/// # Errors
/// When the file is no model that answers questions, or the question is longer than it reads.
pub(crate) fn answer(file: &Path, prompt: &Prompt) -> Result<()> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut engine = Engine::<CpuBackend>::from_gguf(&bytes)
        .with_context(|| format!("{} is no model that is run here", file.display()))?;
    let writer = |template: &Template, messages: &[ChatMessage], asks| {
        flint_template::write(&template.source, &template.markers, messages, asks)
    };
    engine.talk_by(Ok(Template::from_gguf(&bytes)), Box::new(writer));
    drop(bytes);
    if let Chat::Mute { reason } = engine.chat_ability() {
        bail!("{} {reason}, so it answers no questions.", file.display());
    }
    let request = ChatRequest {
        id: RequestId::question(1),
        messages: prompt.ask.messages(),
        max_tokens: MOST_TOKENS,
    };
    let mut printed = Printed { started: Instant::now(), out: io::stdout(), failed: None };
    let answer = pollster::block_on(engine.answer(&request, &mut printed))?;
    if let Some(error) = printed.failed {
        return Err(error).context("cannot print the answer");
    }
    println!();
    match answer.finish_reason {
        FinishReason::TokenLimit => {
            bail!("The model may write no more, so the answer ends in the middle.")
        }
        FinishReason::Repetition => {
            bail!("The model began to say the same again and again, so it was stopped.")
        }
        _ => Ok(()),
    }
}

struct Printed {
    started: Instant,
    out: io::Stdout,
    failed: Option<io::Error>,
}

impl Host for Printed {
    fn now_ms(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }

    /// Whoever closes the pipe has read enough.
    async fn proceed(&mut self) -> bool {
        self.failed.is_none()
    }

    fn text(&mut self, text: &str) {
        let written = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
        self.failed = self.failed.take().or(written.err());
    }
}
