"""Owns the shapes that every engine is compared on, and where their files lie."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(os.environ.get("FLINT_CACHE", Path.home() / ".cache" / "flint")) / "peers"
CONTEXT = 2048
ROPE_BASE = 10_000.0
NORM_EPSILON = 1e-5


@dataclass(frozen=True)
class Shape:
    """A llama-like decoder with an untied head, or a Qwen2-like one with a tied head and biases."""

    name: str
    vocab: int
    width: int
    layers: int
    heads: int
    kv_heads: int
    feed_forward: int
    head_width: int = 64
    qwen2: bool = False

    @property
    def query_width(self) -> int:
        return self.heads * self.head_width

    @property
    def kv_width(self) -> int:
        return self.kv_heads * self.head_width

    @property
    def folder(self) -> Path:
        return CACHE / f"shape-{self.name}"


SHAPES = {
    "a": Shape("a", vocab=8192, width=384, layers=8, heads=6, kv_heads=1, feed_forward=1024),
    "b": Shape("b", vocab=16384, width=512, layers=10, heads=8, kv_heads=2, feed_forward=1408),
    # Qwen2.5-0.5B without its long tail of tokens for other alphabets.
    "qwen2": Shape("qwen2", vocab=151_936, width=896, layers=24, heads=14, kv_heads=2, feed_forward=4864, qwen2=True),
}
