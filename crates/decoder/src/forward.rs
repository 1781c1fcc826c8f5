//! The transformer: tokens in, logits out, one layer after another.

use crate::{
    Config, Error,
    activation::Activations,
    attention::{Attention, Seen},
    gguf::Gguf,
    kernel::Kernels,
    kv_cache::KvCache,
    matrix::Matrix,
    numeric::{rms_norm, swiglu},
    rope::Rope,
    weights::{Layer, Projection, Weights},
};
use std::ops::Range;

/// Most tokens that go through the layers together. More would not be faster, and the scratch
/// memory grows with it.
pub const MAX_BATCH: usize = 128;

/// A loaded model together with the tokens it has read.
#[derive(Debug)]
pub struct Decoder {
    config: Config,
    weights: Weights,
    rope: Rope,
    cache: KvCache,
    scratch: Scratch,
    kernels: Kernels,
    capacity: usize,
    length: usize,
    parameters: u64,
}

/// Buffers of one batch, allocated once.
#[derive(Debug, Default)]
struct Scratch {
    stream: Vec<f32>,    // (tokens, width), the residual stream
    normed: Vec<f32>,    // (tokens, width)
    queries: Vec<f32>,   // (tokens, heads, head width)
    keys: Vec<f32>,      // (tokens, kv heads, head width)
    values: Vec<f32>,    // (tokens, kv heads, head width)
    attended: Vec<f32>,  // (tokens, heads, head width)
    projected: Vec<f32>, // (tokens, width)
    gate: Vec<f32>,      // (tokens, ffn width)
    up: Vec<f32>,        // (tokens, ffn width)
    logits: Vec<f32>,    // (kept, vocab)
    input: Activations,
    attention: Attention,
}

impl Decoder {
    /// Loads a model and makes room for `capacity` tokens of context. The bytes are not needed
    /// afterwards.
    ///
    /// # Errors
    /// When the bytes are not a GGUF file that this engine runs.
    pub fn from_gguf(bytes: &[u8], capacity: usize) -> Result<Self, Error> {
        let gguf = Gguf::parse(bytes)?;
        let config = Config::from_gguf(&gguf)?;
        let weights = Weights::from_gguf(&gguf, &config)?;
        Ok(Self {
            rope: Rope::new(&config, capacity),
            cache: KvCache::new(&config, capacity),
            scratch: Scratch::default(),
            kernels: Kernels::default(),
            parameters: gguf.parameter_count(),
            weights,
            config,
            capacity,
            length: 0,
        })
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Weights of the model, those of a tied head counted once.
    pub fn parameters(&self) -> u64 {
        self.parameters
    }

    /// Chooses among kernels that all give the same result.
    pub fn set_kernels(&mut self, kernels: Kernels) {
        self.kernels = kernels;
    }

    /// Tokens read so far.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Most tokens that can be read.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Makes room for `capacity` tokens instead, and forgets those read.
    pub fn reserve(&mut self, capacity: usize) {
        self.rope = Rope::new(&self.config, capacity);
        self.cache = KvCache::new(&self.config, capacity);
        self.capacity = capacity;
        self.length = 0;
    }

    /// Forgets all but the first `length` tokens. A no-op when there are fewer.
    pub fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    /// Reads tokens, in batches of [`MAX_BATCH`], and returns the logits (vocab) after the last.
    /// The result does not depend on how a text was cut into calls.
    ///
    /// # Errors
    /// When the context is full or a token is not in the vocabulary; nothing was read then.
    pub fn forward(&mut self, tokens: &[u32]) -> Result<&[f32], Error> {
        self.forward_last(tokens, 1)
    }

    /// As [`Decoder::forward`], with the logits (`kept`, vocab) after each of the last tokens,
    /// which go through the model together.
    ///
    /// # Errors
    /// As [`Decoder::forward`].
    pub fn forward_last(&mut self, tokens: &[u32], kept: usize) -> Result<&[f32], Error> {
        self.check(tokens)?;
        let kept = kept.min(tokens.len());
        // The rows that are kept belong to one batch, which may be longer than the others.
        let (before, last) = tokens.split_at((tokens.len() - kept) / MAX_BATCH * MAX_BATCH);
        for batch in before.chunks(MAX_BATCH) {
            self.batch(batch);
        }
        if !last.is_empty() {
            self.batch(last);
            self.head(last.len() - kept..last.len());
        }
        Ok(&self.scratch.logits)
    }

    /// The logits (kept, vocab) that the last reading returned; none before the first.
    pub fn logits(&self) -> &[f32] {
        &self.scratch.logits
    }

    fn check(&self, tokens: &[u32]) -> Result<(), Error> {
        if self.length + tokens.len() > self.capacity {
            return Err(Error::ContextFull { capacity: self.capacity });
        }
        let vocab = self.config.vocab;
        match tokens.iter().find(|&&token| token as usize >= vocab) {
            Some(&token) => Err(Error::UnknownToken { token, vocab }),
            None => Ok(()),
        }
    }

    fn batch(&mut self, tokens: &[u32]) {
        let Self { config, weights, rope, cache, scratch, kernels, length, .. } = self;
        scratch.resize(config, tokens.len());
        for (token, row) in tokens.iter().zip(scratch.stream.chunks_exact_mut(config.width)) {
            weights.embedding.row(*token as usize, row);
        }
        for (index, layer) in weights.layers.iter().enumerate() {
            let place = Place { layer: index, start: *length, kernels: *kernels };
            scratch.attention(config, layer, place, rope, cache);
            scratch.feed_forward(config, layer, *kernels);
        }
        *length += tokens.len();
    }

    /// Logits of some rows of the last batch.
    fn head(&mut self, rows: Range<usize>) {
        let Self { config, weights, scratch, kernels, .. } = self;
        let width = config.width;
        let stream = &scratch.stream[rows.start * width..rows.end * width];
        let normed = &mut scratch.normed[..stream.len()];
        for (state, out) in stream.chunks_exact(width).zip(normed.chunks_exact_mut(width)) {
            rms_norm(state, &weights.output_norm, config.norm_epsilon, out);
        }
        scratch.input.set(normed, width);
        scratch.logits.resize(rows.len() * config.vocab, 0.0);
        weights.head().multiply(*kernels, &mut scratch.input, &mut scratch.logits);
    }
}

/// Where in the model and in the text a batch is.
#[derive(Clone, Copy)]
struct Place {
    layer: usize,
    /// Position of the batch's first token.
    start: usize,
    kernels: Kernels,
}

impl Scratch {
    fn resize(&mut self, config: &Config, tokens: usize) {
        self.stream.resize(tokens * config.width, 0.0);
        self.normed.resize(tokens * config.width, 0.0);
        self.queries.resize(tokens * config.query_width(), 0.0);
        self.keys.resize(tokens * config.kv_width(), 0.0);
        self.values.resize(tokens * config.kv_width(), 0.0);
        self.attended.resize(tokens * config.query_width(), 0.0);
        self.projected.resize(tokens * config.width, 0.0);
        self.gate.resize(tokens * config.ffn_width, 0.0);
        self.up.resize(tokens * config.ffn_width, 0.0);
    }

