"""An excerpt is known as the beginning of its page; names and numbers of a title as said or not."""

from __future__ import annotations

import pytest

from monitor.articles.beginnings import is_beginning, names_beyond, names_in
from monitor.articles.openings import opening
from monitor.text import tokenize

PAGE = (
    "An explosion shook the port of Odesa on Monday morning, killing two dock workers and setting a grain terminal on "
    "fire, the governor Oleh Kiper said. Firefighters needed three hours to bring the blaze under control, and the "
    "harbour was closed to all ships until further notice. Insurers in London said that premiums would rise again."
)


def coded(text: str) -> tuple[int, ...]:
    return opening(tokenize(text))


@pytest.mark.parametrize(
    ("excerpt", "is_one"),
    [
        (PAGE, True),
        (PAGE[:160], True),
        ("From our correspondent in Kyiv. " + PAGE[:160], True),
        (PAGE[:60], False),
        (PAGE[200:], False),
        (
            PAGE[:60] + " sank a freighter and hurt nine of its crew, the owner said by telephone",
            False,
        ),
        ("Three more dock workers died of their wounds, the governor said on Monday night. " + PAGE[:160], False),
        ("", False),
    ],
)
def test_an_excerpt_is_the_beginning_of_its_page_but_for_a_dateline_and_half_a_word(excerpt: str, is_one: bool) -> None:
    assert is_beginning(coded(excerpt), coded(PAGE)) is is_one
    assert is_beginning(coded(PAGE), coded(excerpt)) is is_one


def test_a_text_says_a_name_of_its_title_or_none() -> None:
    assert names_in(coded("Two dead after blast in Odesa"), coded(PAGE))
    assert not names_in(coded("Two dead after blast in Mykolaiv"), coded(PAGE))


@pytest.mark.parametrize(
    ("title", "is_beyond"),
    [
        ("Two dead after blast in Odesa harbour", False),
        ("Two dead after blast near Mykolaiv", True),
        ("Blast in Odesa kills 12", True),
        ("Two Dead After Blast In Harbour", False),
        ("Mykolaiv hears blast", False),
        ("", False),
    ],
)
def test_a_title_has_a_name_or_number_that_no_text_has(title: str, is_beyond: bool) -> None:
    assert names_beyond(coded(title), coded(PAGE)) is is_beyond
