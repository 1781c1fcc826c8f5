"""Owns the stream of batches: rows of the shards in order, with a weight for every label."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

import tokenizer
from config import ModelConfig
from shards import read

MIDDLE_WEIGHT = 3.0


class Batches:
    """Rows are numbered over all shards; number `rows` comes next, and after the last the first."""

    def __init__(self, config: ModelConfig, device: torch.device) -> None:
        self.config, self.device = config, device
        ids = tokenizer.load(config)
        self.end, self.middle, self.pad = (ids.token_to_id(n) for n in (tokenizer.END, tokenizer.MIDDLE, tokenizer.PAD))
        self.shards = [read(path, config) for path in sorted(config.shard_folder.glob("train-*.bin"))]
        self.validation = read(config.shard_folder / "validation.bin", config)

    def rows(self, first: int, count: int) -> np.ndarray:
        size = len(self.shards[0])
        picks = [(first + i) % (size * len(self.shards)) for i in range(count)]
        return np.stack([self.shards[p // size][p % size] for p in picks])

    def in_middle(self, inputs: np.ndarray) -> np.ndarray:
        """Whether the label after each position belongs to a middle: the last marker seen is fim_middle."""
        places = np.arange(inputs.shape[1])
        last_middle = np.maximum.accumulate(np.where(inputs == self.middle, places, -1), axis=1)
        last_end = np.maximum.accumulate(np.where((inputs == self.end) | (inputs == self.pad), places, -1), axis=1)
        return last_middle > last_end

    def tensors(self, rows: np.ndarray, middle_weight: float = MIDDLE_WEIGHT) -> tuple[Tensor, Tensor, Tensor]:
        inputs, labels = rows[:, :-1], rows[:, 1:]
        weights = np.where(self.in_middle(inputs), middle_weight, 1.0) * (labels != self.pad)
        arrays = (inputs.astype(np.int64), labels.astype(np.int64), weights.astype(np.float32))
        inputs_, labels_, weights_ = (torch.from_numpy(a).to(self.device) for a in arrays)
        return inputs_, labels_, weights_
