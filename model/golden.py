"""Owns the golden fixtures of the Rust decoder's tests: logits and greedy completions of the bundled file, by the reference."""

from __future__ import annotations

import argparse
import hashlib
import json
import random

import numpy as np

import corpus
import cursor
import tokenizer
from config import GOLDEN, SIZES, STATIC, ModelConfig
from reference import Reference
from samples import Encoder, Prompt, Sampler

PROMPTS, LONG_PROMPTS, TOP, GREEDY = 16, 2, 16, 24
TRIES, TELLING = 6, 5  # of a few cursors, the first whose completion has this many tokens
COMPLETED = ("javascript", "typescript", "python", "rust", "html", "css")


def logits_case(model: Reference, ids: list[int], rng: random.Random) -> dict[str, object]:
    model.reset()
    logits = model.extend(ids)
    order = np.argsort(-logits, axis=1)[:, :TOP]
    ranked = np.take_along_axis(logits, order, axis=1)
    positions = sorted({0, len(ids) - 1, *rng.sample(range(len(ids)), 4)})
    return {
        "ids": ids,
        "top_1": order[:, 0].tolist(),
        "lead": [round(float(x), 3) for x in ranked[:, 0] - ranked[:, 1]],
        "positions": [
            {"position": p, "ids": order[p].tolist(), "logits": [round(float(x), 4) for x in ranked[p]]} for p in positions
        ],
    }


def completion_case(model: Reference, encoder: Encoder, document: corpus.Document, rng: random.Random, limit: int) -> dict[str, object]:
    cut = cursor.choose(document.text, rng, "line")
    prefix = "".join(document.text[: cut.start].splitlines(keepends=True)[-20:])
    suffix = "".join(document.text[cut.end :].splitlines(keepends=True)[:5])
    prompt = Prompt(document.language, document.path.split("/")[-1], prefix, suffix)
    ids = encoder.prompt(prompt, limit - GREEDY)
    greedy, leads = model.greedy(ids, encoder.end, GREEDY)
    return {
        **prompt.__dict__,
        "middle": document.text[cut.start : cut.end],
        "prompt_ids": ids,
        "greedy_ids": greedy,
        "greedy_lead": [round(x, 3) for x in leads],
        "greedy_text": encoder.tokenizer.decode(greedy, skip_special_tokens=True),
    }


def small(document: corpus.Document) -> bool:
    return 400 < len(document.text) < 4_000 and document.text.isascii()


def build(config: ModelConfig) -> None:
    file = STATIC / "models" / config.model_id / "model.gguf"
    model, ids = Reference(file), tokenizer.load(config)
    header = {"model_sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    documents = [d for d in corpus.load("test") if d.language in COMPLETED]
    sampler, rng = Sampler(documents, ids, seed=11), random.Random(11)
    lengths = [config.context] * LONG_PROMPTS + [rng.randint(48, 128) for _ in range(PROMPTS - LONG_PROMPTS)]
    cases = [logits_case(model, sampler.sample(n), rng) for n in lengths]
    completions = []
    for language in COMPLETED:
        choices = [d for d in documents if d.language == language]
        choices = [d for d in choices if small(d)] or choices
        tries = [completion_case(model, sampler.encoder, rng.choice(choices), rng, config.context) for _ in range(TRIES)]
        completions.append(next((t for t in tries if len(t["greedy_ids"]) >= TELLING), tries[0]))  # type: ignore[arg-type]
    GOLDEN.mkdir(parents=True, exist_ok=True)
    (GOLDEN / "logits.json").write_text(json.dumps(header | {"prompts": cases}, separators=(",", ":")) + "\n")
    (GOLDEN / "golden.json").write_text(json.dumps(header | {"prompts": completions}, indent=1) + "\n")
    print("positions:", sum(len(c["ids"]) for c in cases))  # type: ignore[arg-type]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="nano")
    build(SIZES[parser.parse_args().size])
