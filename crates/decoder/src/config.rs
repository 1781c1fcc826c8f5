//! The shape of a model, read from metadata and checked before anything is allocated.

use crate::{Error, gguf::Gguf, matrix::floats};

/// Everything about a model but its weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Tokens in the vocabulary.
    pub vocab: usize,
    /// Width of the residual stream, `d`.
    pub width: usize,
    pub layers: usize,
    /// Query heads.
    pub heads: usize,
    /// Key and value heads; each serves `heads / kv_heads` query heads.
    pub kv_heads: usize,
    /// Width of one head.
    pub head_width: usize,
    /// Width of the feed-forward layer.
    pub ffn_width: usize,
    pub norm_epsilon: f32,
    pub rope_base: f32,
    pub rope_pairs: RopePairs,
    /// What each pair's turn is divided by (half a head's width); empty where nothing is, as before Llama 3.
    pub rope_factors: Vec<f32>,
    /// Tokens of context the model was trained for.
    pub context_tokens: usize,
}

/// Which elements of a head rotate together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RopePairs {
    /// (0, 1), (2, 3), …: llama's own GGUF files.
    Adjacent,
    /// (0, n/2), (1, n/2 + 1), …: Qwen2 and everything after GPT-NeoX.
    Halves,
}

/// Generous bounds: the largest model of a browser tab is far below each.
const MAX_WIDTH: usize = 1 << 15;
const MAX_LAYERS: usize = 256;
const MAX_VOCAB: usize = 1 << 20;
const MAX_CONTEXT: usize = 1 << 20;

impl Config {
    /// # Errors
    /// When a key is missing, or gives a shape that no model has.
    pub fn from_gguf(gguf: &Gguf<'_>) -> Result<Self, Error> {
        let architecture = text(gguf, "general.architecture")?;
        let rope_pairs = match architecture {
            "llama" => RopePairs::Adjacent,
            "qwen2" => RopePairs::Halves,
            name => return Err(Error::UnsupportedArchitecture { name: name.to_owned() }),
        };
        let keys = Keys { gguf, architecture };
        let width = keys.size("embedding_length", MAX_WIDTH)?;
        let heads = keys.size("attention.head_count", MAX_WIDTH)?;
        let head_width = keys.size_or("attention.key_length", MAX_WIDTH, width / heads)?;
        let config = Self {
            vocab: vocab(gguf)?,
            width,
            layers: keys.size("block_count", MAX_LAYERS)?,
            heads,
            kv_heads: keys.size_or("attention.head_count_kv", MAX_WIDTH, heads)?,
            head_width,
            ffn_width: keys.size("feed_forward_length", MAX_WIDTH * 4)?,
            norm_epsilon: keys.float_or("attention.layer_norm_rms_epsilon", 1e-5)?,
            rope_base: keys.float_or("rope.freq_base", 10_000.0)?,
            rope_pairs,
            rope_factors: rope_factors(gguf, head_width)?,
            context_tokens: keys.size("context_length", MAX_CONTEXT)?,
        };
        config.check(&keys)?;
        Ok(config)
    }

    /// Bytes that the keys and values of one token take, of a byte each and with their scales.
    pub fn cache_bytes_per_token(&self) -> usize {
        self.layers * self.kv_heads * (2 * self.head_width + size_of::<f32>())
    }

    /// Width of all query heads together.
    pub fn query_width(&self) -> usize {
        self.heads * self.head_width
    }

    /// Width of all key (or value) heads together.
    pub fn kv_width(&self) -> usize {
        self.kv_heads * self.head_width
    }

    fn check(&self, keys: &Keys<'_, '_>) -> Result<(), Error> {
        let rotated = keys.size_or("rope.dimension_count", MAX_WIDTH, self.head_width)?;
        if rotated != self.head_width {
            return Err(keys.bad("rope.dimension_count", rotated));
        }
        if !self.head_width.is_multiple_of(4) || self.query_width() > MAX_WIDTH * 4 {
            return Err(keys.bad("attention.key_length", self.head_width));
        }
        if !self.heads.is_multiple_of(self.kv_heads) {
            return Err(keys.bad("attention.head_count_kv", self.kv_heads));
        }
        Ok(())
    }
}

/// Looks keys up under the architecture's prefix.
struct Keys<'a, 'b> {
    gguf: &'a Gguf<'b>,
    architecture: &'a str,
}

impl Keys<'_, '_> {
    fn name(&self, key: &str) -> String {
        format!("{}.{key}", self.architecture)
    }

    fn bad(&self, key: &str, value: impl std::fmt::Debug) -> Error {
        Error::BadValue { key: self.name(key), value: format!("{value:?}") }
    }

    fn size(&self, key: &str, max: usize) -> Result<usize, Error> {
        let name = self.name(key);
        let Some(value) = self.gguf.value(&name) else {
            return Err(Error::MissingKey { key: name });
        };
        match value.as_u64().and_then(|size| usize::try_from(size).ok()) {
            Some(size) if (1..=max).contains(&size) => Ok(size),
            _ => Err(self.bad(key, value)),
        }
    }

    fn size_or(&self, key: &str, max: usize, default: usize) -> Result<usize, Error> {
        match self.size(key, max) {
            Err(Error::MissingKey { .. }) if (1..=max).contains(&default) => Ok(default),
            other => other,
        }
    }

    fn float_or(&self, key: &str, default: f32) -> Result<f32, Error> {
        let Some(value) = self.gguf.value(&self.name(key)) else {
            return Ok(default);
        };
        match value.as_f64() {
            Some(float) if float.is_finite() && float > 0.0 => Ok(float as f32),
            _ => Err(self.bad(key, value)),
        }
    }
}

fn text<'a>(gguf: &'a Gguf<'_>, key: &str) -> Result<&'a str, Error> {
    let missing = || Error::MissingKey { key: key.to_owned() };
    gguf.value(key).and_then(|value| value.as_text()).ok_or_else(missing)
}

fn rope_factors(gguf: &Gguf<'_>, head_width: usize) -> Result<Vec<f32>, Error> {
    let name = "rope_freqs.weight";
    let Some(tensor) = gguf.tensor(name) else { return Ok(Vec::new()) };
    if tensor.shape != [head_width as u64 / 2] {
        return Err(Error::WrongShape {
            name: name.to_owned(),
            expected: vec![head_width as u64 / 2],
            found: tensor.shape.clone(),
        });
    }
    let factors = floats(name, tensor)?;
    match factors.iter().all(|factor| factor.is_normal()) {
        true => Ok(factors),
        false => Err(Error::BadValue { key: name.to_owned(), value: format!("{factors:?}") }),
    }
}

/// The embedding table itself says how many tokens there are.
fn vocab(gguf: &Gguf<'_>) -> Result<usize, Error> {
    let name = "token_embd.weight";
    let Some(tensor) = gguf.tensor(name) else {
        return Err(Error::MissingTensor { name: name.to_owned() });
    };
    match tensor.shape.as_slice() {
        [_, vocab] if (1..=MAX_VOCAB as u64).contains(vocab) => Ok(*vocab as usize),
        found => Err(Error::WrongShape {
            name: name.to_owned(),
            expected: vec![0, 0],
            found: found.to_vec(),
        }),
    }
}
