//! The model worker: loads the model itself, answers completion requests, stays cancellable.
//!
//! One thread, one loop: [`inbox`] decides what comes next, `run` does it, and every few
//! milliseconds the loop gives the browser a turn so that a cancel or a newer request is seen.
//! Nothing here knows the page; all it says are `flint_protocol` messages.

pub mod graph;
pub mod inbox;
pub mod precision;
pub mod wire;

#[cfg(target_arch = "wasm32")]
mod backend;
#[cfg(target_arch = "wasm32")]
mod body;
#[cfg(target_arch = "wasm32")]
mod digest;
#[cfg(all(target_arch = "wasm32", not(feature = "ort")))]
mod download;
#[cfg(target_arch = "wasm32")]
mod port;
#[cfg(target_arch = "wasm32")]
mod run;
#[cfg(target_arch = "wasm32")]
mod turn;

/// Called once by the module's own start function.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    wasm_bindgen_futures::spawn_local(run::run());
}
