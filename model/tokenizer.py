"""Owns the tokenizer: byte-level BPE with single-token markers, trained on a sample of the corpus."""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator

from tokenizers import AddedToken, Regex, Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer

import corpus
from config import SIZES, ModelConfig
from languages import LANGUAGES, WEIGHTS, marker

END, PREFIX, SUFFIX, MIDDLE = "<|endoftext|>", "<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"
PAD, REPOSITORY, FILE = "<|fim_pad|>", "<|repo_name|>", "<|file_sep|>"
SPARE = [f"<|spare_{i}|>" for i in range(6)]
SPECIALS = [END, PREFIX, SUFFIX, MIDDLE, PAD, REPOSITORY, FILE, *map(marker, LANGUAGES), *SPARE]

# The pre-tokenizer of Qwen2, so that "tokenizer.ggml.pre" can name one that llama.cpp knows.
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
SAMPLE_BYTES = 24_000_000


def training_text(documents: list[corpus.Document], seed: int = 1) -> Iterator[str]:
    """Whole files in the languages' proportions, up to SAMPLE_BYTES."""
    by_language: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        by_language[document.language].append(document.text)
    for language, texts in sorted(by_language.items()):
        random.Random(seed).shuffle(texts)
        left = WEIGHTS.get(language, 0.0) * SAMPLE_BYTES
        for text in texts:
            if left <= 0:
                break
            left -= len(text)
            yield text


def train(config: ModelConfig) -> Tokenizer:
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = BpeTrainer(
        vocab_size=config.vocab,
        special_tokens=[AddedToken(name, special=True, normalized=False) for name in SPECIALS],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(training_text(corpus.load("train")), trainer)
    assert tokenizer.get_vocab_size() == config.vocab, tokenizer.get_vocab_size()
    return tokenizer


def build(config: ModelConfig) -> None:
    tokenizer = train(config)
    config.tokenizer_file.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(config.tokenizer_file), pretty=False)


def load(config: ModelConfig) -> Tokenizer:
    return Tokenizer.from_file(str(config.tokenizer_file))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="nano")
    build(SIZES[parser.parse_args().size])
