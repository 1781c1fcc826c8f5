//! One completion from text to text: prompt, prefill, decode, stop rules, detokenization; and one answer to a question.
//!
//! The model worker and the terminal run this same code; they differ only in their [`Host`], which
//! gives the time, a moment for other messages between steps, and a place for the text. Any
//! [`Backend`] will do: the loop knows tokens and logits, never tensors.

mod acceptance;
mod backend;
mod chat;
mod complete;
mod context;
mod cpu;
mod decoding;
mod draft;
mod error;
mod evidence;
mod fim;
mod history;
mod lines;
mod lookup;
mod neighbours;
mod pieces;
mod predictor;
mod prompt;
mod stop;
mod tokenizer;
mod window;
mod words;

pub use acceptance::probability;
pub use backend::Backend;
pub use chat::{Answer, Template, Writer};
pub use complete::{Completion, Engine, Host};
pub use cpu::CpuBackend;
pub use draft::{FEATURES, Proposal};
pub use error::Error;
pub use evidence::Observation;
pub use flint_decoder::{BUILD as CPU_BUILD, share_of_step, weights_per_ms};
pub use flint_ngram::Counts;
pub use lines::{counted, group};
pub use tokenizer::Tokenizer;
