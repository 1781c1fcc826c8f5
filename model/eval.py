"""Owns the quick evaluation: validation loss under each rounding, and how many held-out lines the exported file finishes exactly."""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

import corpus
import cursor
import tokenizer
from batches import Batches
from checkpoint import load_weights
from config import SIZES, STATIC, ModelConfig
from quantization import round_q4_0, round_q8_0
from reference import Reference
from samples import Encoder, Prompt, document_weights
from transformer import Transformer

Rounder = Callable[[Tensor], Tensor]
LANGUAGES = ("javascript", "typescript", "python", "rust", "html", "css")
ROUNDINGS: dict[str, Rounder | None] = {"fp32": None, "q8_0": round_q8_0, "q4_0": round_q4_0}


@torch.no_grad()
def losses(config: ModelConfig, rows: int) -> dict[str, dict[str, float]]:
    """Mean loss per token over everything, and over the middles alone."""
    model, batches, result = Transformer(config), Batches(config, torch.device("cpu")), {}
    for name, rounder in ROUNDINGS.items():
        load_weights(model, config.checkpoint_folder / "weights.safetensors")
        if rounder is not None:
            model.token_embd.weight.data = round_q8_0(model.token_embd.weight.data)
            for _, p in model.matrices():
                p.data = rounder(p.data)
        sums = defaultdict(float)
        for first in range(0, rows, 8):
            inputs, labels, weights = batches.tensors(batches.validation[first : first + 8], middle_weight=2.0)
            per_token = F.cross_entropy(model(inputs).flatten(0, 1), labels.flatten(), reduction="none")
            for part, chosen in (("all", weights.flatten() > 0), ("middle", weights.flatten() > 1)):
                sums[part] += float(per_token[chosen].sum())
                sums[part + "_tokens"] += int(chosen.sum())
        result[name] = {part: round(sums[part] / sums[part + "_tokens"], 4) for part in ("all", "middle")}
    return result


def line_cases(documents: list[corpus.Document], count: int, rng: random.Random) -> list[tuple[corpus.Document, cursor.Cut]]:
    """Cursors after the indentation or within a line of held-out files; the rest of the line is the answer."""
    cases: list[tuple[corpus.Document, cursor.Cut]] = []
    while len(cases) < count:
        language = LANGUAGES[len(cases) % len(LANGUAGES)]
        choices = [d for d in documents if d.language == language]
        document = rng.choices(choices, document_weights(choices))[0]
        cut = cursor.choose(document.text, rng, "line")
        if document.text[cut.start : cut.end].strip():
            cases.append((document, cut))
    return cases


def exact_lines(config: ModelConfig, count: int) -> dict[str, float]:
    """Share of cases whose first completed line equals the line that was there (trailing space ignored)."""
    model, ids = Reference(STATIC / "models" / config.model_id / "model.gguf"), tokenizer.load(config)
    encoder, hits, totals = Encoder(ids), defaultdict(int), defaultdict(int)
    for document, cut in line_cases(corpus.load("test"), count, random.Random(5)):
        prompt = Prompt(document.language, document.path.split("/")[-1], document.text[: cut.start], document.text[cut.end :])
        answer, _ = model.greedy(encoder.prompt(prompt, config.context - 32), encoder.end, 32)
        line = ids.decode(answer, skip_special_tokens=True).split("\n")[0].rstrip()
        totals[document.language] += 1
        hits[document.language] += line == document.text[cut.start : cut.end].rstrip()
    rates = {k: round(hits[k] / totals[k], 4) for k in totals}
    return {"cases": count, "exact_line": round(sum(hits.values()) / count, 4), **rates}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="nano")
    parser.add_argument("--rows", type=int, default=128, help="validation rows of one context each")
    parser.add_argument("--cases", type=int, default=200)
    arguments = parser.parse_args()
    config = SIZES[arguments.size]
    report = {"size": config.name, "loss": losses(config, arguments.rows), "lines": exact_lines(config, arguments.cases)}
    (config.checkpoint_folder / "eval.json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
