"""Owns the evaluation cases: cursors in held-out files, as the test set that is shipped and the set that calibrates."""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import defaultdict
from pathlib import Path

import corpus
import cursor
from config import CORPUS
from samples import document_weights

SHIPPED = Path(__file__).with_name("evaluation") / "test.jsonl.gz"
CASES = {"javascript": 180, "typescript": 180, "python": 320, "rust": 320, "html": 110, "css": 110, "shell": 100}
KINDS = {"line": 0.34, "midline": 0.34, "block": 0.12, "noise": 0.20}
CASES_PER_FILE, SMALLEST_FILE = 3, 400
MOST_NEIGHBOURS, USUAL_FILE, NEIGHBOUR_CHARACTERS = 6, 6_000, 8_000
PREFIX_CHARACTERS, SUFFIX_CHARACTERS = 9_000, 2_500
COMMENT = {"python": "#", "shell": "#", "html": "-->", "css": "*/"}
FINISHED = {"python": re.compile(r"[\w)\]\"']$"), "html": re.compile(r">$"), "shell": re.compile(r"[\w\"'};]$")}
PROSE = re.compile(r"([\"'])(?=[^\"'\n]*[a-z] [a-z])([A-Za-z][^\"'\n]{12,80})\1")


def candidates(text: str) -> list[tuple[int, int]]:
    """Bounds of the lines that are not blank and not so long that nobody types them."""
    bounds, start = [], 0
    for line in text.split("\n"):
        if 3 <= len(line.strip()) <= 160:
            bounds.append((start, start + len(line)))
        start += len(line) + 1
    return bounds


def indented(text: str, start: int, end: int) -> int:
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def midline(text: str, start: int, end: int, rng: random.Random) -> cursor.Cut:
    first = indented(text, start, end) + 1
    if rng.random() < 0.15 and (pairs := [m for m in cursor.PAIRS.finditer(text[start:end]) if m.group(m.lastindex or 0)[1:]]):
        pair = rng.choice(pairs)
        return cursor.Cut("midline", start + pair.start() + 1, start + pair.end() - 1)
    places = [start + m.end() for m in cursor.AFTER.finditer(text[start:end]) if first <= start + m.end() < end]
    at = rng.choice(places) if places and rng.random() < 0.6 else rng.randint(first, max(first, end - 1))
    return cursor.Cut("midline", at, end)


def block(text: str, start: int, end: int, rng: random.Random) -> cursor.Cut | None:
    stop = cursor.lines_on(text, end, rng.randint(1, 4))
    return cursor.Cut("block", indented(text, start, end), stop) if text[end:stop].strip() else None


def noise(document: corpus.Document, start: int, end: int, rng: random.Random) -> cursor.Cut | None:
    """Where nothing belongs: after a finished statement or comment, before text that says it already, inside prose."""
    text, line = document.text, document.text[start:end]
    sort = rng.choice(("statement", "comment", "before", "prose"))
    stripped = line.strip()
    comment = stripped.startswith(("//", "#", "/*", "*", "<!--")) and not stripped.startswith(("#[", "#!", "#i", "#d"))
    if sort == "statement" and not comment:
        finished = FINISHED.get(document.language, re.compile(r"[;}]$"))
        return cursor.Cut("noise-statement", end, end) if finished.search(stripped) and line == line.rstrip() else None
    if sort == "comment" and comment and re.search(r"\w\.$|\*/$|-->$", line):
        return cursor.Cut("noise-comment", end, end)
    if sort == "before" and not comment:
        at = indented(text, start, end)
        places = [start + m.end() for m in re.finditer(r"[\s(.=]", line) if at < start + m.end() < end - 3]
        at = rng.choice([at, *places])
        return cursor.Cut("noise-before", at, at)
    if sort == "prose" and (found := PROSE.search(line)):
        at = start + found.start(2) + rng.choice([m.end() for m in re.finditer(r"\w+", found.group(2))])
        return cursor.Cut("noise-prose", at, at)
    return None


