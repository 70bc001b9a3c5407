"""A folder of configuration files from texts, for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from monitor.config import Config, Loaded, load


def write(directory: Path, files: Mapping[str, str]) -> Path:
    """Write each text (indentation taken off) to its relative path."""
    for path, text in files.items():
        file = directory / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    return directory


def loaded(directory: Path, files: Mapping[str, str], **more: object) -> Loaded:
    """What loading these files gives."""
    return load(write(directory, files), data=directory / "data", **more)  # type: ignore[arg-type]


def good(directory: Path, files: Mapping[str, str], **more: object) -> Config:
    """The configuration that these files make, which must be without a problem."""
    found = loaded(directory, files, **more)
    assert [str(problem) for problem in found.problems] == []
    assert found.config is not None
    return found.config


RULE = """
    rules:
      - name: Peskov
        to: [desk@mail.test]
        query: |
          Peskov
    """
OUTLET = """
    outlets:
      - {name: tass, feed: https://tass.test/rss, groups: [agencies]}
    """
