"""Read the data files of the forms, which ship with the package."""

from __future__ import annotations

from importlib.resources import files


def data_lines(name: str) -> list[str]:
    """Return the lines of one file of `data`, without empty ones and comments (#)."""
    lines = data_bytes(name).decode().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def data_bytes(name: str) -> bytes:
    """Return the content of one file of `data`."""
    return (files("monitor.text.forms") / "data" / name).read_bytes()
