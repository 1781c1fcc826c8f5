//! Measures this device: the kernels of this build on weights that no cache holds, and the GPU.

use crate::port::Port;
use flint_protocol::{FromWorker, Probe};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/gpu_probe.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = measureGpu)]
    async fn measure_gpu() -> Result<JsValue, JsValue>;
}

/// Tells the page what was found.
pub(crate) async fn probe(port: &Port) {
    let started = port.now_ms();
    let weights_per_ms = flint_inference::weights_per_ms(|| port.now_ms());
    // A GPU that fails at this is none for a model.
    let gpu = measure_gpu().await.ok().and_then(|found| found.as_string());
    let gpu = gpu.and_then(|found| serde_json::from_str(&found).ok());
    let took_ms = port.now_ms() - started;
    port.send(&FromWorker::Probed(Probe { weights_per_ms, gpu, took_ms }));
}
