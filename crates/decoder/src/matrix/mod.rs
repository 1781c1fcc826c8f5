//! A weight matrix in the layout its kernel reads.

mod panel;

#[cfg(test)]
mod tests;

use crate::{
    Error,
    activation::{Activations, BLOCK, TILE},
    gguf::{self, Tensor, TensorKind},
    kernel::{self, Kernel, Kernels, Out, PANEL_ROWS},
    numeric::{dot, f32_from_f16},
};
use panel::Format;

#[cfg(test)]
pub(crate) use panel::write_q4;
pub(crate) use panel::write_q8;

/// `outputs` rows of `inputs` weights.
#[derive(Debug)]
pub(crate) struct Matrix {
    inputs: usize,
    outputs: usize,
    weights: Weights,
}

#[derive(Debug)]
enum Weights {
    /// Panels of 16 rows, the last one filled up with zeros.
    Panels { format: Format, bytes: Vec<u8> },
    /// (outputs, inputs)
    Floats(Vec<f32>),
}

impl Matrix {
    /// Packs a tensor of shape (inputs, outputs).
    ///
    /// # Errors
    /// When the shape or the storage kind is not what the model needs.
    pub(crate) fn from_tensor(
        name: &str,
        tensor: &Tensor<'_>,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, Error> {
        if tensor.shape != [inputs as u64, outputs as u64] {
            return Err(Error::WrongShape {
                name: name.to_owned(),
                expected: vec![inputs as u64, outputs as u64],
                found: tensor.shape.clone(),
            });
        }
        let weights = match tensor.kind {
            TensorKind::Q4_0 => Weights::Panels {
                format: Format::Q4,
                bytes: panel::pack(Format::Q4, tensor.data, inputs, outputs),
            },
            TensorKind::Q8_0 => Weights::Panels {
                format: Format::Q8,
                bytes: panel::pack(Format::Q8, tensor.data, inputs, outputs),
            },
            TensorKind::F32 | TensorKind::F16 => Weights::Floats(floats(name, tensor)?),
            // Of other kinds rows become blocks of eight bits, for which there are kernels.
            _ if inputs.is_multiple_of(BLOCK) => {
                let Some((elements, bytes)) = tensor.kind.block() else {
                    return Err(unsupported(name, tensor.kind));
                };
                let row_bytes = inputs / elements as usize * bytes as usize;
                let row = |index: usize, out: &mut [f32]| {
                    unpack(tensor.kind, &tensor.data[index * row_bytes..][..row_bytes], out);
                };
                Weights::Panels { format: Format::Q8, bytes: panel::round(row, inputs, outputs) }
            }
            _ => Weights::Floats(floats(name, tensor)?),
        };
        Ok(Self { inputs, outputs, weights })
    }

    /// Weights of four bits that say nothing, to be timed. Written, for memory that never was is read from one page.
    pub(crate) fn filler(inputs: usize, outputs: usize) -> Self {
        const NOTHING: u8 = 0x88;
        let bytes = vec![NOTHING; outputs.div_ceil(PANEL_ROWS) * Format::Q4.panel_bytes(inputs)];
        Self { inputs, outputs, weights: Weights::Panels { format: Format::Q4, bytes } }
    }

    /// One row as floats: the embedding of a token.
    pub(crate) fn row(&self, index: usize, out: &mut [f32]) {
        match &self.weights {
            Weights::Panels { format, bytes } => {
                let panel_bytes = format.panel_bytes(self.inputs);
                let panel = &bytes[index / PANEL_ROWS * panel_bytes..][..panel_bytes];
                format.unpack_row(panel, index % PANEL_ROWS, out);
            }
            Weights::Floats(weights) => {
                out.copy_from_slice(&weights[index * self.inputs..][..self.inputs]);
            }
        }
    }

    /// `out = x W^T`: `out` is (tokens, outputs).
    pub(crate) fn multiply(&self, kernels: Kernels, x: &mut Activations, out: &mut [f32]) {
        match &self.weights {
            Weights::Panels { format, bytes } => {
                let kernel = kernels.of(x.tokens());
                match format {
                    Format::Q4 => x.quantize_eight(kernel),
                    Format::Q8 => x.quantize_fourteen(kernel),
                }
                let blocks = format.blocks(self.inputs);
                let product = Product { format: *format, kernel, blocks, outputs: self.outputs };
                product.multiply(bytes, x, out);
            }
            Weights::Floats(weights) => {
                for (token, out) in out.chunks_exact_mut(self.outputs).enumerate() {
                    let x = x.floats(token);
                    for (out, row) in out.iter_mut().zip(weights.chunks_exact(self.inputs)) {
                        *out = dot(row, x);
                    }
                }
            }
        }
    }
}

