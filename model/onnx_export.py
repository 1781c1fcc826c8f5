"""Owns the export of a bundled model to the hub's layout: python onnx_export.py --model static/models/flint-nano --out DIR"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import gguf_file
import onnx_file
from onnx_file import Decoder, Tensors


def read(path: Path) -> tuple[Decoder, Tensors]:
    """A GGUF file's shape, and its weights as they are after rounding, in the hub's order of rotation."""
    values, tensors = gguf_file.read(path)
    number = {key: values.get(f"llama.{key}") for key in (
        "embedding_length", "block_count", "attention.head_count", "attention.head_count_kv", "feed_forward_length",
        "attention.key_length", "context_length", "rope.freq_base", "attention.layer_norm_rms_epsilon")}
    width, layers, heads, kv_heads, inner, head_width, context, base, epsilon = number.values()
    vocab = tensors["token_embd.weight"].shape[0]
    decoder = Decoder(vocab, width, layers, heads, kv_heads, inner, head_width, context, rope_base=base, epsilon=epsilon)
    for name, tensor in tensors.items():
        if name.endswith(("attn_q.weight", "attn_k.weight")):
            tensors[name] = onnx_file.halves(tensor, tensor.shape[0] // head_width)
    return decoder, tensors


def export(model: Path, out: Path, kinds: list[str]) -> None:
    decoder, tensors = read(model / "model.gguf")
    for kind in kinds:
        onnx_file.write(out, onnx_file.build(decoder, tensors, kind), kind)
    (out / "config.json").write_text(json.dumps(decoder.config(), indent=2))
    shutil.copyfile(model / "tokenizer.json", out / "tokenizer.json")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--kinds", nargs="+", choices=onnx_file.SUFFIXES, default=list(onnx_file.SUFFIXES))
    options = parser.parse_args()
    export(options.model, options.out, options.kinds)
