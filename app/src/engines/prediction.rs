//! How fast a model would be on this device, and whether it fits, from what was measured before anything is fetched. Pure.

use crate::words::engines as words;
use flint_protocol::Probe;

/// A model as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shape {
    pub(crate) parameters: u64,
    pub(crate) layers: u32,
    /// Bytes of its files where the GPU computes, and where the CPU does.
    pub(crate) gpu_bytes: u64,
    pub(crate) cpu_bytes: u64,
    /// Whether the page's own decoder runs it.
    pub(crate) gguf: bool,
}

/// What can be said of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Prediction {
    TokensPerSecond(f64),
    /// It needs so many bytes of memory, and this device does not give them.
    TooLarge(u64),
}

/// Programs that a layer's step is made of in the usual exports.
const STARTS_PER_LAYER: f64 = 24.0;
/// On the CPU onnxruntime takes so much longer for a weight of eight bits than our kernels for one of four: where the probe
/// finds 8.5 to 11 million weights a millisecond, SmolLM2-135M's shape makes 20 tokens a second and Qwen2.5-0.5B's 6.5
/// (`e2e/bigger/tokens.test.mjs`). Models a tenth as large, which nobody fetches, take 7.5 times as long.
const RUNTIME_FACTOR: f64 = 2.5;
/// Attention, norms and small matrices beside what was measured: a model of 494 million weights takes 14 to 15 ms a token
/// where the probe says 10.7.
const BESIDE: f64 = 1.4;
/// Memory for a byte of a file: on a GPU beside it activations and the cache; on the CPU the file and what is made of it.
const GPU_MEMORY: f64 = 1.3;
const CPU_MEMORY: f64 = 2.1;
/// The embedding is the largest tensor of a small model: about half of the file.
const LARGEST_TENSOR: f64 = 0.5;
/// A tab gets so much of a device's memory.
const TABS_SHARE: f64 = 0.5;
/// A line of a dozen tokens in little more than half a second.
pub(crate) const FAST_ENOUGH: f64 = 20.0;

/// `memory_bytes` is what the device has, where the browser says so.
pub(crate) fn predict(
    shape: &Shape,
    probe: &Probe,
    leave_gpu_alone: bool,
    memory_bytes: Option<f64>,
) -> Prediction {
    let gpu = probe.gpu.filter(|_| !leave_gpu_alone && !shape.gguf);
    let (bytes, factor) = match gpu {
        Some(_) => (shape.gpu_bytes as f64, GPU_MEMORY),
        None => (shape.cpu_bytes as f64, CPU_MEMORY),
    };
    let needed = bytes * factor;
    let fits = memory_bytes.is_none_or(|memory| needed <= memory * TABS_SHARE)
        && gpu.is_none_or(|gpu| bytes * LARGEST_TENSOR <= gpu.buffer_bytes);
    if !fits {
        return Prediction::TooLarge(needed as u64);
    }
    let ms = match gpu {
        Some(gpu) => {
            let starts = f64::from(shape.layers) * STARTS_PER_LAYER * gpu.start_ms;
            bytes / gpu.bytes_per_ms + starts
        }
        None => {
            let factor = if shape.gguf { 1.0 } else { RUNTIME_FACTOR };
            shape.parameters as f64 / probe.weights_per_ms * factor * BESIDE
        }
    };
    Prediction::TokensPerSecond(1000.0 / ms)
}

impl Prediction {
    pub(crate) fn is_fast_enough(self) -> bool {
        matches!(self, Self::TokensPerSecond(rate) if rate >= FAST_ENOUGH)
    }

    /// For people.
    pub(crate) fn words(self) -> String {
        match self {
            Self::TooLarge(bytes) => words::too_large(bytes / 100_000_000),
            Self::TokensPerSecond(rate) if rate < 1.0 => words::SLOWEST.into(),
            Self::TokensPerSecond(rate) => words::tokens_per_second(rate, self.is_fast_enough()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flint_protocol::GpuProbe;

    const HALF_A_BILLION: Shape = Shape {
        parameters: 494_000_000,
        layers: 24,
        gpu_bytes: 555_000_000,
        cpu_bytes: 639_000_000,
        gguf: false,
    };

    fn laptop() -> Probe {
        let gpu = GpuProbe { bytes_per_ms: 60e6, start_ms: 0.02, half: true, buffer_bytes: 2e9 };
        Probe { weights_per_ms: 8e6, gpu: Some(gpu), took_ms: 300.0 }
    }

    #[test]
    fn the_gpu_is_faster_and_leaving_it_alone_counts() {
        let on_gpu = predict(&HALF_A_BILLION, &laptop(), false, Some(8e9));
        assert!(on_gpu.is_fast_enough(), "{on_gpu:?}");
        let on_cpu = predict(&HALF_A_BILLION, &laptop(), true, Some(8e9));
        assert_eq!(on_cpu.words(), "About 5 tokens a second here: slow while you type");
        let gguf = Shape { gguf: true, cpu_bytes: 350_000_000, ..HALF_A_BILLION };
        assert_eq!(
            predict(&gguf, &laptop(), false, None).words(),
            "About 12 tokens a second here: slow while you type"
        );
    }

    #[test]
    fn what_does_not_fit_is_said() {
        let small = predict(&HALF_A_BILLION, &laptop(), false, Some(1e9));
        assert_eq!(small.words(), "Needs 0.7 GB of memory, more than a tab gets here");
        let mut probe = laptop();
        probe.gpu = probe.gpu.map(|gpu| GpuProbe { buffer_bytes: 128e6, ..gpu });
        assert!(matches!(predict(&HALF_A_BILLION, &probe, false, None), Prediction::TooLarge(_)));
    }
}