/// How panels are multiplied.
#[derive(Clone, Copy)]
struct Product {
    format: Format,
    kernel: Kernel,
    /// Blocks in a row.
    blocks: usize,
    /// Rows that are no filling.
    outputs: usize,
}

impl Product {
    fn multiply(self, panels: &[u8], x: &mut Activations, out: &mut [f32]) {
        let panel_bytes = self.blocks * self.format.block_bytes();
        let (whole, rest) = panels.split_at(self.outputs / PANEL_ROWS * panel_bytes);
        if x.tokens() <= TILE {
            self.panels(whole, x, out, 0);
        } else {
            // A panel stays in the nearest cache while all tiles go over it.
            for (index, panel) in whole.chunks_exact(panel_bytes).enumerate() {
                self.panels(panel, x, out, index * PANEL_ROWS);
            }
        }
        if !rest.is_empty() {
            self.last_panel(rest, x, out);
        }
    }

    /// Every tile times some panels, whose first row is given.
    fn panels(self, panels: &[u8], x: &mut Activations, out: &mut [f32], first_row: usize) {
        let Self { format, kernel, blocks, outputs } = self;
        let tokens = x.tokens();
        let mut unpacked = std::mem::take(&mut x.unpacked);
        if format == Format::Q4 && tokens > TILE {
            kernel::unpack(kernel, panels, &mut unpacked);
        }
        for token in (0..tokens).step_by(TILE) {
            let values = &mut out[token * outputs + first_row..];
            let mut out = Out { values, stride: outputs };
            match format {
                Format::Q4 if tokens <= TILE => {
                    kernel::q4(kernel, panels, blocks, x.eight(token), &mut out);
                }
                Format::Q4 => {
                    kernel::unpacked(kernel, &unpacked, blocks, x.eight(token), &mut out);
                }
                Format::Q8 => kernel::q8(kernel, panels, blocks, x.fourteen(token), &mut out),
            }
        }
        x.unpacked = unpacked;
    }

    /// A panel with fewer than 16 rows of its own: all are computed, its own are kept.
    fn last_panel(self, panel: &[u8], x: &mut Activations, out: &mut [f32]) {
        let mut rows = vec![0.0; x.tokens() * PANEL_ROWS];
        Self { outputs: PANEL_ROWS, ..self }.panels(panel, x, &mut rows, 0);
        let own = self.outputs % PANEL_ROWS;
        for (out, rows) in out.chunks_exact_mut(self.outputs).zip(rows.chunks_exact(PANEL_ROWS)) {
            out[self.outputs - own..].copy_from_slice(&rows[..own]);
        }
    }
}

/// A tensor of any readable float kind, as floats.
pub(crate) fn floats(name: &str, tensor: &Tensor<'_>) -> Result<Vec<f32>, Error> {
    match tensor.kind {
        TensorKind::F32 => {
            let (words, _) = tensor.data.as_chunks::<4>();
            Ok(words.iter().map(|word| f32::from_le_bytes(*word)).collect())
        }
        TensorKind::F16 => {
            let (halves, _) = tensor.data.as_chunks::<2>();
            Ok(halves.iter().map(|half| f32_from_f16(u16::from_le_bytes(*half))).collect())
        }
        kind => {
            let (elements, _) = kind.block().ok_or_else(|| unsupported(name, kind))?;
            let count = usize::try_from(tensor.element_count()).unwrap_or_default();
            let mut floats = vec![0.0; count / elements as usize * elements as usize];
            unpack(kind, tensor.data, &mut floats);
            Ok(floats)
        }
    }
}

fn unsupported(name: &str, kind: TensorKind) -> Error {
    Error::UnsupportedTensor { name: name.to_owned(), kind: format!("{kind:?}") }
}

/// Blocks that lie one after another, as floats.
fn unpack(kind: TensorKind, data: &[u8], out: &mut [f32]) {
    let Some((elements, bytes)) = kind.block() else { return };
    let blocks = data.chunks_exact(bytes as usize);
    for (block, out) in blocks.zip(out.chunks_exact_mut(elements as usize)) {
        gguf::unpack(kind, block, out);
    }
}
