//! Which of a model's files to take: weights as exact as the device computes quickly.

/// A way in which a model's weights are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Precision {
    pub name: &'static str,
    /// `onnx/model{suffix}.onnx`.
    suffix: &'static str,
}

const fn precision(name: &'static str, suffix: &'static str) -> Precision {
    Precision { name, suffix }
}

/// Small weights and 16-bit floats.
const GPU_HALF: [Precision; 4] = [
    precision("q4f16", "_q4f16"),
    precision("fp16", "_fp16"),
    precision("q4", "_q4"),
    precision("fp32", ""),
];
const GPU: [Precision; 2] = [precision("q4", "_q4"), precision("fp32", "")];
/// Four bits are unpacked anew for every token there, so eight are an order of magnitude faster.
const CPU: [Precision; 4] = [
    precision("int8", "_quantized"),
    precision("int8", "_int8"),
    precision("uint8", "_uint8"),
    precision("fp32", ""),
];

impl Precision {
    /// In the order in which they are tried.
    pub fn preferred(gpu: bool, half_floats: bool) -> &'static [Precision] {
        match (gpu, half_floats) {
            (true, true) => &GPU_HALF,
            (true, false) => &GPU,
            _ => &CPU,
        }
    }

    /// Where the graph is in the layout.
    pub fn path(self) -> String {
        format!("onnx/model{}.onnx", self.suffix)
    }
}

/// How GGUF files say what kind their weights are of: what the decoder computes fastest first, then what it writes anew.
const GGUF: [&str; 9] =
    ["q4_0", "q8_0", "q4_k_m", "q4_k_s", "q5_k_m", "q5_0", "q6_k", "bf16", "f16"];

/// The best of a hub's GGUF files that are whole; of several, the one of the shortest name.
pub fn best_gguf<'a>(files: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let whole = files.filter(|name| name.ends_with(".gguf") && !name.contains("-of-0"));
    let ranked = whole.filter_map(|name| {
        let lower = name.to_lowercase();
        let rank = GGUF.iter().position(|kind| lower.contains(kind))?;
        Some((rank, name.len(), name))
    });
    ranked.min().map(|(_, _, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_hubs_gguf_files_the_fastest_is_taken() {
        let files = [
            "README.md",
            "m-fp16.gguf",
            "m-Q4_K_M.gguf",
            "m-q4_0-00001-of-00002.gguf",
            "m-Q4_0.gguf",
            "m-q2_k.gguf",
        ];
        assert_eq!(best_gguf(files.into_iter()), Some("m-Q4_0.gguf"));
        assert_eq!(best_gguf(files[..3].iter().copied()), Some("m-Q4_K_M.gguf"));
        assert_eq!(best_gguf(files[5..].iter().copied()), None);
    }

    #[test]
    fn the_device_decides() {
        let first = |gpu, half| Precision::preferred(gpu, half)[0].path();
        assert_eq!(first(true, true), "onnx/model_q4f16.onnx");
        assert_eq!(first(true, false), "onnx/model_q4.onnx");
        assert_eq!(first(false, true), "onnx/model_quantized.onnx");
        let cpu = Precision::preferred(false, false);
        assert!(cpu.iter().all(|precision| !precision.name.contains('4')), "never four bits");
    }
}
