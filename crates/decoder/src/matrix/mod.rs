//! A weight matrix in the layout its kernel reads.

mod panel;

#[cfg(test)]
mod tests;

use crate::{
    Error,
    activation::{Activations, Row},
    gguf::{Tensor, TensorKind},
    kernel::{self, PANEL_ROWS, PanelOut, TILE},
    numeric::{dot, f32_from_f16},
};
use panel::Format;

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
            _ => Weights::Floats(floats(name, tensor)?),
        };
        Ok(Self { inputs, outputs, weights })
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
    pub(crate) fn multiply(&self, x: &Activations, out: &mut [f32]) {
        match &self.weights {
            Weights::Panels { format, bytes } => {
                for (index, panel) in
                    bytes.chunks_exact(format.panel_bytes(self.inputs)).enumerate()
                {
                    self.multiply_panel(*format, panel, x, index * PANEL_ROWS, out);
                }
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

    /// Tokens go four at a time while the panel's weights are in the nearest cache.
    fn multiply_panel(
        &self,
        format: Format,
        panel: &[u8],
        x: &Activations,
        first_row: usize,
        out: &mut [f32],
    ) {
        let tokens = x.tokens();
        let mut token = 0;
        while token < tokens {
            let at = Place { token, first_row, outputs: self.outputs };
            token += match tokens - token {
                1 => tile::<1>(format, panel, x, at, out),
                2 => tile::<2>(format, panel, x, at, out),
                3 => tile::<3>(format, panel, x, at, out),
                _ => tile::<TILE>(format, panel, x, at, out),
            };
        }
    }
}

/// Where a tile's results belong.
#[derive(Clone, Copy)]
struct Place {
    token: usize,
    first_row: usize,
    outputs: usize,
}

#[inline]
fn tile<const T: usize>(
    format: Format,
    panel: &[u8],
    x: &Activations,
    at: Place,
    out: &mut [f32],
) -> usize {
    let rows: [Row<'_>; T] = std::array::from_fn(|t| x.row(at.token + t));
    let mut results: [PanelOut; T] = [[0.0; PANEL_ROWS]; T];
    match format {
        Format::Q4 => kernel::q4_panel(panel, rows, &mut results),
        Format::Q8 => kernel::q8_panel(panel, rows, &mut results),
    }
    let kept = PANEL_ROWS.min(at.outputs - at.first_row);
    for (t, result) in results.iter().enumerate() {
        let start = (at.token + t) * at.outputs + at.first_row;
        out[start..start + kept].copy_from_slice(&result[..kept]);
    }
    T
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
        kind => Err(Error::UnsupportedTensor { name: name.to_owned(), kind: format!("{kind:?}") }),
    }
}
