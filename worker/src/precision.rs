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

#[cfg(test)]
mod tests {
    use super::*;

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
