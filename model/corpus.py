"""Owns the corpus: cleaned, de-duplicated documents of allowed packages, and the list of what went in."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import filters
import licences
from config import CORPUS
from languages import language_of
from sources import Package, all_packages

DOCUMENTS = CORPUS / "documents.jsonl"
SOURCES = Path(__file__).with_name("sources.tsv")
SKIP_NAMES = ("windows", "winapi", "web-sys", "libc", "linux-raw-sys", "objc2", "ash", "nvidia", "cuda", "khronos", "icu_")
PACKAGE_CAP = 3_000_000
SHINGLE = 3
SEEN_LIMIT = 0.4


@dataclass(frozen=True)
class Document:
    """One file of the corpus."""

    language: str
    package: str
    path: str
    split: str
    text: str


class Duplicates:
    """Drops a file when it, or 40 % of its three-line shingles, has been seen."""

    def __init__(self) -> None:
        self.files: set[bytes] = set()
        self.shingles: set[int] = set()

    def is_new(self, text: str) -> bool:
        digest = hashlib.blake2b("".join(text.split()).encode(), digest_size=12).digest()
        if digest in self.files:
            return False
        self.files.add(digest)
        lines = [stripped for line in text.split("\n") if len(stripped := line.strip()) > 3]
        shingles = {hash("\n".join(lines[i : i + SHINGLE])) for i in range(max(1, len(lines) - SHINGLE + 1))}
        if len(shingles & self.shingles) > SEEN_LIMIT * len(shingles):
            return False
        self.shingles |= shingles
        return True


def documents_of(package: Package, duplicates: Duplicates) -> Iterator[Document]:
    taken: dict[str, int] = defaultdict(int)
    for file in sorted(package.files):
        path = file.relative_to(package.root).as_posix()
        language = language_of(path)
        if language is None or not file.is_file() or file.is_symlink() or taken[language] > PACKAGE_CAP:
            continue
        try:
            text = filters.clean(file.read_text(encoding="utf-8"), language, path)
        except (OSError, UnicodeDecodeError):
            continue
        if text and duplicates.is_new(text):
            taken[language] += len(text)
            yield Document(language, f"{package.ecosystem}:{package.name}", path, package.split, text)


def build() -> None:
    """Writes documents.jsonl (in the cache) and sources.tsv (in the repository)."""
    duplicates = Duplicates()
    rows: list[tuple[Package, dict[str, int]]] = []
    partial = DOCUMENTS.with_suffix(".partial")
    with partial.open("w") as out:
        for package in all_packages(CORPUS):
            if package.name.lower().startswith(SKIP_NAMES) or not licences.is_allowed(package.licence):
                continue
            sizes: dict[str, int] = defaultdict(int)
            for document in documents_of(package, duplicates):
                sizes[document.language] += len(document.text)
                out.write(json.dumps(document.__dict__) + "\n")
            if sizes:
                rows.append((package, sizes))
    partial.rename(DOCUMENTS)
    lines = ["ecosystem\tpackage\tversion\tlicence\tsplit\tbytes by language"]
    for package, sizes in rows:
        counts = " ".join(f"{language}:{count}" for language, count in sorted(sizes.items()))
        lines.append("\t".join((package.ecosystem, package.name, package.version, " ".join(package.licence.split()), package.split, counts)))
    SOURCES.write_text("\n".join(lines) + "\n")
    totals: dict[str, int] = defaultdict(int)
    for package, sizes in rows:
        for language, count in sizes.items():
            totals[f"{language} {package.split}"] += count
    print(json.dumps({k: round(v / 1e6, 2) for k, v in sorted(totals.items())}))


def load(split: str) -> list[Document]:
    with DOCUMENTS.open() as lines:
        return [d for line in lines if (d := Document(**json.loads(line))).split == split]


if __name__ == "__main__":
    build()
