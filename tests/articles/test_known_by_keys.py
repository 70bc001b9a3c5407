"""Which articles are known by their keys alone; `KnownArticles` checks that the whole evidence says the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.articles import address_keys, articles_from_entries, known_by_keys
from tests.articles.known_articles import HERE, NOW, KnownArticles, entry

WHEAT = "Peskov spoke of wheat exports to distant lands at length on Monday morning"
SATELLITES = "Quite another piece: the council commented on satellites over the northern sea"
PAGE = "https://example.org/live"


@pytest.mark.parametrize(
    ("link", "id_", "text", "later", "is_known"),
    [
        ("/1", "a", WHEAT, ("/1", "a", WHEAT), True),
        ("/1", "a", WHEAT, ("/1", "a", SATELLITES), True),
        ("/1", "a", WHEAT, ("/2", "a", WHEAT), False),
        ("/1", "a", WHEAT, ("/1", "b", WHEAT), False),
        ("/1", "a", WHEAT, ("/2", "b", SATELLITES), False),
        ("/1", "", WHEAT, ("/1", "", WHEAT), True),
        ("/1", "", WHEAT, ("/1", "", SATELLITES), False),
        ("", "a", WHEAT, ("", "a", WHEAT), True),
        ("", "a", WHEAT, ("", "a", SATELLITES), False),
        ("", "", WHEAT, ("", "", WHEAT), True),
        ("", "", WHEAT, ("", "", SATELLITES), False),
        ("/live", PAGE, WHEAT, ("/live", PAGE, WHEAT), True),
        ("/live", PAGE, WHEAT, ("/live", PAGE, SATELLITES), False),
        ("/live", "a", WHEAT, ("/live", "a", WHEAT), True),
        ("/live", "a", WHEAT, ("/live", "a", SATELLITES), False),
    ],
)
def test_known_is_what_has_the_id_and_link_or_is_shown_as_before(
    link: str, id_: str, text: str, later: tuple[str, str, str], is_known: bool
) -> None:
    known = KnownArticles()
    known.show([entry("Alpha", link, id_, text)])
    (article,) = articles_from_entries([entry("Alpha", *later)], HERE, NOW)
    assert known_by_keys(article, known.memory, 1) == (1 if is_known else None)


@pytest.mark.parametrize(("link", "id_"), [("/2", "a"), ("/1", "b")])
def test_a_key_that_came_with_two_articles_makes_neither_known(link: str, id_: str) -> None:
    known = KnownArticles()
    one, two = entry("Alpha", "/1", "a", WHEAT), entry("Beta", link, id_, SATELLITES, NOW + timedelta(hours=1))
    known.show([one])
    assert known.show([one, two]) == [1, 2]
    (article,) = articles_from_entries([two._replace(summary="Neither of both any more, entirely")], HERE, NOW)
    assert known_by_keys(article, known.memory, 1) is None


@pytest.mark.parametrize(
    ("link", "text", "later", "is_same"),
    [
        ("/top", SATELLITES, 24, False),
        ("/top", SATELLITES, 9, True),
        ("/top", f"{WHEAT}. {SATELLITES}", 24, True),
        ("/top/2026", SATELLITES, 24, True),
    ],
)
def test_an_id_and_a_page_that_stay_lead_to_another_article_in_other_words_a_day_later(
    link: str, text: str, later: float, is_same: bool
) -> None:
    known = KnownArticles()
    known.show([entry("Exports", link, "top", WHEAT)])
    then = NOW + timedelta(hours=later)
    title = "Something else" if text == SATELLITES else "Exports"
    assert known.show([entry(title, link, "top", text, then)], later=later) == ([1] if is_same else [2])


def test_on_a_first_page_an_id_that_is_the_link_of_two_others_names_none_of_them_alone() -> None:
    known = KnownArticles()
    texts = zip((PAGE, PAGE, "/own"), ("a", "b", PAGE), (WHEAT, SATELLITES, f"{WHEAT} and {SATELLITES}"), strict=True)
    assert known.show([entry(f"Title {id_}", link, id_, text) for link, id_, text in texts]) == [1, 2, 3]
    (key,) = address_keys(HERE.outlet, PAGE)
    assert known.memory.targets[key].shared
