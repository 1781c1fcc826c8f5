"""Owns the Q4_0 and Q8_0 roundings of GGUF as tensor operations, for quantization-aware training and for evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

BLOCK = 32


def round_q4_0(weights: Tensor) -> Tensor:
    """Blocks of 32 along the input: a half-precision scale from the entry of largest size, and levels -8..7."""
    blocks = weights.float().reshape(-1, BLOCK)
    extreme = blocks.gather(1, blocks.abs().argmax(1, keepdim=True))
    scale = extreme / -8
    inverse = torch.where(scale == 0, torch.zeros_like(scale), 1 / scale)
    levels = (blocks * inverse + 8.5).trunc().clamp(0, 15) - 8
    return (levels * scale.half().float()).reshape(weights.shape)


def round_q8_0(weights: Tensor) -> Tensor:
    """Blocks of 32: a half-precision scale from the largest size, and levels -127..127."""
    blocks = weights.float().reshape(-1, BLOCK)
    scale = blocks.abs().amax(1, keepdim=True) / 127
    inverse = torch.where(scale == 0, torch.zeros_like(scale), 1 / scale)
    return ((blocks * inverse).round() * scale.half().float()).reshape(weights.shape)


class Rounding:
    """Lets a model compute with the rounded weights of the Q4_0 file while the exact ones stay the ones that are trained."""

    def __init__(self, model: nn.Module) -> None:
        self.rounders = {p: round_q4_0 for _, p in model.matrices()}
        self.rounders[model.token_embd.weight] = round_q8_0

    @contextmanager
    def applied(self, enabled: bool = True) -> Iterator[None]:
        """Within the context gradients are taken at the rounded weights (straight-through)."""
        if not enabled:
            yield
            return
        exact = {p: p.data for p in self.rounders}
        for p, rounder in self.rounders.items():
            p.data = rounder(p.data)
        try:
            yield
        finally:
            for p, data in exact.items():
                p.data = data
