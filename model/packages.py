"""Owns the fetching of the packages that the corpus is read from, by the registries' own clients."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from config import CORPUS

LISTS = Path(__file__).with_name("packages")
WANTED = (".py", ".js", ".ts", ".css", ".html", ".md", ".sh", ".json", "METADATA", "RECORD")


def fetch_crates() -> None:
    folder = CORPUS / "cargo"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(LISTS / "crates.toml", folder / "Cargo.toml")
    (folder / "lib.rs").touch()
    subprocess.run(["cargo", "vendor", "--versioned-dirs", "vendor"], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def fetch_npm() -> None:
    folder = CORPUS / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(LISTS / "package.json", folder / "package.json")
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps", "--force"]
    subprocess.run(["npm", "install", *quiet], cwd=folder, check=True)


def fetch_wheels() -> None:
    """Wheels are only unpacked, never installed."""
    folder = CORPUS / "wheels"
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "-d", str(folder)]
    subprocess.run([*pip, "-r", str(LISTS / "wheels.txt")], check=True)
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(CORPUS / "site", [n for n in archive.namelist() if n.endswith(WANTED)])


def fetch() -> None:
    for target, step in (("cargo/vendor", fetch_crates), ("npm/node_modules", fetch_npm), ("site", fetch_wheels)):
        if not (CORPUS / target).exists():
            step()


if __name__ == "__main__":
    fetch()
