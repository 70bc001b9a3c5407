"""An edit that says what an earlier one said adds nothing; the same words elsewhere, or others, do."""

from __future__ import annotations

import pytest

from monitor.articles import adds_nothing, goes_back
from monitor.model import Article

LEAD = "All ships wait outside, and the mayor said that no date was fixed for the talks."
PAGE = "The mayor told the council that no date had been fixed. He left at noon on Monday."


def article(lead: str, page: str, title: str = "Harbour") -> Article:
    return Article("news", "https://news.test/1", title, lead=lead, body=f"{lead}\n\n{page}")


TOLD = LEAD.replace("no date", "some later date")
BEFORE = article(TOLD, PAGE)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (PAGE.replace("no date", "some later date"), True),
        (PAGE.replace("no date", "Some later date"), True),
        (PAGE.replace("no date", "some date"), False),
        (PAGE.replace("no date", "some later date").replace("Monday", "Friday"), False),
        (PAGE.replace("mayor", "some later date"), False),
        (PAGE.replace(" He left at noon on Monday.", ""), False),
        (PAGE, False),
    ],
)
def test_the_same_exchange_among_the_same_words_adds_nothing(after: str, expected: bool) -> None:
    assert adds_nothing([article(LEAD, PAGE)], BEFORE, article(TOLD, after)) is expected
    assert not adds_nothing([], BEFORE, article(TOLD, after))
    assert not adds_nothing([article("", "")], BEFORE, article(TOLD, after))
    assert not adds_nothing([article(LEAD, PAGE)], BEFORE, article(TOLD, after, "The harbour"))


def test_words_that_go_back_or_are_exchanged_elsewhere_are_an_edit() -> None:
    both = article(TOLD, PAGE.replace("no date", "some later date"))
    assert not adds_nothing([article(LEAD, PAGE), BEFORE], both, BEFORE)
    elsewhere = PAGE.replace("He left", "In town no date pleased him when he left")
    told = article(TOLD, elsewhere)
    after = article(TOLD, elsewhere.replace("town no date", "town some later date"))
    assert not adds_nothing([article(LEAD, elsewhere)], told, after)


def test_the_feed_s_passage_that_the_page_takes_up_adds_nothing() -> None:
    page = Article("news", "https://news.test/1", "Harbour", lead=TOLD, body=f"{PAGE} {TOLD}")
    assert adds_nothing([], BEFORE, page)
    assert not adds_nothing([], page, BEFORE)
    assert not adds_nothing([], BEFORE, page._replace(body=TOLD))
    paragraphs = PAGE.split(". ")
    assert not adds_nothing([], BEFORE, article(TOLD, f"{paragraphs[1]} {paragraphs[0]}."))


def test_what_takes_back_an_edit_whole_or_in_part_goes_back_and_nothing_else_does() -> None:
    first, both = article(LEAD, PAGE), article(TOLD, PAGE.replace("no date", "some later date"))
    assert goes_back([first], both, first)
    assert goes_back([first], both, article(TOLD, PAGE))
    assert goes_back([first], both, article(LEAD, PAGE.replace("no date", "some later date")))
    assert not goes_back([first], both, article(LEAD, PAGE.replace("Monday", "Friday")))
    assert not goes_back([first], both, article(TOLD.replace("some later date", "some date"), PAGE))
    assert not goes_back([first], first, both)
    assert not goes_back([], both, first)
    assert not goes_back([first], both, both)
