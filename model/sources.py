"""Owns the finding of packages on this machine: crates, Python distributions and npm packages, with their licences."""

from __future__ import annotations

import email
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


def held_out() -> dict[str, str]:
    """Which split ("calibration" or "test") a held-out family belongs to."""
    splits: dict[str, str] = {}
    split = ""
    for line in Path(__file__).with_name("held_out.txt").read_text().splitlines():
        if line.startswith("["):
            split = line.strip("[]")
        elif not line.startswith("#"):
            splits |= dict.fromkeys(line.split(), split)
    return splits


HELD_OUT = held_out()


@dataclass(frozen=True)
class Package:
    """One package: where its files are and what its metadata says about them."""

    ecosystem: str
    name: str
    version: str
    licence: str
    root: Path
    files: tuple[Path, ...]

    @property
    def split(self) -> str:
        """"train", or where a held-out family belongs; the name alone decides, so every version goes the same way."""
        return HELD_OUT.get(self.family, "train")

    @property
    def family(self) -> str:
        """Packages of one project share a family: what stands before the first separator, or the npm scope."""
        name = self.name.lower()
        return name.split("/")[0] if name.startswith("@") else re.split(r"[-_.]", name)[0]


def crates(vendor: Path) -> Iterator[Package]:
    for manifest in sorted(vendor.glob("*/Cargo.toml")):
        package = tomllib.loads(manifest.read_text(errors="replace")).get("package", {})
        licence = package.get("license")
        if isinstance(licence, str):
            root = manifest.parent
            yield Package("crate", package["name"], str(package.get("version")), licence, root, tuple(root.rglob("*")))


def npm_packages(modules: Path) -> Iterator[Package]:
    seen: set[tuple[str, str]] = set()
    for manifest in sorted(modules.rglob("package.json")):
        parent = manifest.parent.parent
        if parent.name != "node_modules" and not (parent.name.startswith("@") and parent.parent.name == "node_modules"):
            continue
        try:
            package = json.loads(manifest.read_text(errors="replace"))
        except ValueError:
            continue
        licence = package.get("license")
        licence = licence.get("type") if isinstance(licence, dict) else licence
        key = (str(package.get("name")), str(package.get("version")))
        if isinstance(licence, str) and key[0] != "None" and key not in seen:
            seen.add(key)
            root = manifest.parent
            files = tuple(f for f in root.rglob("*") if "node_modules" not in f.relative_to(root).parts)
            yield Package("npm", key[0], key[1], licence, root, files)


def python_licence(metadata: email.message.Message) -> str | None:
    """The expression if there is one, else the classifiers, else a short free-form field."""
    if expression := metadata.get("License-Expression"):
        return expression
    classifiers = [c.split("::")[-1].strip() for c in metadata.get_all("Classifier", []) if c.startswith("License ::")]
    classifiers = [c for c in classifiers if c != "OSI Approved"]
    return " AND ".join(classifiers) if classifiers else metadata.get("License")


def distributions(site: Path) -> Iterator[Package]:
    for info in sorted(site.glob("*.dist-info")):
        metadata = email.message_from_string((info / "METADATA").read_text(errors="replace"))
        record = info / "RECORD"
        if licence := python_licence(metadata):
            names = [line.split(",")[0] for line in record.read_text().splitlines()] if record.exists() else []
            files = tuple(site / n for n in names if not n.startswith(("..", '"')) and "/_vendor/" not in n)
            yield Package("pypi", metadata["Name"], metadata["Version"], licence, site, files)


def standard_library() -> Iterator[Package]:
    root = Path(json.__file__).parent.parent
    skip = {"site-packages", "__pycache__", "lib2to3", "idlelib", "encodings"}
    files = tuple(f for f in root.rglob("*.py") if not skip & set(f.relative_to(root).parts))
    yield Package("stdlib", "python", ".".join(map(str, sys.version_info[:3])), "PSF-2.0", root, files)


def all_packages(folder: Path) -> Iterator[Package]:
    """Every package of the corpus folder, whatever its licence."""
    yield from crates(folder / "cargo" / "vendor")
    yield from npm_packages(folder / "npm" / "node_modules")
    yield from standard_library()
    sites = [folder / "site", *(Path(p) for p in sys.path if p.endswith("site-packages"))]
    names: set[str] = set()
    for site in sites:
        for package in distributions(site):
            if package.name.lower() not in names:
                names.add(package.name.lower())
                yield package
