"""When the page behind an article is worth reading, and when a feed's pages are given up and tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.articles import adds_text, are_pages_given_up, has_changed_shape, is_excerpt, pages_worth_reading
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
        ("A long excerpt of very many words. " * 40 + "And then… Read more", True),
        ("A long excerpt of very many words. " * 40 + "And then…\nContinue reading →", True),
        ("A long excerpt of very many words. " * 40 + "And then... Читать далее", True),
        ("A long excerpt of very many words. " * 40 + "“And then…”", True),
        ("A long excerpt of very many words. " * 40 + "And then …[+2345 chars]", True),
        (
            "A long excerpt of very many words. " * 40 + "And […]\nThe post News of the day appeared first on News.",
            True,
        ),
        ("A whole article… with a pause amid its many words. " * 40, False),
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
    ("fruitless", "given", "known", "given_up"),
    [
        (19, 0, 19, False),
        (20, 0, 20, True),
        (20, 0, 0, True),
        (19, 1, 100, False),
        (20, 1, 21, True),
        (40, 5, 100, False),
        (40, 4, 100, True),
        (90, 4, 80, False),
    ],
)
def test_pages_are_given_up_after_twenty_in_vain_unless_one_in_twenty_gave_text(
    fruitless: int, given: int, known: int, given_up: bool
) -> None:
    assert are_pages_given_up(fruitless, given, known) is given_up


@pytest.mark.parametrize(
    ("given_up", "requested_at", "pages"),
    [
        (False, NOW, 100),
        (True, NOW - timedelta(hours=23), 0),
        (True, NOW - DAY, 1),
        (True, None, 1),
        (True, NOW + DAY, 1),
    ],
)
def test_of_pages_that_were_given_up_one_a_day_is_read(
    given_up: bool, requested_at: datetime | None, pages: int
) -> None:
    assert pages_worth_reading(requested_at, NOW, 100, given_up=given_up) == pages
