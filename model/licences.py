"""Owns the licence allow-list and the reading of licence expressions in package metadata."""

from __future__ import annotations

import re

ALLOWED = {
    "mit", "mit-0", "apache-2.0", "bsd-2-clause", "bsd-3-clause", "0bsd", "isc", "zlib", "unlicense", "cc0-1.0",
    "psf-2.0", "python-2.0",
}

# Loose spellings found in older metadata.
SPELLINGS = {
    "apache 2.0": "apache-2.0", "apache2": "apache-2.0", "apache-2": "apache-2.0", "apache license 2.0": "apache-2.0",
    "apache license, version 2.0": "apache-2.0", "apache software license": "apache-2.0", "apache 2": "apache-2.0",
    "apache license version 2.0": "apache-2.0", "apache": "apache-2.0", "asl 2": "apache-2.0",
    "mit license": "mit", "the mit license": "mit", "expat": "mit", "x11": "mit",
    "bsd": "bsd-3-clause", "bsd license": "bsd-3-clause", "new bsd": "bsd-3-clause", "new bsd license": "bsd-3-clause",
    "3-clause bsd": "bsd-3-clause", "bsd 3-clause": "bsd-3-clause", "bsd-3": "bsd-3-clause", "bsd-2": "bsd-2-clause",
    "bsd 3-clause license": "bsd-3-clause", "3-clause bsd license": "bsd-3-clause", "simplified bsd": "bsd-2-clause",
    "psf": "psf-2.0", "python software foundation license": "psf-2.0", "python software foundation": "psf-2.0",
    "isc license": "isc", "isc license (iscl)": "isc", "public domain": "unlicense", "the unlicense": "unlicense",
}


def is_allowed(expression: str | None) -> bool:
    """Whether one alternative of an SPDX-like expression consists of allowed licences only."""
    if not expression or len(expression) > 200:
        return False
    text = re.sub(r"[()]", " ", expression) if re.search(r"\b(OR|AND)\b", expression) else expression
    text = text.strip().lower().replace("/", " or ").replace(" with llvm-exception", "")
    alternatives = re.split(r"\s+or\s+", text)
    if "(" in expression and re.search(r"\bAND\b", expression):
        alternatives = [text.replace(" or ", " and ")]  # nested: every name must be allowed
    return any(all(one_allowed(name) for name in re.split(r"\s+and\s+", option)) for option in alternatives)


def one_allowed(name: str) -> bool:
    name = name.strip().strip('"()').strip()
    return SPELLINGS.get(name, name) in ALLOWED
