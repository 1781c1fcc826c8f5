"""Owns the checkpoint folder: weights (safetensors), optimizer state and progress, each written atomically."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn


@dataclass
class Progress:
    """How far a training has come. `elapsed` and `budget` (seconds) belong to the present run, the rest to all runs."""

    step: int = 0
    tokens: int = 0
    rows: int = 0
    elapsed: float = 0.0
    budget: float = 0.0
    total_seconds: float = 0.0
    finished: bool = False


class Checkpoint:
    """One folder per model size."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.weights, self.optimizer, self.progress = (folder / n for n in ("weights.safetensors", "optimizer.pt", "progress.json"))
        folder.mkdir(parents=True, exist_ok=True)

    def replace(self, target: Path, write: object) -> None:
        partial = target.with_name(target.name + ".partial")
        write(partial)  # type: ignore[operator]
        os.replace(partial, target)

    def save(self, model: nn.Module, optimizers: list[torch.optim.Optimizer], progress: Progress) -> None:
        tensors = {name: p.detach().cpu().contiguous() for name, p in model.named_parameters()}
        self.replace(self.weights, lambda path: save_file(tensors, path))
        self.replace(self.optimizer, lambda path: torch.save([o.state_dict() for o in optimizers], path))
        self.replace(self.progress, lambda path: path.write_text(json.dumps(asdict(progress)) + "\n"))

    def load(self, model: nn.Module, optimizers: list[torch.optim.Optimizer]) -> Progress:
        """Resumes from everything that is there; weights alone are enough."""
        if not self.weights.exists():
            return Progress()
        load_weights(model, self.weights)
        if self.optimizer.exists():
            for optimizer, state in zip(optimizers, torch.load(self.optimizer, weights_only=True), strict=True):
                optimizer.load_state_dict(state)
        return Progress(**json.loads(self.progress.read_text())) if self.progress.exists() else Progress()


def load_weights(model: nn.Module, path: Path) -> None:
    with torch.no_grad():
        model.load_state_dict({name: t.float() for name, t in load_file(path).items()})
