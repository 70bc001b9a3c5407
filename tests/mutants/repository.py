"""A copy of the repository in which code may be broken."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PARTS = ("monitor", "tests", "config", "docs", "pyproject.toml")


def copy_repository(folder: Path) -> None:
    """Copy what tests need into an empty folder."""
    for part in _PARTS:
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, folder / part)
