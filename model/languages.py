"""Owns the languages: their markers, their file extensions and their share of the training samples."""

from __future__ import annotations

from pathlib import PurePosixPath

EXTENSIONS: dict[str, str] = {
    "js": "javascript", "mjs": "javascript", "cjs": "javascript", "jsx": "javascript",
    "ts": "typescript", "tsx": "typescript", "mts": "typescript",
    "py": "python", "rs": "rust", "html": "html", "htm": "html", "css": "css",
    "wat": "wat", "wast": "wat", "sh": "shell", "bash": "shell", "md": "markdown", "json": "json",
}

# Shares of the samples; what a language cannot fill is spread over the others by the normalization.
WEIGHTS: dict[str, float] = {
    "rust": 0.29, "python": 0.29, "javascript": 0.20, "typescript": 0.11,
    "html": 0.02, "css": 0.03, "wat": 0.002, "shell": 0.006, "markdown": 0.02, "json": 0.008,
}

LANGUAGES = ["javascript", "typescript", "python", "rust", "html", "css", "wat", "shell", "markdown", "json", "text"]


def marker(language: str) -> str:
    return f"<|lang:{language}|>"


def language_of(path: str) -> str | None:
    suffix = PurePosixPath(path).suffix.lstrip(".").lower()
    return EXTENSIONS.get(suffix)
