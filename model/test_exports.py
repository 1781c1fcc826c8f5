"""Owns the proof that all forms of one checkpoint are the same model: each is loaded by a decoder of its own kind and its
logits are compared. python test_exports.py WEIGHTS OUT REPORT"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
from safetensors.numpy import load_file

import exports
from config import SIZES, STATIC
from reference import Reference, rms_norm, softmax

Array = np.ndarray
Model = Callable[[list[int]], Array]
CONFIG = SIZES["nano"]
TOKENIZER = STATIC / "models" / "flint-nano" / "tokenizer.json"
PROMPTS = ["def add(a, b):\n    return a ", "const total = items.reduce((sum, item) => ", "impl Display for Error {\n    fn fmt(", "import json\nimport "]
# How far the logits may lie apart (root mean square over all) and how often the likeliest token is the same.
FARTHEST = {"hub": (0.01, 0.99), "gguf q8_0": (0.1, 0.97), "gguf q4_0": (0.8, 0.75), "onnx int8": (0.25, 0.93), "onnx q4": (0.4, 0.88)}


def hub(folder: Path) -> Model:
    """A decoder as the hub's layout describes it: halves rotate, heads by name."""
    config, weights = json.loads((folder / "config.json").read_text()), load_file(folder / "model.safetensors")
    heads, kv_heads, width, epsilon = (config[key] for key in ("num_attention_heads", "num_key_value_heads", "head_dim", "rms_norm_eps"))

    def read(name: str) -> Array:
        return weights[name].astype(np.float32)

    def turn(x: Array) -> Array:
        angles = np.arange(len(x))[:, None] * config["rope_theta"] ** (-np.arange(0, width, 2) / width)
        first, second = np.split(x, 2, axis=-1)
        cos, sin = np.cos(angles)[:, None], np.sin(angles)[:, None]
        return np.concatenate([first * cos - second * sin, second * cos + first * sin], axis=-1)

    def logits(ids: list[int]) -> Array:
        x, count = read("model.embed_tokens.weight")[ids], len(ids)
        never = np.where(np.arange(count)[None] > np.arange(count)[:, None], -np.inf, 0.0)
        for layer in range(config["num_hidden_layers"]):
            def linear(x: Array, name: str, layer: int = layer) -> Array:
                return x @ read(f"model.layers.{layer}.{name}_proj.weight").T

            normed = rms_norm(x, read(f"model.layers.{layer}.input_layernorm.weight"), epsilon)
            q = turn(linear(normed, "self_attn.q").reshape(count, heads, width))
            k = turn(linear(normed, "self_attn.k").reshape(count, kv_heads, width)).repeat(heads // kv_heads, axis=1)
            v = linear(normed, "self_attn.v").reshape(count, kv_heads, width).repeat(heads // kv_heads, axis=1)
            scores = np.einsum("qhd,khd->hqk", q, k) / width**0.5 + never
            x = x + linear(np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(count, -1), "self_attn.o")
            normed = rms_norm(x, read(f"model.layers.{layer}.post_attention_layernorm.weight"), epsilon)
            gate = linear(normed, "mlp.gate")
            x = x + linear(gate / (1 + np.exp(-gate)) * linear(normed, "mlp.up"), "mlp.down")
        return rms_norm(x, read("model.norm.weight"), epsilon) @ read("model.embed_tokens.weight").T

    return logits


def gguf(path: Path, weights: Path | None = None) -> Model:
    """The file's own weights, or others in their place."""
    model = Reference(path)
    if weights:
        model.tensors = {name: tensor.astype(np.float32) for name, tensor in load_file(weights).items()}
        model.head = model.tensors["token_embd.weight"]

    def logits(ids: list[int]) -> Array:
        model.reset()
        return model.extend(ids)

    return logits


def onnx(path: Path) -> Model:
    session = onnxruntime.InferenceSession(path)

    def logits(ids: list[int]) -> Array:
        inputs = {"input_ids": np.array([ids]), "attention_mask": np.ones((1, len(ids)), np.int64)}
        for port in session.get_inputs():
            if port.name.startswith("past"):
                inputs[port.name] = np.zeros((1, port.shape[1], 0, port.shape[3]), np.float32)
        return session.run(["logits"], inputs)[0][0]

    return logits


def ids_of(text: str) -> list[int]:
    """Any ids will do, as long as they are those of code: the bytes' own tokens."""
    vocabulary = json.loads(TOKENIZER.read_text())["model"]["vocab"]
    spelled = {" ": "Ġ", "\n": "Ċ"}
    return [vocabulary[spelled.get(character, character)] for character in text]


def main(weights: Path, out: Path, report: Path) -> None:
    exports.export(CONFIG, weights, TOKENIZER, out)
    checkpoint = gguf(out / "model.gguf", weights)
    q4, q8 = gguf(out / "model.gguf"), gguf(out / "model-q8_0.gguf")
    pairs = {
        "hub": (hub(out), checkpoint),
        "gguf q8_0": (q8, checkpoint),
        "gguf q4_0": (q4, checkpoint),
        "onnx int8": (onnx(out / "onnx" / "model_quantized.onnx"), checkpoint),
        "onnx q4": (onnx(out / "onnx" / "model_q4.onnx"), q4),
    }
    found = {}
    for name, (model, like) in pairs.items():
        logits = [(model(ids), like(ids)) for ids in map(ids_of, PROMPTS)]
        apart = float(np.sqrt(np.mean(np.concatenate([(a - b).ravel() ** 2 for a, b in logits]))))
        same = float(np.mean(np.concatenate([a.argmax(-1) == b.argmax(-1) for a, b in logits])))
        found[name] = {"rms": round(apart, 4), "same_top_1": round(same, 4)}
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(json.dumps(found) + "\n")
    print(json.dumps(found))
    wrong = [name for name, (rms, same) in FARTHEST.items() if found[name]["rms"] > rms or found[name]["same_top_1"] < same]
    if wrong:
        sys.exit(f"these exports are not the checkpoint they were made from: {', '.join(wrong)}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
