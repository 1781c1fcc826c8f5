//! `flint complete`.

use crate::{host::TerminalHost, model};
use anyhow::{Context, Result};
use flint_inference::Completion;
use flint_protocol::{CompletionRequest, FinishReason, Limits, RequestId};
use serde::{Deserialize, Serialize};
use std::{
    io::{self, BufRead, Write},
    path::PathBuf,
};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Folder with model.gguf and tokenizer.json.
    #[arg(long)]
    model: PathBuf,
    /// Language of the text: javascript, typescript, python, rust, html, css, wat, …
    #[arg(long)]
    language: String,
    /// The file's path, which the model also reads.
    #[arg(long, default_value = "")]
    path: String,
    /// Most tokens to decode.
    #[arg(long, default_value_t = 48)]
    max_tokens: u32,
    /// Most lines to return.
    #[arg(long, default_value_t = 1)]
    max_lines: u32,
    /// Go on with a line while it is at least this likely to be right; 0 never stops it.
    #[arg(long, default_value_t = Limits::MIN_LIKELIHOOD)]
    min_likelihood: f32,
}

#[derive(Debug, Deserialize)]
struct Input {
    prefix: String,
    #[serde(default)]
    suffix: String,
}

#[derive(Debug, Serialize)]
struct Output {
    completion: String,
    tokens: u32,
    prompt_tokens: u32,
    prefill_ms: f64,
    decode_tok_s: f64,
    finish_reason: FinishReason,
}

/// Answers one object, or one a line for as long as there are any.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut engine = model::load(&options.model)?;
    let mut host = TerminalHost::new();
    let mut out = io::stdout().lock();
    for (index, input) in read_inputs(io::stdin().lock())?.into_iter().enumerate() {
        let request = request(options, index as u32, input);
        let completion = pollster::block_on(engine.complete(&request, &mut host))?;
        serde_json::to_writer(&mut out, &output(completion))?;
        writeln!(out)?;
    }
    Ok(())
}

fn read_inputs(mut from: impl BufRead) -> Result<Vec<Input>> {
    let mut text = String::new();
    from.read_to_string(&mut text).context("stdin is not UTF-8 text")?;
    serde_json::Deserializer::from_str(&text)
        .into_iter()
        .collect::<Result<_, _>>()
        .context(r#"stdin must hold objects like {"prefix": "...", "suffix": "..."}"#)
}

fn request(options: &Options, id: u32, input: Input) -> CompletionRequest {
    CompletionRequest {
        id: RequestId(id),
        language: options.language.clone(),
        path: options.path.clone(),
        prefix: input.prefix,
        suffix: input.suffix,
        limits: Limits {
            max_tokens: options.max_tokens,
            max_lines: options.max_lines,
            min_likelihood: options.min_likelihood,
        },
        alternative: 0,
    }
}

fn output(completion: Completion) -> Output {
    let timings = completion.timings;
    Output {
        completion: completion.text,
        tokens: timings.completion_tokens,
        prompt_tokens: timings.prompt_tokens,
        prefill_ms: timings.prefill_ms,
        decode_tok_s: timings.decode_tok_s(),
        finish_reason: completion.finish_reason,
    }
}
