"""Owns the export of a checkpoint: GGUF files, half-precision weights, and the entry in the page's list of models."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType as Kind
from safetensors.numpy import load_file, save_file

import gguf_file
from config import SIZES, STATIC, ModelConfig

LISTED = ["javascript", "typescript", "python", "rust", "html", "css", "wat", "shell", "markdown", "json"]


def asset(path: Path) -> dict[str, object]:
    return {
        "url": path.relative_to(STATIC).as_posix(),
        "bytes": path.stat().st_size,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def entry(config: ModelConfig, folder: Path, parameters: int) -> dict[str, object]:
    counts = folder / "counts.bin"
    return {
        "id": config.model_id,
        "name": f"Flint {config.name}",
        "weights": asset(folder / "model.gguf"),
        "tokenizer": asset(folder / "tokenizer.json"),
        **({"counts": asset(counts)} if counts.exists() else {}),
        "licence": "MIT OR Apache-2.0",
        "languages": LISTED,
        "parameters": parameters,
        "context_tokens": config.context,
        "fim": "flint",
    }


def list_model(entry_: dict[str, object]) -> None:
    """Replaces or appends the model in models.json; the first one listed is the default."""
    path = STATIC / "models.json"
    listing = json.loads(path.read_text()) if path.exists() else {"default": entry_["id"], "models": []}
    models = [m for m in listing["models"] if m["id"] != entry_["id"]]
    listing["models"] = sorted([*models, entry_], key=lambda m: m["id"] != listing["default"])
    path.write_text(json.dumps(listing, indent=2) + "\n")


def export(config: ModelConfig) -> Path:
    checkpoints = config.checkpoint_folder
    tensors = {name: t.astype(np.float32) for name, t in load_file(checkpoints / "weights.safetensors").items()}
    folder = STATIC / "models" / config.model_id
    gguf_file.write(folder / "model.gguf", config, tensors, config.tokenizer_file, Kind.Q4_0)
    gguf_file.write(checkpoints / "model-q8_0.gguf", config, tensors, config.tokenizer_file, Kind.Q8_0)
    save_file({name: t.astype(np.float16) for name, t in tensors.items()}, checkpoints / "weights-fp16.safetensors")
    shutil.copyfile(config.tokenizer_file, folder / "tokenizer.json")
    list_model(entry(config, folder, sum(t.size for t in tensors.values())))
    return folder / "model.gguf"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="nano")
    print(export(SIZES[parser.parse_args().size]))
