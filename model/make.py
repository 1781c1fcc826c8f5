"""Owns the one command: packages, corpus, tokenizer, shards, training, export, counts. A step whose output exists is skipped."""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from config import CACHE, SIZES, STATIC

HERE = Path(__file__).parent
ENVIRONMENT = CACHE / "flint-venv"


def interpreter() -> str:
    """This Python if it has what training needs, else a virtual environment that is made on the first run."""
    probe = subprocess.run([sys.executable, "-c", "import gguf, safetensors, tokenizers, torch"], capture_output=True)
    if probe.returncode == 0:
        return sys.executable
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-r", str(HERE / "requirements.txt")], check=True)
    return str(python)


def count(run: Callable[..., None], folder: Path) -> None:
    """What many packages share, counted once, and how far to trust it beside this very model."""
    cases, documents = CACHE / "flint-corpus" / "cases", CACHE / "flint-corpus" / "documents.jsonl"
    flint = ["cargo", "run", "--release", "--quiet", "--package", "flint", "--"]
    if not cases.exists():
        run("cases.py", "--calibration", str(cases / "calibration.jsonl"))
    if not (folder / "counts.bin").exists():
        subprocess.run([*flint, "count", "--documents", str(documents), "--model", str(folder)], check=True)
    subprocess.run([*flint, "fit", "--cases", str(cases / "calibration.jsonl"), "--model", str(folder)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="nano")
    parser.add_argument("--minutes", type=float, default=100, help="length of this slice of training")
    parser.add_argument("--shards", type=int, default=8, help="training shards of 8,192 rows")
    parser.add_argument("--start", type=Path, help="begin from these weights alone (safetensors)")
    arguments = parser.parse_args()
    config, python = SIZES[arguments.size], interpreter()

    def run(script: str, *extra: str) -> None:
        subprocess.run([python, str(HERE / script), *extra], check=True)

    size = ["--size", config.name]
    run("packages.py")
    if not (CACHE / "flint-corpus" / "documents.jsonl").exists():
        run("corpus.py")
    if not config.tokenizer_file.exists():
        run("tokenizer.py", *size)
    run("shards.py", *size, "--count", str(arguments.shards))
    run("train.py", *size, "--minutes", str(arguments.minutes), *(["--start", str(arguments.start)] if arguments.start else []))
    run("export.py", *size)
    count(run, STATIC / "models" / config.model_id)
    for step in ("export.py", "golden.py", "eval.py", "curve.py"):
        run(step, *size)


if __name__ == "__main__":
    main()
