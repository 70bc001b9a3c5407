"""Read the data files of the forms, which ship with the package and are reviewed as text."""

from __future__ import annotations

from importlib.resources import files


def data_lines(name: str) -> list[str]:
    """Return the lines of one file of `data`, without empty ones and comments (#)."""
    lines = (files("monitor.text.forms") / "data" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
