"""Articles without dates: ids, links and words alone tell which are the same."""

from __future__ import annotations

import pytest

from tests.articles.known_articles import KnownArticles, entry

GRAIN, PLANE = "Grain harvest beats every record", "A passenger plane lands safely after engine trouble"


@pytest.mark.parametrize(
    ("link", "is_same"), [("/2026/grain-harvest-beats-every-record", True), ("/2026/1001", True), ("/live", False)]
)
def test_other_words_at_a_link_are_another_article_only_on_a_page_that_stays(link: str, is_same: bool) -> None:
    known = KnownArticles()
    known.show([entry(GRAIN, link, at=None)])
    assert known.show([entry(PLANE, link, at=None)]) == ([1] if is_same else [2])


def test_the_id_of_one_article_and_the_link_of_another_make_a_third() -> None:
    known = KnownArticles()
    assert known.show([entry(GRAIN, "/1", "a", at=None), entry(PLANE, "/2", "b", at=None)]) == [1, 2]
    assert known.show([entry("Council debates satellites over northern seas", "/2", "a", at=None)]) == [3]
