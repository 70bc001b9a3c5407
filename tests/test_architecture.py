"""What docs/architecture.md names is there: every file, and every function in the file that it is said to be in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
# A file, and the functions in the brackets behind it or, in a row of its kind, behind a comma.
NAMED = re.findall(r"`([a-z_]+(?:/[a-z_]+)*\.py)`(?:\s*\(([^)]*(?:\(\)[^)]*)*)\)|, `([a-z_]+)`\))?", TEXT)


def test_the_walk_is_long_enough_to_be_checked() -> None:
    assert len(NAMED) > 40
    assert sum(bool(functions or one) for _, functions, one in NAMED) > 35


@pytest.mark.parametrize("file", sorted({file for file, _, _ in NAMED}))
def test_every_file_and_function_of_the_walk_is_there(file: str) -> None:
    code = (ROOT / "monitor" / file).read_text(encoding="utf-8")
    for name in {
        name
        for at, functions, one in NAMED
        if at == file
        for name in (re.findall(r"`([a-z_]+)(?:\(\))?`", functions) or ([one] if one else []))
    }:
        assert re.search(rf"def {name}\(", code), f"{file} has no {name}()"


def test_the_table_of_packages_is_that_of_the_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    packages = {name for layer in layers for name in layer.split(" | ") if (ROOT / "monitor" / name).is_dir()}
    rows = re.findall(r"^\| (`.*?`) \|", TEXT, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([a-z]+)`", row)} == packages


def test_the_table_names_every_module_beside_the_packages() -> None:
    modules = {path.name for path in (ROOT / "monitor").glob("*.py") if not path.name.startswith("__")}
    rows = re.findall(r"^\| (`.*?`) \|", TEXT, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([a-z_]+\.py)`", row)} == modules
