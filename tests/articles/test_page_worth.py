"""When the page behind an article is worth reading, and when a feed's pages are given up and tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.articles import adds_text, has_changed_shape, is_excerpt, pages_worth_reading
from monitor.model import Article

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("body", "is_one"),
    [
        ("", True),
        ("Two sentences. And no more.", True),
        ("A whole article of very many words. " * 40, False),
        ("A long excerpt of very many words. " * 40 + "And then…", True),
        ("A long excerpt of very many words. " * 40 + "And then [...]", True),
        ("Длинный текст новости целиком. " * 40, False),
    ],
)
def test_a_short_text_or_one_that_breaks_off_is_an_excerpt(body: str, is_one: bool) -> None:
    assert is_excerpt(Article("news", "", "", body=body)) is is_one


def test_a_page_adds_something_if_it_is_notably_longer() -> None:
    assert adds_text("", "Anything at all.")
    assert adds_text("x" * 100, "x" * 125)
    assert not adds_text("x" * 100, "x" * 124)


@pytest.mark.parametrize(
    ("length", "before", "has_changed"),
    [(0, 0, False), (40, 0, False), (60, 0, True), (300, 200, False), (600, 200, True), (200, 600, True)],
)
def test_a_feed_with_twice_or_half_the_text_is_another(length: int, before: int, has_changed: bool) -> None:
    assert has_changed_shape(length, before) is has_changed


@pytest.mark.parametrize(
    ("fruitless", "requested_at", "pages"),
    [
        (0, None, 100),
        (4, NOW, 100),
        (5, NOW - timedelta(hours=23), 0),
        (5, NOW - DAY, 1),
        (900, NOW - DAY, 1),
        (5, None, 1),
        (5, NOW + DAY, 1),
    ],
)
def test_five_fruitless_pages_end_it_but_for_one_a_day(
    fruitless: int, requested_at: datetime | None, pages: int
) -> None:
    assert pages_worth_reading(fruitless, requested_at, NOW, 100) == pages
