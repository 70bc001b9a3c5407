from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.query.date_range import date_range
from tests.query.reading import NOW, article, found


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("outlet:tass", True),
        ("outlet:TASS", True),
        ("outlet:bbc", False),
        ("outlet:(bbc OR tass)", True),
        ("outlet:(bbc OR interfax)", False),
        ("group:state-media", True),
        ("group:agencies", False),
        ("country:ru", True),
        ("country:no", False),
        ("lang:en", True),
        ("language:en", True),
        ("lang:ru", False),
        ("x AND words>3", True),
        ("x AND words>4", False),
        ("x AND words<5", True),
        ("x AND words<=4", True),
        ("x AND words>=5", False),
        ("x AND NOT outlet:bbc", True),
        ("title:x", True),
        ("title:y", False),
        ("body:x", False),
        ("body:y", True),
        ("lead:s", True),
        ("lead:y", False),
        ("s", False),
        ("url:world", True),
        ("author:black", True),
        ('author:"black al"', False),
        ("tag:war", True),
        ("first/1(y)", True),
        ("first/1(z)", False),
        ("title:(first/1(w))", False),
        ("first/1(title:x)", True),
        ("first/1(lead:s)", True),
        ("title:(x AND outlet:tass)", True),
    ],
)
def test_a_field_looks_where_it_says(query: str, matches: bool) -> None:
    read = article(
        "y z", title="x w", lead="s", url="https://example.org/world/1", authors=("Jo Black", "Al W"), tags=("war",)
    )
    assert (found(query, read) is not None) == matches


def test_a_summary_is_the_body_where_there_is_none() -> None:
    assert found("x AND body:x AND lead:x", article(lead="x", title="t")) == ["x"]


def test_the_lead_is_the_first_sixty_words_where_there_is_no_summary() -> None:
    assert found("lead:x", article("w " * 59 + "x")) == ["x"]
    assert found("lead:x", article("w " * 60 + "x")) is None


def test_the_language_of_the_article_comes_before_its_outlets() -> None:
    assert found("lang:tr", article("x", language="tr-TR")) == []
    assert found("lang:en", article("x", language="tr")) is None


@pytest.mark.parametrize(
    ("text", "moment", "inside"),
    [
        ("P2D", NOW - timedelta(days=2), True),
        ("P2D", NOW - timedelta(days=2, seconds=1), False),
        ("PT6H", NOW - timedelta(hours=5), True),
        ("P1W", NOW - timedelta(days=8), False),
        ("2026-10-05", datetime(2026, 10, 5, 23, 59, tzinfo=UTC), True),
        ("2026-10-05", datetime(2026, 10, 6, tzinfo=UTC), False),
        ("2026-10-01/2026-10-31", datetime(2026, 10, 31, 23, tzinfo=UTC), True),
        ("2026-10-01/2026-10-31", datetime(2026, 11, 1, tzinfo=UTC), False),
        ("2026-10-01..2026-10-31", datetime(2026, 10, 1, tzinfo=UTC), True),
        ("2026-10-01/P7D", datetime(2026, 10, 8, tzinfo=UTC), False),
        ("P7D/2026-10-31", datetime(2026, 10, 25, tzinfo=UTC), True),
        ("2026-10-01/..", datetime(2030, 1, 1, tzinfo=UTC), True),
        ("2026-10-01T10:00+03:00/2026-10-01T11:00+03:00", datetime(2026, 10, 1, 7, 30, tzinfo=UTC), True),
    ],
)
def test_a_window_holds_what_iso_8601_says(text: str, moment: datetime, inside: bool) -> None:
    assert date_range(text).contains(moment, NOW) == inside
    assert (found(f"x AND published:{text}", article("x", published=moment)) is not None) == inside


def test_an_article_without_a_date_counts_from_when_it_was_seen() -> None:
    assert found("x AND published:P2D", article("x", seen=NOW)) == ["x"]
    assert found("x AND published:P2D", article("x")) is None


@pytest.mark.parametrize("text", ["", "P", "yesterday", "2026-13-01", "2026-10-31/2026-10-01", "/", "P2D/P3D", "../.."])
def test_what_is_no_window_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        date_range(text)


@given(st.text(alphabet="P0123456789YMDTHW/-:.+", max_size=40))
def test_any_text_is_a_window_or_refused(text: str) -> None:
    try:
        made = date_range(text)
    except (ValueError, OverflowError):
        return
    made.contains(NOW, NOW)
