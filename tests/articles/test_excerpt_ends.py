"""Where an excerpt breaks off says nothing of its article; what it says beyond that does."""

from __future__ import annotations

import pytest

from monitor.articles import is_continued, is_shortened
from monitor.articles.excerpt_ends import breaks_in_sentence, without_end
from monitor.model import Article

LONG = "The council met on Monday and spoke for two hours about what it means for everybody when you live"


def article(body: str, title: str = "Harbour") -> Article:
    return Article("news", "https://news.test/1", title, lead=body, body=body)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{LONG}…", f"{LONG[:-4]}…"),
        (LONG, LONG[:-9]),
        (LONG + " there.", LONG),
        ("Ships wait. Cranes are so…", "Ships wait. Cra…"),
        ("Ships wait. Cranes are sold.", "Ships wait. Cranes [...]"),
    ],
)
def test_a_text_that_breaks_off_earlier_is_shortened_and_the_other_way_round_continued(before: str, after: str) -> None:
    assert is_shortened(article(before), article(after))
    assert is_continued(article(after), article(before))
    assert not is_shortened(article(before), article(after, "The harbour"))
    assert not is_continued(article(after), article(before, "The harbour"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ships wait. Cranes are sold.", "Ships wait."),
        ("Ships wait outside", "Ships wait"),
        ("Ships wait. Cranes are so…", "Boats wait. Cra…"),
        (f"{LONG}…", f"{LONG.replace('two', 'three')[:-4]}…"),
        (f"{LONG} 1.5 days", f"{LONG} 15 days"),
        (f"{LONG} 2-3 days or …", f"{LONG} 23 days or …"),
        ("Ships wait.", "…"),
        ("Ships wait.", ""),
    ],
)
def test_what_goes_or_comes_otherwise_is_an_edit(before: str, after: str) -> None:
    assert not is_shortened(article(before), article(after))
    assert not is_continued(article(after), article(before))


def test_an_ellipsis_takes_the_word_before_it_along_which_may_be_a_part_of_one() -> None:
    assert without_end("Ships wait. Cran…") == "Ships wait."
    assert without_end("Ships wait. Cranes …") == "Ships wait. Cranes"
    assert without_end(LONG) == LONG
    assert breaks_in_sentence("Ships wait…”")
    assert not breaks_in_sentence(LONG + ".»")
    assert not breaks_in_sentence("Ships wait")
