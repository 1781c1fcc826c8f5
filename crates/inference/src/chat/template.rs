//! A model's chat template: what its publisher says that a conversation looks like, and whoever writes it out.
//!
//! Source: <https://huggingface.co/docs/transformers/chat_templating>; `tokenizer_config.json`, `chat_template.jinja` and
//! a GGUF file's `tokenizer.chat_template` hold the same.

use super::without_system;
use crate::{Error, Tokenizer};
use flint_decoder::gguf::{Gguf, Value as Entry};
use flint_protocol::{ChatMessage, Role};
use serde::Deserialize;
use std::fmt;

/// Characters that Unicode has set aside for no text: one of them marks names of markers in what people say.
const VEILS: std::ops::RangeInclusive<char> = '\u{fdd0}'..='\u{fdef}';

/// A template and the markers that it is told of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    pub source: String,
    /// `bos_token` and the like, each with its name.
    pub markers: Vec<(String, String)>,
}

/// Writes out what a template makes of messages, with what an answer begins with where one is asked for; or says why not,
/// as the end of a sentence. A template is a stranger's program: who runs it bounds it.
pub type Writer = Box<dyn Fn(&Template, &[ChatMessage], bool) -> Result<String, String>>;

/// A template that has been tried with its model's tokenizer.
pub(crate) struct Ready {
    template: Template,
    writer: Writer,
    /// What the template writes behind an answer.
    pub(super) end_of_turn: Option<u32>,
}

/// What matters of `tokenizer_config.json`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Config {
    chat_template: Option<Sources>,
    bos_token: Option<Marker>,
    eos_token: Option<Marker>,
    unk_token: Option<Marker>,
    pad_token: Option<Marker>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Sources {
    One(String),
    Several(Vec<Named>),
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
    template: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Marker {
    Name(String),
    Added { content: String },
}

impl Template {
    /// Of a model in the hub's layout: `tokenizer_config.json` and, where there is one, `chat_template.jinja`, which counts
    /// more. None for a model that was not taught to talk.
    ///
    /// # Errors
    /// When the file is no configuration.
    pub fn from_files(config: &[u8], jinja: Option<String>) -> Result<Option<Self>, Error> {
        let config: Config = serde_json::from_slice(config).map_err(refused)?;
        let listed = match config.chat_template {
            Some(Sources::One(source)) => Some(source),
            Some(Sources::Several(named)) => {
                named.into_iter().find(|one| one.name == "default").map(|one| one.template)
            }
            None => None,
        };
        let markers = [
            ("bos_token", config.bos_token),
            ("eos_token", config.eos_token),
            ("unk_token", config.unk_token),
            ("pad_token", config.pad_token),
        ];
        let markers = markers.into_iter().filter_map(|(name, marker)| {
            Some(match marker? {
                Marker::Name(marker) | Marker::Added { content: marker } => {
                    (name.to_owned(), marker)
                }
            })
        });
        let markers = markers.collect();
        let jinja = jinja.filter(|source| !source.trim().is_empty());
        Ok(jinja.or(listed).map(|source| Self { source, markers }))
    }

    /// The template that a GGUF file carries, if it is one.
    #[must_use]
    pub fn from_gguf(bytes: &[u8]) -> Option<Self> {
        let gguf = Gguf::parse(bytes).ok()?;
        let value = |name: &str| gguf.value(&format!("tokenizer.{name}"));
        let source = value("chat_template").and_then(Entry::as_text)?.to_owned();
        let tokens = value("ggml.tokens").and_then(Entry::as_array).unwrap_or_default();
        let markers = ["bos", "eos", "unknown", "padding"].into_iter().filter_map(|name| {
            let id = value(&format!("ggml.{name}_token_id"))?.as_u64()?;
            let marker = tokens.get(usize::try_from(id).ok()?)?.as_text()?;
            let name = match name {
                "unknown" => "unk",
                "padding" => "pad",
                name => name,
            };
            Some((format!("{name}_token"), marker.to_owned()))
        });
        let markers = markers.collect();
        Some(Self { source, markers })
    }
}

impl Ready {
    /// # Errors
    /// When the template cannot write a question, or leaves it out.
    pub(crate) fn new(
        template: Template,
        writer: Writer,
        tokenizer: &Tokenizer,
    ) -> Result<Self, Error> {
        let mut ready = Self { template, writer, end_of_turn: None };
        let said = |role, content: &str| ChatMessage { role, content: content.to_owned() };
        let (system, question, answer) = ("be 1brief1", "what 2is2 it", "a 3thing3");
        let written = ready.render(&[said(Role::System, system), said(Role::User, question)])?;
        if !(written.contains(system) && written.contains(question)) {
            return Err(refused("it leaves out what was said"));
        }
        let answered = [said(Role::User, question), said(Role::Assistant, answer)];
        let written = ready.write(&answered, false).unwrap_or_default();
        let behind = written.rsplit_once(answer).map_or("", |(_, behind)| behind);
        ready.end_of_turn = tokenizer.first_mark(behind);
        Ok(ready)
    }

    /// What the model reads before its answer. Where the template knows of no system, the system's words stand before the
    /// user's first.
    ///
    /// # Errors
    /// [`Error::Template`] when it is none, refuses the messages, or computes without end.
    pub(super) fn render(&self, messages: &[ChatMessage]) -> Result<String, Error> {
        let system = messages.iter().find(|message| message.role == Role::System);
        let written = self.write(messages, true);
        let Some(system) = system else { return written };
        match written {
            Ok(written) if written.contains(system.content.trim()) => Ok(written),
            _ => self.write(&without_system(messages), true),
        }
    }

    fn write(&self, messages: &[ChatMessage], asks: bool) -> Result<String, Error> {
        (self.writer)(&self.template, messages, asks).map_err(refused)
    }
}

impl fmt::Debug for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ready").field("template", &self.template).finish_non_exhaustive()
    }
}

/// A character that nobody has said.
pub(super) fn veil(messages: &[ChatMessage]) -> char {
    let said = |c: &char| messages.iter().any(|message| message.content.contains(*c));
    VEILS.into_iter().find(|c| !said(c)).unwrap_or(*VEILS.start())
}

fn refused(reason: impl ToString) -> Error {
    Error::Template { reason: reason.to_string() }
}
