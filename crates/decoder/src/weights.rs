//! A model's tensors, packed for the kernels.

use crate::{
    Config, Error,
    gguf::{Gguf, Tensor},
    matrix::{Matrix, floats},
};

/// All weights of a model.
#[derive(Debug)]
pub(crate) struct Weights {
    /// (width, vocab); also the head where `output` is none.
    pub(crate) embedding: Matrix,
    pub(crate) layers: Vec<Layer>,
    pub(crate) output_norm: Vec<f32>,
    pub(crate) output: Option<Matrix>,
}

/// One transformer block.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) attention_norm: Vec<f32>,
    pub(crate) query: Projection,
    pub(crate) key: Projection,
    pub(crate) value: Projection,
    pub(crate) attention_output: Matrix,
    pub(crate) ffn_norm: Vec<f32>,
    pub(crate) gate: Matrix,
    pub(crate) up: Matrix,
    pub(crate) down: Matrix,
}

/// A matrix with the bias that Qwen2 adds to its queries, keys and values.
#[derive(Debug)]
pub(crate) struct Projection {
    pub(crate) matrix: Matrix,
    pub(crate) bias: Option<Vec<f32>>,
}

impl Weights {
    pub(crate) fn from_gguf(gguf: &Gguf<'_>, config: &Config) -> Result<Self, Error> {
        let loader = Loader { gguf };
        let layers = (0..config.layers).map(|index| loader.layer(config, index));
        Ok(Self {
            embedding: loader.matrix("token_embd", config.width, config.vocab)?,
            layers: layers.collect::<Result<_, _>>()?,
            output_norm: loader.vector("output_norm.weight", config.width)?,
            output: match gguf.tensor("output.weight") {
                Some(_) => Some(loader.matrix("output", config.width, config.vocab)?),
                None => None,
            },
        })
    }

    /// The matrix that turns the last state into logits.
    pub(crate) fn head(&self) -> &Matrix {
        self.output.as_ref().unwrap_or(&self.embedding)
    }
}

struct Loader<'a, 'b> {
    gguf: &'a Gguf<'b>,
}

impl Loader<'_, '_> {
    fn layer(&self, config: &Config, index: usize) -> Result<Layer, Error> {
        let name = |part: &str| format!("blk.{index}.{part}");
        let width = config.width;
        Ok(Layer {
            attention_norm: self.vector(&name("attn_norm.weight"), width)?,
            query: self.projection(&name("attn_q"), width, config.query_width())?,
            key: self.projection(&name("attn_k"), width, config.kv_width())?,
            value: self.projection(&name("attn_v"), width, config.kv_width())?,
            attention_output: self.matrix(&name("attn_output"), config.query_width(), width)?,
            ffn_norm: self.vector(&name("ffn_norm.weight"), width)?,
            gate: self.matrix(&name("ffn_gate"), width, config.ffn_width)?,
            up: self.matrix(&name("ffn_up"), width, config.ffn_width)?,
            down: self.matrix(&name("ffn_down"), config.ffn_width, width)?,
        })
    }

    fn tensor(&self, name: &str) -> Result<&Tensor<'_>, Error> {
        let missing = || Error::MissingTensor { name: name.to_owned() };
        self.gguf.tensor(name).ok_or_else(missing)
    }

    fn matrix(&self, name: &str, inputs: usize, outputs: usize) -> Result<Matrix, Error> {
        let name = format!("{name}.weight");
        Matrix::from_tensor(&name, self.tensor(&name)?, inputs, outputs)
    }

    fn projection(&self, name: &str, inputs: usize, outputs: usize) -> Result<Projection, Error> {
        let matrix = self.matrix(name, inputs, outputs)?;
        let bias_name = format!("{name}.bias");
        let bias = match self.gguf.tensor(&bias_name) {
            Some(_) => Some(self.vector(&bias_name, outputs)?),
            None => None,
        };
        Ok(Projection { matrix, bias })
    }

    fn vector(&self, name: &str, length: usize) -> Result<Vec<f32>, Error> {
        let tensor = self.tensor(name)?;
        if tensor.shape != [length as u64] {
            return Err(Error::WrongShape {
                name: name.to_owned(),
                expected: vec![length as u64],
                found: tensor.shape.clone(),
            });
        }
        floats(name, tensor)
    }
}
