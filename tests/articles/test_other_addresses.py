"""On addresses as sites write them: no two articles become one, and most that differ from their canonical ones do."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain

import pytest

from monitor.articles import fold_url
from monitor.model import Entry
from tests.articles.known_articles import KnownArticles, entry
from tests.articles.site_addresses import address_rows

ROWS = address_rows()
PAIRS = [row for row in ROWS if row.relation in ("same", "read")]


def test_no_two_of_thousands_of_articles_have_one_address() -> None:
    articles: dict[str, set[str]] = defaultdict(set)
    addresses: set[str] = set()
    for row in ROWS:
        for first, second in row.pairs():
            addresses |= {first, second}
            articles[fold_url(first)].add(first if row.relation == "apart" else second)
            articles[fold_url(second)].add(second)
    assert len(addresses) >= 2000
    assert [several for several in articles.values() if len(several) > 1] == []


def test_two_of_three_pages_are_known_by_the_address_of_their_canonical_one() -> None:
    one = [fold_url(page) == fold_url(canonical) for row in PAIRS for page, canonical in row.pairs()]
    assert sum(one) >= 0.65 * len(one)
    assert [row.kind for row, first in zip(PAIRS, one[::12], strict=True) if first != (row.relation == "same")] == []


def shown(addresses: list[str], more: str = "") -> list[Entry]:
    """Undated entries at these addresses, known by nothing else, since their texts are edited with `more`."""
    words = ("harbour", "council", "minister", "wharves", "dredgers", "spoke")
    texts = (" ".join(f"{word}{number}" for word in words) for number in range(len(addresses)))
    return [
        entry(f"News {at}", url, "", text + more, None)
        for at, (url, text) in enumerate(zip(addresses, texts, strict=True))
    ]


@pytest.mark.parametrize("relation", ["same", "read"])
def test_a_feed_that_moves_to_canonical_addresses_shows_the_same_articles(relation: str) -> None:
    for row in PAIRS:
        if row.relation == relation:
            known = KnownArticles()
            pages, canonical = map(list, zip(*row.pairs(), strict=True))
            ids = known.show(shown(pages))
            if relation == "read":
                for id_, url in zip(ids, canonical, strict=True):
                    known.read_page(id_, url)
            assert known.show(shown(canonical, " later")) == ids, row.kind


def test_articles_that_only_their_addresses_tell_apart_are_as_many_as_were_published() -> None:
    for row in ROWS:
        if row.relation in ("site", "apart"):
            addresses = list(dict.fromkeys(chain.from_iterable(row.pairs())))
            assert len(set(KnownArticles().show(shown(addresses)))) == len(addresses), row.kind