def choose(document: corpus.Document, kind: str, rng: random.Random) -> cursor.Cut | None:
    lines = candidates(document.text)
    if not lines:
        return None
    start, end = rng.choice(lines)
    if kind == "noise":
        return noise(document, start, end, rng)
    if kind == "midline":
        return midline(document.text, start, end, rng)
    if kind == "block":
        return block(document.text, start, end, rng)
    return cursor.Cut("line", indented(document.text, start, end), end)


def case(document: corpus.Document, cut: cursor.Cut, number: int) -> dict[str, str]:
    return {
        "id": f"{cut.kind}-{document.language}-{number}",
        "language": document.language,
        "path": document.path.split("/")[-1],
        "prefix": document.text[: cut.start][-PREFIX_CHARACTERS:],
        "suffix": document.text[cut.end :][:SUFFIX_CHARACTERS],
        "middle": document.text[cut.start : cut.end],
    }


def of_language(documents: list[corpus.Document], wanted: int, rng: random.Random) -> list[dict[str, str]]:
    """At most a few cases of each file, and those next to each other, so that they pack well."""
    documents = [d for d in documents if len(d.text) >= SMALLEST_FILE and ".d." not in d.path]
    weights, found = document_weights(documents) if documents else [], []
    for _ in range(wanted * 20):
        if len(found) >= wanted or not documents:
            break
        document = rng.choices(documents, weights)[0]
        for _ in range(CASES_PER_FILE):
            kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
            cuts = (choose(document, kind, rng) for _ in range(40))
            cut = next((c for c in cuts if c and (c.kind.startswith("noise") or document.text[c.start : c.end].strip())), None)
            if cut:
                found.append(case(document, cut, len(found)))
    return found[:wanted]


def neighbours(document: corpus.Document, package: list[corpus.Document]) -> list[str]:
    """What a project would have open beside the file: files of the same folder first, then those of a usual size."""
    folder = Path(document.path).parent
    others = [d for d in package if d.text != document.text]
    others.sort(key=lambda d: (Path(d.path).parent != folder, abs(len(d.text) - USUAL_FILE)))
    texts = [d.text[:NEIGHBOUR_CHARACTERS].rsplit("\n", 1)[0] + "\n" for d in others[:MOST_NEIGHBOURS]]
    return [text for text in texts if len(text) >= SMALLEST_FILE]


def write_among_others(path: Path, seed: int) -> None:
    """Cases of held-out packages with several files of a language; each carries its neighbours."""
    rng, packages, found = random.Random(seed), defaultdict(list), []
    for document in corpus.load("test"):
        if len(document.text) >= SMALLEST_FILE and ".d." not in document.path:
            packages[document.package, document.language].append(document)
    for language, count in CASES.items():
        groups = [files for (_, other), files in packages.items() if other == language and len(files) > 2]
        for _ in range(count // 3 if groups else 0):
            package = rng.choice(groups)
            for made in of_language([rng.choice(package)], 1, rng):
                document = next(d for d in package if made["prefix"][-200:] + made["middle"] in d.text)
                found.append(made | {"neighbours": neighbours(document, package)})
    path.write_text("".join(json.dumps(c) + "\n" for c in found))
    print(path, len(found), "cases")


def write(path: Path, split: str, scale: float, seed: int) -> None:
    documents, rng = corpus.load(split), random.Random(seed)
    cases = [c for language, count in CASES.items() for c in of_language([d for d in documents if d.language == language], round(count * scale), rng)]
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(c) + "\n" for c in cases).encode()
    path.write_bytes(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)
    print(path, len(cases), "cases,", path.stat().st_size, "bytes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calibration", type=Path, default=CORPUS / "cases" / "calibration.jsonl")
    parser.add_argument("--among-others", type=Path, default=CORPUS / "cases" / "neighbours.jsonl")
    arguments = parser.parse_args()
    write(SHIPPED, "test", 1.0, 7)
    write(arguments.calibration, "calibration", 2.0, 8)
    write_among_others(arguments.among_others, 9)
