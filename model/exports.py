"""Owns every form of one checkpoint: GGUF with four and with eight bits, the hub's safetensors, ONNX with eight and with four.

python exports.py --weights model/weights/nano.safetensors --out DIR
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType as Kind
from safetensors.numpy import load_file, save_file

import gguf_file
import onnx_export
import onnx_file
from config import SIZES, STATIC, ModelConfig
from onnx_file import Tensors, halves

# GGUF's names of a block's weights and the hub's.
BLOCK = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def hub_name(name: str) -> str:
    """`blk.3.attn_q.weight` is `model.layers.3.self_attn.q_proj.weight`."""
    if not name.startswith("blk."):
        return {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight"}[name]
    _, layer, part, kind = name.split(".")
    return f"model.layers.{layer}.{BLOCK[part]}.{kind}"


def write_hub(out: Path, decoder: onnx_file.Decoder, tensors: Tensors, end: int) -> None:
    """The layout of `LlamaForCausalLM`: halves rotate, the head is the embedding, half precision."""
    out.mkdir(parents=True, exist_ok=True)
    halved = {hub_name(name): np.ascontiguousarray(tensor.astype(np.float16)) for name, tensor in tensors.items()}
    save_file(halved, out / "model.safetensors", {"format": "pt"})
    extra = {
        "architectures": ["LlamaForCausalLM"],
        "head_dim": decoder.head_width,
        "hidden_act": "silu",
        "tie_word_embeddings": True,
        "torch_dtype": "float16",
        "bos_token_id": end,
        "eos_token_id": end,
    }
    (out / "config.json").write_text(json.dumps(decoder.config() | extra, indent=2) + "\n")
    (out / "generation_config.json").write_text(json.dumps({"bos_token_id": end, "eos_token_id": end}, indent=2) + "\n")


def export(config: ModelConfig, weights: Path, tokenizer: Path, out: Path) -> None:
    tensors = {name: tensor.astype(np.float32) for name, tensor in load_file(weights).items()}
    gguf_file.write(out / "model.gguf", config, tensors, tokenizer, Kind.Q4_0)
    gguf_file.write(out / "model-q8_0.gguf", config, tensors, tokenizer, Kind.Q8_0)
    decoder, rounded = onnx_export.read(out / "model.gguf")
    rotated = {n: halves(t, t.shape[0] // config.head_width) if n.endswith(("attn_q.weight", "attn_k.weight")) else t for n, t in tensors.items()}
    end = json.loads(tokenizer.read_text())["model"]["vocab"]["<|endoftext|>"]
    write_hub(out, decoder, rotated, end)
    onnx_file.write(out, onnx_file.build(decoder, rotated, "int8"), "int8")
    onnx_file.write(out, onnx_file.build(decoder, rounded, "q4"), "q4")
    shutil.copyfile(tokenizer, out / "tokenizer.json")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="nano")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, default=STATIC / "models" / "flint-nano" / "tokenizer.json")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    export(SIZES[options.size], options.weights, options.tokenizer, options.out)
