"""Owns the picture of a training: loss against tokens, drawn from log.jsonl as an SVG for the model card."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from config import REPOSITORY, SIZES, ModelConfig

WIDTH, HEIGHT, MARGIN = 640, 320, 44
COLOURS = {"loss": "#8888aa", "val_loss": "#d2602a"}
LABELS = {"loss": "training (middles weigh 3)", "val_loss": "held-out packages"}
Point = tuple[float, float]


def series(log: Path) -> dict[str, list[Point]]:
    """Points (million tokens, nats per token); a restart that goes back replaces what it repeats."""
    found: dict[str, list[Point]] = {name: [] for name in COLOURS}
    for line in log.read_text().splitlines():
        report = json.loads(line)
        for name, points in found.items():
            if name in report:
                x = report["tokens"] / 1e6
                points[:] = [p for p in points if p[0] < x]
                points.append((x, report[name]))
    return found


def draw(found: dict[str, list[Point]]) -> str:
    points = [p for line in found.values() for p in line]
    right, low, high = max(p[0] for p in points), min(p[1] for p in points) - 0.2, 6.0

    def place(point: Point) -> str:
        x = MARGIN + point[0] / right * (WIDTH - 2 * MARGIN)
        y = MARGIN + (high - min(point[1], high)) / (high - low) * (HEIGHT - 2 * MARGIN)
        return f"{x:.1f},{y:.1f}"

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">']
    parts.append(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>')
    for tick in range(int(low) + 1, int(high) + 1):
        left_end, right_end = place((0, tick)), place((right, tick))
        parts.append(f'<polyline points="{left_end} {right_end}" stroke="#ddd"/>')
        parts.append(f'<text x="{MARGIN - 8}" y="{float(left_end.split(",")[1]) + 4}" text-anchor="end">{tick}</text>')
    for i, (name, line) in enumerate(found.items()):
        parts.append(f'<polyline points="{" ".join(map(place, line))}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>')
        parts.append(f'<text x="{WIDTH - MARGIN}" y="{MARGIN + 16 * i}" text-anchor="end" fill="{COLOURS[name]}">{LABELS[name]}</text>')
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">million tokens (0 to {right:.1f}); loss in nats per token</text>')
    return "\n".join([*parts, "</svg>", ""])


def build(config: ModelConfig) -> None:
    picture = draw(series(config.checkpoint_folder / "log.jsonl"))
    (REPOSITORY / "docs" / f"model-loss-{config.name}.svg").write_text(picture)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="nano")
    build(SIZES[parser.parse_args().size])
