"""Owns the models of the stories about bigger models: our own in the hub's layout, and small random ones in the layouts
that exports of other models have. python make_models.py OUT"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "model"), str(Path(__file__).resolve().parent)]

import onnx_export  # noqa: E402
import reciter  # noqa: E402
import onnx_file  # noqa: E402
from onnx_file import Decoder, Tensors  # noqa: E402

OURS = ROOT / "static" / "models" / "flint-nano"
QWEN2 = Decoder(4096, 64, 2, 4, 2, 160, 32, 256, biases=True, counts_logits=True)
# SmolLM2-135M's shape: what a step costs, and the memory of a load, do not depend on what the weights say.
MIDDLING = Decoder(49152, 576, 30, 9, 3, 1536, 64, 2048)
OLDER = Decoder(4096, 64, 2, 4, 4, 160, 32, 256, fused=False)


def random_tensors(decoder: Decoder) -> Tensors:
    """Weights under GGUF's names."""
    random = np.random.default_rng(7)
    attention, kv = decoder.heads * decoder.head_width, decoder.kv_heads * decoder.head_width
    tensors = {"token_embd.weight": random.normal(0, 1, (decoder.vocab, decoder.width)), "output_norm.weight": np.ones(decoder.width),
               "output.weight": random.normal(0, 1, (decoder.vocab, decoder.width))}
    for layer in range(decoder.layers):
        shapes = {"attn_q": (attention, decoder.width), "attn_k": (kv, decoder.width), "attn_v": (kv, decoder.width),
                  "attn_output": (decoder.width, attention), "ffn_gate": (decoder.feed_forward, decoder.width),
                  "ffn_up": (decoder.feed_forward, decoder.width), "ffn_down": (decoder.width, decoder.feed_forward)}
        for name, shape in shapes.items():
            tensors[f"blk.{layer}.{name}.weight"] = random.normal(0, shape[1] ** -0.5, shape)
            if decoder.biases and name in ("attn_q", "attn_k", "attn_v"):
                tensors[f"blk.{layer}.{name}.bias"] = random.normal(0, 0.1, shape[0])
        for name in ("attn_norm", "ffn_norm"):
            tensors[f"blk.{layer}.{name}.weight"] = np.ones(decoder.width)
    return {name: tensor.astype(np.float32) for name, tensor in tensors.items()}


def foreign_tokenizer() -> str:
    """Our tokenizer without our languages' markers, as another family's would be."""
    return (OURS / "tokenizer.json").read_text().replace("<|lang:", "<|reserved:")


def model(out: Path, decoder: Decoder, tensors: Tensors, kinds: tuple[str, ...], external: bool) -> None:
    for kind in kinds:
        onnx_file.write(out, onnx_file.build(decoder, tensors, kind), kind, external)
    (out / "config.json").write_text(json.dumps(decoder.config()))
    (out / "tokenizer.json").write_text(foreign_tokenizer())


def name_as_hubs_do(path: Path) -> None:
    """transformers.js tells sizes by these names."""
    names = {"batch": "batch_size", "past": "past_sequence_length"}
    graph = onnx.load(path)
    for value in (*graph.graph.input, *graph.graph.output):
        for size in value.type.tensor_type.shape.dim:
            if size.dim_param:
                size.dim_param = names.get(size.dim_param, size.dim_param)
    onnx.save(graph, path)


def gguf_models(out: Path) -> None:
    """Our own, as a hub has it: the file that is to be taken, and others that are not."""
    folder = out / "nano-GGUF"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(OURS / "model.gguf", folder / "nano-q4_0.gguf")
    (folder / "nano-q2_k.gguf").write_bytes(b"GGUF of a kind that is not read")
    (out / "cut").mkdir(exist_ok=True)
    (out / "cut" / "cut.gguf").write_bytes((OURS / "model.gguf").read_bytes()[:100_000])


def talkers(out: Path) -> None:
    """Models that answer what is known, at once or for long, and one that was not taught to."""
    ours = OURS / "tokenizer.json"
    long = (ROOT / "README.md").read_text() + (ROOT / "ARCHITECTURE.md").read_text()
    reciter.write_onnx(ours, out / "talker", reciter.Reciter(reciter.ANSWER, 2))
    reciter.write_onnx(ours, out / "long-talker", reciter.Reciter(long, 40))
    reciter.write_onnx(ours, out / "changer", reciter.Reciter(reciter.CHANGE, 2))
    reciter.write_gguf(ours, out / "talker-GGUF" / "talker-q8_0.gguf", reciter.Reciter(reciter.ANSWER, 2))


def make(out: Path) -> None:
    made = out / "made"
    made_of = [OURS / "model.gguf", *sorted(Path(__file__).parent.glob("*.py"))]
    model_now = hashlib.sha256(b"".join(file.read_bytes() for file in made_of)).hexdigest()
    if made.exists() and made.read_text() == model_now:
        return
    onnx_export.export(OURS, out / "nano", ["fp32", "int8", "q4"])
    onnx_export.export(OURS, out / "nano-fp32", ["fp32"])
    name_as_hubs_do(out / "nano-fp32" / "onnx" / "model.onnx")
    decoder, tensors = onnx_export.read(OURS / "model.gguf")
    written = Decoder(**{**decoder.__dict__, "fused": False})
    model(out / "nano-written", written, tensors, ("fp32",), external=False)
    (out / "nano-written" / "tokenizer.json").write_text((OURS / "tokenizer.json").read_text())
    model(out / "qwen2-like", QWEN2, random_tensors(QWEN2), ("int8", "q4"), external=True)
    model(out / "older-export", OLDER, random_tensors(OLDER), ("int8", "q4"), external=True)
    model(out / "135m", MIDDLING, random_tensors(MIDDLING), ("int8",), external=False)
    name_as_hubs_do(out / "135m" / "onnx" / "model_quantized.onnx")
    # Four bits under a name that says nothing of them.
    model(out / "hidden-q4", QWEN2, random_tensors(QWEN2), ("q4",), external=False)
    (out / "hidden-q4" / "onnx" / "model_q4.onnx").rename(out / "hidden-q4" / "onnx" / "model.onnx")
    for config in out.glob("*/config.json"):
        (config.parent / "generation_config.json").write_text(json.dumps({"eos_token_id": [0]}))
        # Nobody has taught them to talk; where a file is not there the browser would report an error of the page.
        (config.parent / "tokenizer_config.json").write_text(json.dumps({"eos_token": "<|endoftext|>"}))
        (config.parent / "chat_template.jinja").write_text("")
    gguf_models(out)
    talkers(out)
    made.write_text(model_now)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
