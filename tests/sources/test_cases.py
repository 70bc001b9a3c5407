"""The floor that always runs: feeds of our own writing, damaged, with what must come out beside each."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import ParseError
from monitor.model import Page
from monitor.sources import parse

_CASES = Path(__file__).parents[1] / "data" / "sources"
_ABOUT_PAGE = ("title", "language", "next_page")
_URL = "https://www.example.org/feed.xml"


def cases() -> list[str]:
    return sorted(path.stem for path in _CASES.glob("*.xml"))


def seen(value: object) -> object:
    """A value as JSON writes it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def test_there_are_enough_of_them() -> None:
    assert len(cases()) >= 60


@pytest.mark.parametrize("case", cases())
def test_what_must_come_out_comes_out(case: str) -> None:
    want: dict[str, Any] = json.loads((_CASES / f"{case}.json").read_text(encoding="utf-8"))
    page = Page(_URL, 200, want["headers"], (_CASES / f"{case}.xml").read_bytes())
    if "error" in want:
        with pytest.raises(ParseError) as caught:
            parse(want["kind"], page, language=want["outlet_language"])
        assert caught.value.reason == want["error"]
        return
    parsed = parse(want["kind"], page, language=want["outlet_language"])
    assert {key: getattr(parsed, key) for key in _ABOUT_PAGE if key in want} == {
        key: want[key] for key in _ABOUT_PAGE if key in want
    }
    got = [
        {key: seen(getattr(entry, key)) for key in wanted}
        for entry, wanted in zip(parsed.entries, want["entries"], strict=True)
    ]
    assert got == want["entries"]
