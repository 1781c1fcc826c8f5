"""Owns the training sample: how one place in one file becomes token ids, in the very format of the runtime's prompt."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate

from tokenizers import Tokenizer

import cursor
import tokenizer as markers
from corpus import Document
from languages import WEIGHTS, marker

PLAIN, PSM = 0.25, 0.15
SUFFIX_TOKENS, MIDDLE_TOKENS = 128, 160
CHARACTERS_PER_TOKEN = 6


@dataclass(frozen=True)
class Prompt:
    """What surrounds the middle: the language marker, the path, and the text on both sides of the cursor."""

    language: str
    path: str
    prefix: str
    suffix: str


class Encoder:
    """Turns text into ids; path, suffix, prefix and middle are tokenized separately, for the cursor may be inside a word."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        ids = {name: tokenizer.token_to_id(name) for name in markers.SPECIALS}
        self.end, self.file, self.pad = ids[markers.END], ids[markers.FILE], ids[markers.PAD]
        self.prefix, self.suffix, self.middle = ids[markers.PREFIX], ids[markers.SUFFIX], ids[markers.MIDDLE]

    def text(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids if text else []

    def header(self, language: str, path: str) -> list[int]:
        return [self.tokenizer.token_to_id(marker(language)), self.file, *self.text(path + "\n")]

    def prompt(self, prompt: Prompt, limit: int, suffix_limit: int = SUFFIX_TOKENS, suffix_first: bool = True) -> list[int]:
        """At most `limit` ids that end in fim_middle: the head of the suffix, the tail of the prefix."""
        header = self.header(prompt.language, prompt.path)
        suffix = self.text(prompt.suffix[: suffix_limit * CHARACTERS_PER_TOKEN])[:suffix_limit]
        room = max(0, limit - len(header) - len(suffix) - 3)
        tail = self.text(prompt.prefix[-room * CHARACTERS_PER_TOKEN :]) if room else []
        prefix = tail[-room:] if room else []
        if suffix_first:
            return [*header, self.suffix, *suffix, self.prefix, *prefix, self.middle]
        return [*header, self.prefix, *prefix, self.suffix, *suffix, self.middle]


class Sampler:
    """Draws documents by language share and package size, and samples from them."""

    def __init__(self, documents: list[Document], tokenizer: Tokenizer, seed: int) -> None:
        self.encoder, self.rng = Encoder(tokenizer), random.Random(seed)
        specials = tuple(markers.SPECIALS)
        by_language: dict[str, list[Document]] = {}
        for document in documents:
            if "<|" not in document.text or not any(s in document.text for s in specials):
                by_language.setdefault(document.language, []).append(document)
        self.languages = [k for k in WEIGHTS if k in by_language]
        self.shares = [WEIGHTS[k] for k in self.languages]
        self.documents = {k: (v, list(accumulate(document_weights(v)))) for k, v in by_language.items()}

    def document(self) -> Document:
        language = self.rng.choices(self.languages, self.shares)[0]
        documents, weights = self.documents[language]
        return self.rng.choices(documents, cum_weights=weights)[0]

    def path(self, document: Document) -> str:
        """The end of the path: often the bare name, which is all that a playground has."""
        return "/".join(document.path.split("/")[-self.rng.choice((1, 1, 2, 3)) :])

    def plain(self, document: Document, limit: int) -> list[int]:
        start = cursor.line_bounds(document.text, self.rng.randrange(len(document.text)))[0]
        start = 0 if self.rng.random() < 0.2 else start
        header = self.encoder.header(document.language, self.path(document))
        text = document.text[start : start + limit * CHARACTERS_PER_TOKEN]
        ids = self.encoder.text(text)
        finished = len(header) + len(ids) < limit and start + len(text) == len(document.text)
        return [*header, *ids, *([self.encoder.end] if finished else [])][:limit]

    def filled(self, document: Document, limit: int) -> list[int]:
        text, rng = document.text, self.rng
        cut = cursor.choose(text, rng)
        middle = self.encoder.text(text[cut.start : cut.end])[:MIDDLE_TOKENS]
        suffix = text[cut.end :]
        if rng.random() < 0.25:  # text typed at the end of a file: nothing, or the rest of the line, follows
            suffix = suffix[: max(0, suffix.find("\n")) + rng.randint(0, 1)]
        room = limit - len(middle) - 1
        if rng.random() < 0.5:
            room = rng.randint(min(96, room), room)
        prompt = Prompt(document.language, self.path(document), text[: cut.start], suffix)
        suffix_limit = min(rng.randint(8, SUFFIX_TOKENS), max(0, room // 3))
        suffix_first = rng.random() >= PSM / (1 - PLAIN)
        return [*self.encoder.prompt(prompt, room, suffix_limit, suffix_first), *middle, self.encoder.end][:limit]

    def sample(self, limit: int) -> list[int]:
        document = self.document()
        return self.plain(document, limit) if self.rng.random() < PLAIN else self.filled(document, limit)

    def row(self, width: int) -> list[int]:
        """Whole samples side by side until the row is full; what is left is padding, which carries no loss."""
        ids: list[int] = []
        while width - len(ids) >= 64:
            ids += self.sample(width - len(ids))
        return ids + [self.encoder.pad] * (width - len(ids))


def document_weights(documents: list[Document]) -> list[float]:
    """By size, with large packages damped so that no single one sets the tone."""
    totals: dict[str, int] = {}
    for document in documents:
        totals[document.package] = totals.get(document.package, 0) + len(document.text)
    damp = {package: total**-0.3 for package, total in totals.items()}
    declarations = 0.3
    return [len(d.text) * damp[d.package] * (declarations if ".d." in d.path else 1.0) for d in documents]