    /// stream += attention(norm(stream))
    fn attention(
        &mut self,
        config: &Config,
        layer: &Layer,
        place: Place,
        rope: &Rope,
        cache: &mut KvCache,
    ) {
        let Place { layer: index, start, kernels } = place;
        self.norm(config, &layer.attention_norm);
        project(&layer.query, kernels, &mut self.input, &mut self.queries);
        project(&layer.key, kernels, &mut self.input, &mut self.keys);
        project(&layer.value, kernels, &mut self.input, &mut self.values);
        let queries = self.queries.chunks_exact_mut(config.query_width());
        let keys = self.keys.chunks_exact_mut(config.kv_width());
        let values = self.values.chunks_exact(config.kv_width());
        for (token, ((queries, keys), values)) in queries.zip(keys).zip(values).enumerate() {
            rope.rotate(start + token, queries);
            rope.rotate(start + token, keys);
            cache.write(index, start + token, keys, values);
        }
        let Self { attention, queries, attended, .. } = self;
        let seen = Seen { config, cache, kernels, layer: index, start };
        attention.attend(seen, queries, attended);
        self.input.set(&self.attended, config.query_width());
        self.add(&layer.attention_output, kernels);
    }

    /// stream += down(silu(gate(norm(stream))) * up(norm(stream)))
    fn feed_forward(&mut self, config: &Config, layer: &Layer, kernels: Kernels) {
        self.norm(config, &layer.ffn_norm);
        layer.gate.multiply(kernels, &mut self.input, &mut self.gate);
        layer.up.multiply(kernels, &mut self.input, &mut self.up);
        swiglu(&mut self.gate, &self.up);
        self.input.set(&self.gate, config.ffn_width);
        self.add(&layer.down, kernels);
    }

    /// Normalizes the stream into `input`.
    fn norm(&mut self, config: &Config, weight: &[f32]) {
        let rows = self.stream.chunks_exact(config.width);
        for (row, out) in rows.zip(self.normed.chunks_exact_mut(config.width)) {
            rms_norm(row, weight, config.norm_epsilon, out);
        }
        self.input.set(&self.normed, config.width);
    }

    /// Adds a matrix times `input` to the stream.
    fn add(&mut self, matrix: &Matrix, kernels: Kernels) {
        matrix.multiply(kernels, &mut self.input, &mut self.projected);
        for (stream, projected) in self.stream.iter_mut().zip(&self.projected) {
            *stream += projected;
        }
    }
}

fn project(projection: &Projection, kernels: Kernels, input: &mut Activations, out: &mut [f32]) {
    projection.matrix.multiply(kernels, input, out);
    if let Some(bias) = &projection.bias {
        for row in out.chunks_exact_mut(bias.len()) {
            for (out, bias) in row.iter_mut().zip(bias) {
                *out += bias;
            }
        }
    }
}
