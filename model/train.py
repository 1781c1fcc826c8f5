"""Owns the training loop: a bounded slice of time, a schedule that can always be continued, one JSON line per report."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from batches import Batches
from checkpoint import Checkpoint, Progress, load_weights
from config import SIZES, ModelConfig
from muon import Muon
from quantization import Rounding
from transformer import Transformer

WARM_UP_STEPS, DECAY_SHARE, ROUNDED_SHARE = 100, 0.30, 0.10
MUON_RATE, ADAM_RATE, RATED_ROWS = 0.02, 0.003, 64  # for steps of 64 rows; smaller steps are noisier and take smaller rates
REPORT_STEPS, SAVE_SECONDS = 20, 300


class Trainer:
    """A model, its optimizers, its data and its progress."""

    def __init__(self, config: ModelConfig, minutes: float, rows: int, peak: float, start: Path | None, compiled: bool) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.rows_per_step, self.peak = rows, peak * min(1.0, rows / RATED_ROWS) ** 0.5
        torch.manual_seed(1)
        self.model = Transformer(config).to(self.device)
        matrices = [p for _, p in self.model.matrices()]
        chosen = {id(p) for p in matrices}
        others = [p for p in self.model.parameters() if id(p) not in chosen]
        self.muon = Muon(matrices, lr=MUON_RATE)
        self.adam = torch.optim.AdamW(others, lr=ADAM_RATE, betas=(0.9, 0.95), weight_decay=0.0)
        self.rounding = Rounding(self.model)
        self.batches = Batches(config, self.device)
        self.checkpoint = Checkpoint(config.checkpoint_folder)
        self.progress = self.checkpoint.load(self.model, [self.muon, self.adam]) if start is None else Progress()
        if start is not None:
            load_weights(self.model, start)
        if self.progress.finished or self.progress.budget == 0:
            self.progress.elapsed, self.progress.finished = 0.0, False
        self.progress.budget = minutes * 60
        warm = start is None and self.checkpoint.optimizer.exists()
        self.first_step = self.progress.step - (WARM_UP_STEPS if warm else 0)
        self.forward = torch.compile(self.model) if compiled else self.model
        self.log = (config.checkpoint_folder / "log.jsonl").open("a", buffering=1)

    @property
    def share(self) -> float:
        return self.progress.elapsed / self.progress.budget

    def rate(self) -> float:
        """Warm-up when the optimizer is new, then stable, then linearly to zero at the end of the budget."""
        warm = min(1.0, (self.progress.step - self.first_step + 1) / WARM_UP_STEPS)
        return self.peak * min(warm, max(0.0, (1 - self.share) / DECAY_SHARE))

    def loss(self, rows: object, middle_weight: float) -> torch.Tensor:
        inputs, labels, weights = self.batches.tensors(rows, middle_weight)  # type: ignore[arg-type]
        with torch.autocast(self.device.type, torch.bfloat16):
            logits = self.forward(inputs)
        losses = F.cross_entropy(logits.float().flatten(0, 1), labels.flatten(), reduction="none")
        return (losses * weights.flatten()).sum() / weights.sum()

    def step(self) -> float:
        rate = self.rate()
        for optimizer, peak in ((self.muon, MUON_RATE), (self.adam, ADAM_RATE)):
            optimizer.param_groups[0]["lr"] = peak * rate
        rows = self.batches.rows(self.progress.rows, self.rows_per_step)
        with self.rounding.applied(self.share > 1 - ROUNDED_SHARE):
            loss = self.loss(rows, 3.0)
            loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.muon.step()
        self.adam.step()
        self.model.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.rows += self.rows_per_step
        self.progress.tokens += rows.size - len(rows)
        return float(loss.detach())

    @torch.no_grad()
    def validate(self, rows: int = 48) -> float:
        table = self.batches.validation[:rows]
        parts = [float(self.loss(table[i : i + self.rows_per_step], 1.0)) for i in range(0, rows, self.rows_per_step)]
        return sum(parts) / len(parts)

    def report(self, **values: float) -> None:
        line = {"step": self.progress.step, "tokens": self.progress.tokens, "minutes": round(self.progress.elapsed / 60, 2)}
        text = json.dumps(line | {k: round(v, 4) for k, v in values.items()})
        print(text, flush=True)
        self.log.write(text + "\n")

    def save(self) -> None:
        self.report(val_loss=self.validate())
        self.checkpoint.save(self.model, [self.muon, self.adam], self.progress)

    def run(self) -> None:
        clock = saved = time.monotonic()
        losses: list[float] = []
        tokens, mark = self.progress.tokens, clock
        while self.share < 1:
            losses.append(self.step())
            now = time.monotonic()
            self.progress.elapsed += now - clock
            self.progress.total_seconds += now - clock
            clock = now
            if len(losses) == REPORT_STEPS:
                self.report(loss=sum(losses) / len(losses), rate=self.rate(), tok_s=(self.progress.tokens - tokens) / (now - mark))
                losses, tokens, mark = [], self.progress.tokens, now
            if now - saved > SAVE_SECONDS:
                self.save()
                saved = now
        self.progress.finished = True
        self.save()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="nano")
    parser.add_argument("--minutes", type=float, default=100)
    parser.add_argument("--rows", type=int, default=64 if torch.cuda.is_available() else 4, help="rows of one context each per step")
    parser.add_argument("--rate", type=float, default=1.0, help="factor of both learning rates")
    parser.add_argument("--start", type=Path, help="begin from these weights alone (safetensors)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--eager", action="store_true", help="do not compile the model")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    Trainer(SIZES[arguments.size], arguments.minutes, arguments.rows, arguments.rate, arguments.start, not arguments.eager).run()


if __name__ == "__main__":
    main()
