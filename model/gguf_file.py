"""Owns the GGUF layout of a checkpoint: metadata, tokenizer and quantized tensors, and reading them back as floats."""

from __future__ import annotations

import json
from pathlib import Path

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Kind

from config import ModelConfig

CONTROL, NORMAL = int(gguf.TokenType.CONTROL), int(gguf.TokenType.NORMAL)
Tensors = dict[str, np.ndarray]


def add_tokenizer(writer: gguf.GGUFWriter, file: Path) -> None:
    """Tokens, merges and marker ids, so that llama.cpp needs no second file."""
    import tokenizer as markers  # Reading a file needs none of what trains one.

    data = json.loads(file.read_text())
    vocabulary: dict[str, int] = data["model"]["vocab"]
    tokens = sorted(vocabulary, key=vocabulary.__getitem__)
    merges = [m if isinstance(m, str) else " ".join(m) for m in data["model"]["merges"]]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    specials = {added["content"] for added in data["added_tokens"]}
    writer.add_token_types([CONTROL if t in specials else NORMAL for t in tokens])
    writer.add_token_merges(merges)
    writer.add_bos_token_id(vocabulary[markers.END])
    writer.add_eos_token_id(vocabulary[markers.END])
    writer.add_pad_token_id(vocabulary[markers.PAD])
    writer.add_add_bos_token(False)
    for key, name in (("pre", markers.PREFIX), ("suf", markers.SUFFIX), ("mid", markers.MIDDLE),
                      ("pad", markers.PAD), ("rep", markers.REPOSITORY), ("sep", markers.FILE)):
        writer.add_uint32(f"tokenizer.ggml.fim_{key}_token_id", vocabulary[name])


def kind_of(name: str, matrices: Kind) -> Kind:
    if name.endswith("norm.weight"):
        return Kind.F32
    return Kind.Q8_0 if name == "token_embd.weight" else matrices


def write(path: Path, config: ModelConfig, tensors: Tensors, tokenizer_file: Path, matrices: Kind, chat_template: str | None = None) -> None:
    """The token embedding is also the head, so it keeps eight bits; norms keep thirty-two."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    writer = gguf.GGUFWriter(partial, "llama")
    writer.add_name(f"Flint {config.name}")
    writer.add_license("MIT OR Apache-2.0")
    writer.add_context_length(config.context)
    writer.add_embedding_length(config.width)
    writer.add_block_count(config.layers)
    writer.add_feed_forward_length(config.feed_forward)
    writer.add_head_count(config.heads)
    writer.add_head_count_kv(config.kv_heads)
    writer.add_key_length(config.head_width)
    writer.add_value_length(config.head_width)
    writer.add_rope_dimension_count(config.head_width)
    writer.add_rope_freq_base(config.rope_base)
    writer.add_layer_norm_rms_eps(config.norm_epsilon)
    writer.add_vocab_size(config.vocab)
    writer.add_file_type(int(gguf.LlamaFileType.MOSTLY_Q4_0 if matrices == Kind.Q4_0 else gguf.LlamaFileType.MOSTLY_Q8_0))
    add_tokenizer(writer, tokenizer_file)
    if chat_template:
        writer.add_chat_template(chat_template)
    for name, tensor in tensors.items():
        kind = kind_of(name, matrices)
        data = tensor.astype(np.float32)
        writer.add_tensor(name, data if kind == Kind.F32 else gguf.quants.quantize(data, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    partial.rename(path)


def read(path: Path) -> tuple[dict[str, object], Tensors]:
    """All metadata values and every tensor as float32, in the shape (rows, columns)."""
    reader = gguf.GGUFReader(path)
    values = {name: field.contents() for name, field in reader.fields.items() if not name.startswith("GGUF.")}
    tensors = {t.name: gguf.quants.dequantize(t.data, t.tensor_type).reshape(tuple(reversed([int(n) for n in t.shape]))) for t in reader.tensors}
    return values, tensors
