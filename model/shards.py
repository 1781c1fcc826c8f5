"""Owns the tokenized shards: fixed-width rows of uint16 ids, many for training and a few from held-out packages."""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

import corpus
import tokenizer
from config import SIZES, ModelConfig
from samples import Sampler

ROWS_PER_SHARD = 8_192
VALIDATION_ROWS = 256


def write(config: ModelConfig, split: str, rows: int, seed: int, target: Path) -> Path:
    """One shard; the extra column is the label of the last position."""
    sampler = Sampler(corpus.load(split), tokenizer.load(config), seed)
    table = np.array([sampler.row(config.context + 1) for _ in range(rows)], dtype=np.uint16)
    partial = target.with_suffix(".partial")
    table.tofile(partial)
    partial.rename(target)
    return target


def build(config: ModelConfig, count: int, first: int = 0, workers: int = 2) -> None:
    config.shard_folder.mkdir(parents=True, exist_ok=True)
    jobs = [("test", VALIDATION_ROWS, 7, config.shard_folder / "validation.bin")]
    jobs += [("train", ROWS_PER_SHARD, 1_000 + i, config.shard_folder / f"train-{i:03}.bin") for i in range(first, first + count)]
    with ProcessPoolExecutor(workers) as pool:
        for job in [pool.submit(write, config, *job) for job in jobs if not job[3].exists()]:
            print(job.result(), flush=True)


def read(path: Path, config: ModelConfig) -> np.ndarray:
    return np.fromfile(path, dtype=np.uint16).reshape(-1, config.context + 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="nano")
    parser.add_argument("--count", type=int, default=8, help="training shards of 8,192 rows")
    parser.add_argument("--first", type=int, default=0)
    arguments = parser.parse_args()
    build(SIZES[arguments.size], arguments.count, arguments.first)
