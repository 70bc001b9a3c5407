"""Whether an address shows another article now: hardly a word of the title kept, and nothing of the text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.articles.taken_address import is_taken
from monitor.model import Article

URL = "https://news.test/breaking-news-100"
TALKS = (
    "Peskov: no talks today",
    "Peskov told reporters in Moscow that no talks with Kyiv are planned for today or tomorrow.",
)
CRASH = (
    "Peskov injured in car crash",
    "The spokesman of the Kremlin was taken to hospital after an accident on the ring road.",
)


def article(title: str, body: str, minutes: int = 0) -> Article:
    published = datetime(2026, 11, 30, 12, tzinfo=UTC) + timedelta(minutes=minutes)
    return Article("news", URL, title, "", body, "en", published=published)


def test_another_title_over_another_text_is_another_article() -> None:
    assert is_taken(article(*TALKS), article(*CRASH, minutes=50))
    assert is_taken(article(*CRASH), article(*TALKS, minutes=50))
    assert not is_taken(article(*TALKS), article(*CRASH)), "what keeps its date was written anew"


@pytest.mark.parametrize(
    "after",
    [
        article(CRASH[0], TALKS[1], 50),
        article(CRASH[0], f"{TALKS[1]} {CRASH[1]}", 50),
        article("Peskov: no talks today or tomorrow", CRASH[1], 50),
        article(CRASH[0], "In hospital.", 50),
        article("", CRASH[1], 50),
        article("Live updates: Peskov in hospital", CRASH[1], 50),
    ],
)
def test_what_keeps_title_or_text_or_says_little_is_an_edit(after: Article) -> None:
    assert not is_taken(article(*TALKS), after)
