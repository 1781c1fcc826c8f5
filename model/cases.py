"""Owns evaluation cases: cursors in held-out files, in two sets that share no package."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from pathlib import Path

import corpus
import cursor
from samples import document_weights

LANGUAGES = ("javascript", "typescript", "python", "rust", "html", "css")
NOISE_SHARE = 0.1
MAX_CHARACTERS = 20_000


def is_calibration(package: str) -> bool:
    return hashlib.blake2b(package.encode()).digest()[0] % 2 == 0


def case(document: corpus.Document, rng: random.Random, number: int) -> dict[str, str]:
    kind = "empty" if rng.random() < NOISE_SHARE else "line"
    cut = cursor.choose(document.text, rng, kind)
    while kind == "line" and not document.text[cut.start : cut.end].strip():
        cut = cursor.choose(document.text, rng, kind)
    return {
        "id": f"{kind}-{number}",
        "language": document.language,
        "path": document.path.split("/")[-1],
        "prefix": document.text[: cut.start][-MAX_CHARACTERS:],
        "suffix": document.text[cut.end :][:MAX_CHARACTERS],
        "middle": document.text[cut.start : cut.end],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=100, help="cases of each language and set")
    parser.add_argument("--out", type=Path, required=True, help="folder for calibration.jsonl and test.jsonl")
    arguments = parser.parse_args()
    held_out, rng = corpus.load("held-out"), random.Random(7)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, wanted in (("calibration", True), ("test", False)):
        with (arguments.out / f"{name}.jsonl").open("w") as file:
            for language in LANGUAGES:
                choices = [d for d in held_out if d.language == language and is_calibration(d.package) == wanted]
                weights = document_weights(choices)
                for number in range(arguments.each if choices else 0):
                    document = rng.choices(choices, weights)[0]
                    file.write(json.dumps(case(document, rng, number)) + "\n")


if __name__ == "__main__":
    main()
