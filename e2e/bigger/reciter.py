"""Owns models that say what was decided: the next token is told by the last one alone. So an answer can be known, and be long."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import gguf_file
import numpy as np
import onnx_file
from config import ModelConfig
from gguf import GGMLQuantizationType as Kind
from onnx_file import Decoder, Tensors
from tokenizers import Tokenizer

CONTEXT = 2048
MARKERS = {"<|spare_0|>": "<|im_start|>", "<|spare_1|>": "<|im_end|>"}
TEMPLATE = """{%- for message in messages %}
    {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""
ANSWER = "It has one constant, named b."
"""What is said of `const b = 2;`, and where a cursor is."""
CHANGE = "```\nconst b = 20;\n```"
SUGGESTION = "total"


@dataclass(frozen=True)
class Reciter:
    """`layers` compute nothing and take their time."""

    answer: str
    layers: int


def distinct(tokenizer: Tokenizer, text: str, used: set[int]) -> list[int]:
    """The text's tokens, each at its first place: one that came before would lead back there."""
    tokens = []
    for token in tokenizer.encode(text, add_special_tokens=False).ids:
        if token not in used:
            used.add(token)
            tokens.append(token)
    return tokens


def successors(tokenizer: Tokenizer, reciter: Reciter) -> dict[int, int]:
    """The tokens behind those of what is said: a suggestion behind its marker, an answer behind what begins one."""
    end, middle = tokenizer.token_to_id("<|im_end|>"), tokenizer.token_to_id("<|fim_middle|>")
    begin = tokenizer.encode("\n").ids[-1]
    used = {begin, middle, end}
    after = {}
    for first, text in ((middle, SUGGESTION), (begin, reciter.answer)):
        chain = [first, *distinct(tokenizer, text, used), end]
        after.update(zip(chain, chain[1:]))
    return after


def tensors(decoder: Decoder, after: dict[int, int]) -> Tensors:
    """Under GGUF's names: every token is a direction of its own, and the head turns it into the next one's."""
    random = np.random.default_rng(11)
    tokens = random.normal(0, 1, (decoder.vocab, decoder.width)).astype(np.float32)
    tokens /= np.linalg.norm(tokens, axis=1, keepdims=True)
    head = np.zeros_like(tokens)
    for token, follower in after.items():
        head[follower] += tokens[token]
    attention, kv = decoder.heads * decoder.head_width, decoder.kv_heads * decoder.head_width
    made = {"token_embd.weight": tokens, "output_norm.weight": np.ones(decoder.width), "output.weight": 8 * head}
    for layer in range(decoder.layers):
        for name, rows, columns in (("attn_q", attention, decoder.width), ("attn_k", kv, decoder.width),
                                    ("attn_v", kv, decoder.width), ("attn_output", decoder.width, attention),
                                    ("ffn_gate", decoder.feed_forward, decoder.width), ("ffn_up", decoder.feed_forward, decoder.width),
                                    ("ffn_down", decoder.width, decoder.feed_forward)):
            made[f"blk.{layer}.{name}.weight"] = np.zeros((rows, columns))
        for name in ("attn_norm", "ffn_norm"):
            made[f"blk.{layer}.{name}.weight"] = np.ones(decoder.width)
    return {name: tensor.astype(np.float32) for name, tensor in made.items()}


def tokenizer_file(ours: Path, out: Path) -> Path:
    text = ours.read_text().replace("<|lang:", "<|reserved:")
    for spare, marker in MARKERS.items():
        text = text.replace(spare, marker)
    out.mkdir(parents=True, exist_ok=True)
    (out / "tokenizer.json").write_text(text)
    return out / "tokenizer.json"


def write_onnx(ours: Path, out: Path, reciter: Reciter) -> None:
    file = tokenizer_file(ours, out)
    tokenizer = Tokenizer.from_file(str(file))
    decoder = Decoder(tokenizer.get_vocab_size(), 256, reciter.layers, 4, 2, 256, 64, CONTEXT)
    onnx_file.write(out, onnx_file.build(decoder, tensors(decoder, successors(tokenizer, reciter)), "int8"), "int8")
    (out / "config.json").write_text(json.dumps(decoder.config()))
    (out / "generation_config.json").write_text(json.dumps({"eos_token_id": tokenizer.token_to_id("<|im_end|>")}))
    (out / "tokenizer_config.json").write_text(json.dumps({"eos_token": "<|im_end|>"}))
    (out / "chat_template.jinja").write_text(TEMPLATE)


def write_gguf(ours: Path, file: Path, reciter: Reciter) -> None:
    folder = file.parent / f"{file.stem}-files"
    own = tokenizer_file(ours, folder)
    tokenizer = Tokenizer.from_file(str(own))
    vocab = tokenizer.get_vocab_size()
    config = ModelConfig("reciter", vocab, 256, reciter.layers, 4, 2, 256, context=CONTEXT)
    decoder = Decoder(vocab, 256, reciter.layers, 4, 2, 256, 64, CONTEXT)
    made = tensors(decoder, successors(tokenizer, reciter))
    gguf_file.write(file, config, made, own, Kind.Q8_0, TEMPLATE)
