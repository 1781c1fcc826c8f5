"""Owns the named model sizes and the places where training artefacts live."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
CACHE = Path(os.environ.get("FLINT_MODEL_CACHE", Path.home() / ".cache"))
CORPUS = CACHE / "flint-corpus"
CHECKPOINTS = CACHE / "flint-checkpoints"
STATIC = REPOSITORY / "static"
GOLDEN = REPOSITORY / "crates" / "decoder" / "tests" / "golden"


@dataclass(frozen=True)
class ModelConfig:
    """The shape of one llama-like decoder. Every matrix side is a multiple of 32 (a Q4_0 block)."""

    name: str
    vocab: int
    width: int
    layers: int
    heads: int
    kv_heads: int
    feed_forward: int
    head_width: int = 64
    context: int = 512
    rope_base: float = 10_000.0
    norm_epsilon: float = 1e-5

    def __post_init__(self) -> None:
        for side in (self.vocab, self.width, self.feed_forward, self.heads * self.head_width):
            assert side % 32 == 0, f"{self.name}: {side} is not a multiple of 32"

    @property
    def checkpoint_folder(self) -> Path:
        return CHECKPOINTS / self.name

    @property
    def tokenizer_file(self) -> Path:
        return CORPUS / f"tokenizer-{self.vocab}" / "tokenizer.json"

    @property
    def shard_folder(self) -> Path:
        return CORPUS / f"shards-{self.vocab}-{self.context}"

    @property
    def model_id(self) -> str:
        return f"flint-{self.name}"


SIZES: dict[str, ModelConfig] = {
    "nano": ModelConfig("nano", vocab=4096, width=256, layers=6, heads=4, kv_heads=1, feed_forward=768),
    "small": ModelConfig("small", vocab=8192, width=384, layers=8, heads=6, kv_heads=1, feed_forward=1024),
    "base": ModelConfig("base", vocab=8192, width=512, layers=12, heads=8, kv_heads=2, feed_forward=1408, context=1024),
}
