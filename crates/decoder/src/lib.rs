//! A llama-family decoder for one CPU thread: GGUF bytes in, logits out.
//!
//! Read it in this order: [`gguf`] parses the file, [`Config`] names the shape, `weights` packs the
//! tensors for the kernels, `matrix` multiplies, `forward` is the transformer itself, [`argmax`]
//! picks a token. The crate does no I/O and reads no clock, so the same code runs in a test, in a
//! terminal and in a Web Worker, and it gives the same logits to the bit in all three: integer
//! block sums are exact, and every float sum has one fixed order.
//!
//! ```no_run
//! # fn main() -> Result<(), flint_decoder::Error> {
//! let bytes = std::fs::read("model.gguf").unwrap_or_default();
//! let mut decoder = flint_decoder::Decoder::from_gguf(&bytes, 512)?;
//! let logits = decoder.forward(&[1, 2, 3])?; // (vocab)
//! let next = flint_decoder::argmax(logits);
//! # Ok(()) }
//! ```

mod activation;
mod attention;
mod config;
mod error;
mod forward;
mod four;
pub mod gguf;
mod kernel;
mod kv_cache;
mod matrix;
mod numeric;
mod rope;
mod sampler;
#[cfg(test)]
mod tiny;
mod trial;
mod weights;

pub use config::Config;
pub use error::Error;
pub use forward::{Decoder, MAX_BATCH};
pub use kernel::{BUILD, Kernel, Kernels};
pub use numeric::{Normalizer, softmax};
pub use sampler::argmax;
pub use trial::{share_of_step, weights_per_ms};

#[cfg(all(test, target_arch = "wasm32"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);
