"""Every row of docs/moving.md is what the program does, and every system of the table has its heading."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.query.foreign import DIALECTS
from tests.query.foreign.reading import ours

PAGE = (Path(__file__).parents[3] / "docs" / "moving.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(.+?)` \| `(.+)` \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str]]:
    parts = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    return [
        (part.split()[0].lower(), *row)
        for part in parts
        if part.split()[0].lower() in DIALECTS
        for row in ROW.findall(part)
    ]


@pytest.mark.parametrize(("dialect", "theirs", "here"), rows())
def test_a_row_is_what_the_program_does(dialect: str, theirs: str, here: str) -> None:
    assert ours(dialect, theirs) == here


def test_every_system_is_on_the_page() -> None:
    assert {dialect for dialect, _, _ in rows()} == set(DIALECTS)
    assert len(rows()) > 30
