"""Owns the memorization check: how much of what is suggested inside training files, and inside files never trained on, stands word
for word in the training text. python memorization.py --flint target/release/flint"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
from collections import defaultdict
from pathlib import Path

import numpy as np

import corpus
import cursor
from config import SIZES, STATIC

SAMPLES, LINES, TOKENS = 1_000, 8, 160
WINDOW = 32  # bytes; a shorter overlap is counted as none
PREFIX, SUFFIX = 6_000, 1_500
LANGUAGES = ("javascript", "typescript", "python", "rust", "css", "html")
PIECE = 1 << 24
MIX = np.uint64(0x9E3779B97F4A7C15)
Place = tuple[str, str, str]


def places(split: str, count: int, rng: random.Random) -> list[Place]:
    """Cursors as (language, prefix, suffix), as many in every language."""
    by_language = defaultdict(list)
    for document in corpus.load(split):
        if len(document.text) > 400:
            by_language[document.language].append(document)
    found = []
    for index in range(count):
        document = rng.choice(by_language[LANGUAGES[index % len(LANGUAGES)]])
        cut = cursor.choose(document.text, rng, "line")
        found.append((document.language, document.text[: cut.start][-PREFIX:], document.text[cut.end :][:SUFFIX]))
    return found


def completions(flint: Path, model: Path, cursors: list[Place]) -> list[str]:
    """What is made there when nothing keeps the model silent, as many lines as it likes."""
    answers = [""] * len(cursors)
    for language in LANGUAGES:
        chosen = [index for index, place in enumerate(cursors) if place[0] == language]
        asked = "\n".join(json.dumps({"prefix": cursors[i][1], "suffix": cursors[i][2]}) for i in chosen)
        command = [flint, "complete", "--model", model, "--language", language, "--max-tokens", str(TOKENS), "--max-lines", str(LINES), "--min-likelihood", "0"]
        said = subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout
        for index, line in zip(chosen, said.splitlines(), strict=True):
            answers[index] = json.loads(line)["completion"]
    return answers


def hashes(text: bytes) -> np.ndarray:
    """One number for every window of a text."""
    if len(text) < WINDOW:
        return np.zeros(0, np.uint64)
    eights = np.ndarray(len(text) - 7, np.uint64, text, strides=(1,))
    count = len(text) - WINDOW + 1
    mixed = np.zeros(count, np.uint64)
    for offset in range(0, WINDOW, 8):
        mixed = (mixed ^ eights[offset : offset + count]) * MIX
        mixed ^= mixed >> np.uint64(29)
    return mixed


def training_windows(wanted: np.ndarray) -> np.ndarray:
    """Those of the sorted numbers that windows of the training text have."""
    seen, text = np.zeros(len(wanted), bool), bytearray()

    def look() -> None:
        found = hashes(bytes(text))
        at = np.searchsorted(wanted, found).clip(max=len(wanted) - 1)
        seen[at[wanted[at] == found]] = True
        text.clear()

    for document in corpus.load("train"):
        text += document.text.encode() + b"\0"
        if len(text) > PIECE:
            look()
    look()
    return wanted[seen]


def longest(answer: str, prompt: str, known: set[int]) -> str:
    """The longest stretch of an answer that stands in the training text, and is no part of what it was asked with."""
    text, prompt_bytes, best, start = answer.encode(), prompt.encode(), b"", None
    flags = [*(int(number) in known for number in hashes(text)), False]
    for index, flag in enumerate(flags):
        if flag and start is None:
            start = index
        if not flag and start is not None:
            stretch = text[start : index + WINDOW - 1]
            if len(stretch) > len(best) and stretch not in prompt_bytes:
                best = stretch
            start = None
    return best.decode(errors="replace")


def report(flint: Path, model: Path, split: str) -> dict[str, object]:
    cursors = places(split, SAMPLES, random.Random(3))
    answers = completions(flint, model, cursors)
    wanted = np.unique(np.concatenate([hashes(answer.encode()) for answer in answers]))
    known = {int(number) for number in training_windows(wanted)}
    stretches = [longest(answer, prefix + suffix, known) for answer, (_, prefix, suffix) in zip(answers, cursors, strict=True)]
    lengths = np.array([len(stretch) for stretch in stretches])
    return {
        "samples": len(answers),
        "mean_characters": round(float(np.mean([len(answer) for answer in answers])), 1),
        "over_32": int((lengths >= 32).sum()),
        "over_64": int((lengths >= 64).sum()),
        "over_128": int((lengths >= 128).sum()),
        "longest": int(lengths.max()),
        "longest_texts": sorted(stretches, key=len)[-5:],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="nano")
    parser.add_argument("--flint", type=Path, required=True)
    options = parser.parse_args()
    folder = STATIC / "models" / SIZES[options.size].model_id
    print(json.dumps({split: report(options.flint, folder, split) for split in ("train", "test")}, indent=1))
