"""Titles that feeds give for want of one are told from titles, also from short and odd ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.stub_titles import is_stub

WHOLE = "Ferry breaks down off Millhaven"


@pytest.mark.parametrize(
    "title",
    [
        *("", "  ", "12.11.2026", "№ 7", "https://news.test/2026/ferry", "www.news.test/ferry", "(No title)"),
        *("* Untitled *", "Без названия", "Ferry breaks…", "Ferry breaks down off Mill...", "FERRY breaks down …"),
    ],
)
def test_a_stub_is_told(title: str) -> None:
    assert is_stub(title, WHOLE)


@pytest.mark.parametrize(
    "title",
    [
        *("Ferry", "Paris", "Ferry breaks down off Millhaven", "Boat sinks…", "Title race opens", "And then…", "文"),
        *("Ferry breaks down off Millhaven, 12 drown…", "NASA.gov is down"),
    ],
)
def test_a_title_is_none(title: str) -> None:
    assert not is_stub(title, WHOLE)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_an_answer(title: str, whole: str) -> None:
    assert is_stub(title, whole) in (True, False)
