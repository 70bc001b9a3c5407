"""Whether an address shows another article now: hardly a word of the title kept, and nothing of the text."""

from __future__ import annotations

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


def article(title: str, body: str) -> Article:
    return Article("news", URL, title, "", body, "en")


def test_another_title_over_another_text_is_another_article() -> None:
    assert is_taken(article(*TALKS), article(*CRASH))
    assert is_taken(article(*CRASH), article(*TALKS))


@pytest.mark.parametrize(
    "after",
    [
        article(CRASH[0], TALKS[1]),
        article(CRASH[0], f"{TALKS[1]} {CRASH[1]}"),
        article("Peskov: no talks today or tomorrow", CRASH[1]),
        article(CRASH[0], "In hospital."),
        article("", CRASH[1]),
        article("Live updates: Peskov in hospital", CRASH[1]),
    ],
)
def test_what_keeps_title_or_text_or_says_little_is_an_edit(after: Article) -> None:
    assert not is_taken(article(*TALKS), after)
