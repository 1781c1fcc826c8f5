"""Owns where a sample is cut: cursor positions as they occur in an editor, and what should be written there."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

AFTER = re.compile(r"[(\[{.,=:<>\"'\s]")
PAIRS = re.compile(r"\(([^()\n]*)\)|\[([^\[\]\n]*)\]|\{([^{}\n]*)\}|\"([^\"\n]*)\"|'([^'\n]*)'|<([^<>\n]*)>")

# How often each kind of cut is made.
KINDS = {"line": 0.60, "brackets": 0.10, "block": 0.14, "empty": 0.05, "span": 0.11}


@dataclass(frozen=True)
class Cut:
    """The middle is text[start:end]."""

    kind: str
    start: int
    end: int


def line_bounds(text: str, position: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return start, len(text) if end < 0 else end


def written_line(text: str, rng: random.Random) -> tuple[int, int]:
    """The bounds of a random line that is not blank (after a few tries, of any line)."""
    start, end = 0, 0
    for _ in range(8):
        start, end = line_bounds(text, rng.randrange(len(text)))
        if text[start:end].strip():
            break
    return start, end


def column(text: str, start: int, end: int, rng: random.Random) -> int:
    """A cursor position in the line: after the indentation, after a telling character, or anywhere."""
    line = text[start:end]
    indent = start + len(line) - len(line.lstrip())
    choice = rng.random()
    if choice < 0.30 or indent >= end:
        return min(indent, end)
    if choice < 0.65 and (places := [start + m.end() for m in AFTER.finditer(line) if start + m.end() > indent]):
        return rng.choice(places)
    return rng.randint(indent, end)


def lines_on(text: str, end: int, count: int) -> int:
    """The end of the line that stands `count` lines further down."""
    for _ in range(count):
        if end >= len(text):
            break
        end = line_bounds(text, end + 1)[1]
    return end


def choose(text: str, rng: random.Random, kind: str | None = None) -> Cut:
    kind = kind or rng.choices(list(KINDS), list(KINDS.values()))[0]
    start, end = written_line(text, rng)
    if kind == "empty":
        return Cut(kind, end, end)
    if kind == "brackets" and (pairs := [m for m in PAIRS.finditer(text[start:end]) if m.lastindex]):
        pair = rng.choice(pairs)
        inside, stop = start + pair.start() + 1, start + pair.end() - 1
        return Cut(kind, inside if rng.random() < 0.6 else rng.randint(inside, stop), stop)
    cursor = column(text, start, end, rng)
    if kind == "block":
        return Cut(kind, cursor, lines_on(text, end, rng.randint(1, 5)))
    if kind == "span":
        return Cut(kind, cursor, min(len(text), cursor + rng.randint(3, 160)))
    return Cut("line", cursor, end)
