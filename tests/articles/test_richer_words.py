"""What a second feed of an outlet adds to an article that another one showed first."""

from __future__ import annotations

import pytest

from monitor.articles.richer_words import says_more
from monitor.model import Article


def article(title: str, lead: str = "", body: str = "") -> Article:
    return Article("news", "https://news.test/70018", title, lead, body)


TITLE, ADDRESS = "Storm over the harbour", "https://news.test/70018"


@pytest.mark.parametrize(
    ("shown", "known", "more"),
    [
        (article(TITLE, "Rain."), article(TITLE), True),
        (article(TITLE, body="Rain."), article(ADDRESS), True),
        (article(TITLE, "Rain."), article(TITLE, TITLE), True),
        (article(TITLE), article(ADDRESS), True),
        (article(TITLE), article(TITLE), False),
        (article(TITLE, TITLE), article(TITLE), False),
        (article("Storm over the town"), article(TITLE), False),
        (article(ADDRESS), article(ADDRESS), False),
        (article(TITLE), article(ADDRESS, "Rain."), False),
        (article(TITLE, "Rain. More rain."), article(TITLE, "Rain."), False),
        (article(ADDRESS), article(TITLE), False),
    ],
)
def test_a_text_or_a_title_that_was_missing_is_more(shown: Article, known: Article, more: bool) -> None:
    assert says_more(shown, known) is more


def test_nothing_is_said_of_what_was_deleted() -> None:
    assert not says_more(article(TITLE, "Rain."), None)
