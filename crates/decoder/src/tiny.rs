//! A random model small enough to build in a test, written as a real GGUF file.

const VOCAB: u64 = 48;
const WIDTH: u64 = 32;
const FFN: u64 = 64;
const HEAD: u64 = 16;
const LAYERS: u64 = 2;

/// Two layers, two query heads, one key head; Q4_0 and Q8_0 matrices, F32 norms, Qwen2-like biases.
pub(crate) fn gguf() -> Vec<u8> {
    Writer::default().model().finish()
}

#[derive(Default)]
struct Writer {
    metadata: Vec<u8>,
    metadata_count: u64,
    records: Vec<u8>,
    record_count: u64,
    data: Vec<u8>,
    seed: u32,
}

impl Writer {
    fn model(mut self) -> Self {
        self.text("general.architecture", "qwen2");
        self.number("qwen2.block_count", LAYERS);
        self.number("qwen2.embedding_length", WIDTH);
        self.number("qwen2.feed_forward_length", FFN);
        self.number("qwen2.attention.head_count", WIDTH / HEAD);
        self.number("qwen2.attention.head_count_kv", 1);
        self.number("qwen2.context_length", 64);
        self.q8("token_embd.weight", WIDTH, VOCAB);
        self.floats("output_norm.weight", WIDTH);
        for layer in 0..LAYERS {
            self.layer(&format!("blk.{layer}."));
        }
        self
    }

    fn layer(&mut self, prefix: &str) {
        self.floats(&format!("{prefix}attn_norm.weight"), WIDTH);
        self.q4(&format!("{prefix}attn_q.weight"), WIDTH, WIDTH);
        self.floats(&format!("{prefix}attn_q.bias"), WIDTH);
        self.q4(&format!("{prefix}attn_k.weight"), WIDTH, HEAD);
        self.q4(&format!("{prefix}attn_v.weight"), WIDTH, HEAD);
        self.q4(&format!("{prefix}attn_output.weight"), WIDTH, WIDTH);
        self.floats(&format!("{prefix}ffn_norm.weight"), WIDTH);
        self.q4(&format!("{prefix}ffn_gate.weight"), WIDTH, FFN);
        self.q4(&format!("{prefix}ffn_up.weight"), WIDTH, FFN);
        self.q4(&format!("{prefix}ffn_down.weight"), FFN, WIDTH);
    }

    fn finish(self) -> Vec<u8> {
        let mut file = Vec::new();
        file.extend(b"GGUF");
        file.extend(3u32.to_le_bytes());
        file.extend(self.record_count.to_le_bytes());
        file.extend(self.metadata_count.to_le_bytes());
        file.extend(self.metadata);
        file.extend(self.records);
        file.resize(file.len().next_multiple_of(32), 0);
        file.extend(self.data);
        file
    }

    fn key(&mut self, key: &str, kind: u32) {
        push_text(&mut self.metadata, key);
        self.metadata.extend(kind.to_le_bytes());
        self.metadata_count += 1;
    }

    fn number(&mut self, key: &str, value: u64) {
        self.key(key, 10);
        self.metadata.extend(value.to_le_bytes());
    }

    fn text(&mut self, key: &str, value: &str) {
        self.key(key, 8);
        push_text(&mut self.metadata, value);
    }

    fn record(&mut self, name: &str, shape: &[u64], kind: u32) {
        self.data.resize(self.data.len().next_multiple_of(32), 0);
        push_text(&mut self.records, name);
        self.records.extend((shape.len() as u32).to_le_bytes());
        for dimension in shape {
            self.records.extend(dimension.to_le_bytes());
        }
        self.records.extend(kind.to_le_bytes());
        self.records.extend((self.data.len() as u64).to_le_bytes());
        self.record_count += 1;
    }

    fn floats(&mut self, name: &str, length: u64) {
        self.record(name, &[length], 0);
        for _ in 0..length {
            let value = f32::from(self.byte()) / 255.0 + 0.5;
            self.data.extend(value.to_le_bytes());
        }
    }

    fn q4(&mut self, name: &str, inputs: u64, outputs: u64) {
        self.record(name, &[inputs, outputs], 2);
        self.blocks(inputs * outputs / 32, 16, 0x2c00);
    }

    fn q8(&mut self, name: &str, inputs: u64, outputs: u64) {
        self.record(name, &[inputs, outputs], 8);
        self.blocks(inputs * outputs / 32, 32, 0x2000);
    }

    fn blocks(&mut self, count: u64, bytes: usize, scale: u16) {
        for _ in 0..count {
            self.data.extend(scale.to_le_bytes());
            for _ in 0..bytes {
                let byte = self.byte();
                self.data.push(byte);
            }
        }
    }

    fn byte(&mut self) -> u8 {
        self.seed = self.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.seed >> 24) as u8
    }
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}
