"""Owns the GGUF files of a shape: random weights, and a vocabulary that llama.cpp accepts."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Kind

from shapes import CONTEXT, NORM_EPSILON, ROPE_BASE, Shape

UNKNOWN, CONTROL, BYTE, NORMAL = 2, 3, 6, 1
SPECIALS = ["<unk>", "<s>", "</s>"]


def add_vocabulary(writer: gguf.GGUFWriter, vocab: int) -> None:
    """Markers, the 256 bytes, and words that no text holds: every prompt becomes bytes."""
    fillers = [f"filler{index}" for index in range(vocab - len(SPECIALS) - 256)]
    writer.add_tokenizer_model("llama")
    writer.add_token_list([*SPECIALS, *(f"<0x{byte:02X}>" for byte in range(256)), *fillers])
    writer.add_token_scores([0.0] * (vocab - len(fillers)) + [-float(index) for index in range(len(fillers))])
    writer.add_token_types([UNKNOWN, CONTROL, CONTROL] + [BYTE] * 256 + [NORMAL] * len(fillers))
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)


def add_metadata(writer: gguf.GGUFWriter, shape: Shape) -> None:
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head_width)
    writer.add_value_length(shape.head_width)
    writer.add_rope_dimension_count(shape.head_width)
    writer.add_rope_freq_base(ROPE_BASE)
    writer.add_layer_norm_rms_eps(NORM_EPSILON)
    writer.add_vocab_size(shape.vocab)
    add_vocabulary(writer, shape.vocab)


def tensors(shape: Shape):
    """Yields (name, rows, columns); columns 0 for a vector of ones, -1 for a bias."""
    yield "token_embd.weight", shape.vocab, shape.width
    if not shape.qwen2:
        yield "output.weight", shape.vocab, shape.width
    yield "output_norm.weight", shape.width, 0
    for layer in range(shape.layers):
        prefix = f"blk.{layer}."
        yield prefix + "attn_norm.weight", shape.width, 0
        yield prefix + "ffn_norm.weight", shape.width, 0
        for part, rows in (("q", shape.query_width), ("k", shape.kv_width), ("v", shape.kv_width)):
            yield f"{prefix}attn_{part}.weight", rows, shape.width
            if shape.qwen2:
                yield f"{prefix}attn_{part}.bias", rows, -1
        yield prefix + "attn_output.weight", shape.width, shape.query_width
        yield prefix + "ffn_gate.weight", shape.feed_forward, shape.width
        yield prefix + "ffn_up.weight", shape.feed_forward, shape.width
        yield prefix + "ffn_down.weight", shape.width, shape.feed_forward


def random_blocks(random: np.random.Generator, rows: int, columns: int, kind: Kind) -> np.ndarray:
    """Quantized normal weights. Speed does not depend on their values, so big ones repeat."""
    distinct = min(rows, 16_384)
    weights = random.normal(0, columns**-0.5, (distinct, columns)).astype(np.float32)
    quantized = gguf.quants.quantize(weights, kind)
    return np.resize(quantized, (rows, quantized.shape[1]))


def write(path: Path, shape: Shape, kind: Kind) -> None:
    random = np.random.default_rng(0)
    partial = path.with_name(path.name + ".partial")
    writer = gguf.GGUFWriter(partial, "qwen2" if shape.qwen2 else "llama")
    add_metadata(writer, shape)
    for name, rows, columns in tensors(shape):
        if columns == 0:
            writer.add_tensor(name, np.ones(rows, np.float32))
        elif columns < 0:
            writer.add_tensor(name, random.normal(0, 0.1, rows).astype(np.float32))
        else:
            writer.add_tensor(name, random_blocks(random, rows, columns, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    partial.rename(path)
