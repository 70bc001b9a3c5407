"""What the pages of a feed gave: counted in a row, and forgotten where the feed changed."""

from __future__ import annotations

from monitor.store import Store, page_yields
from monitor.store.page_yields import PageYield
from tests.store.make import MINUTE, NOW


def test_fruitless_pages_count_until_one_gives_more(store: Store) -> None:
    with store.begin() as conn:
        assert page_yields.get(conn, 7) == PageYield()
        for reason in ("a wall", "robots.txt\x00 forbids it"):
            page_yields.note_reading(conn, 7, reason)
        assert page_yields.get(conn, 7) == PageYield(2, "robots.txt forbids it", latest="--")
        page_yields.note_reading(conn, 7, "")
        page_yields.note_reading(conn, 8, "a wall")
        assert page_yields.get(conn, 7) == PageYield(latest="--+")
        assert page_yields.get(conn, 8).fruitless == 1


def test_a_request_forgets_what_was_fruitless_only_if_it_says_so(store: Store) -> None:
    with store.begin() as conn:
        page_yields.note_request(conn, 7, 100, NOW, afresh=True)
        page_yields.note_reading(conn, 7, "a wall")
        page_yields.note_request(conn, 7, 90, NOW + MINUTE, afresh=False)
        assert page_yields.get(conn, 7) == PageYield(1, "a wall", 90, NOW + MINUTE, latest="-")
        page_yields.note_request(conn, 7, 300, NOW + MINUTE, afresh=True)
        assert page_yields.get(conn, 7) == PageYield(0, "a wall", 300, NOW + MINUTE)


def test_the_latest_hundred_pages_are_remembered(store: Store) -> None:
    with store.begin() as conn:
        for reason in ("", *["a wall"] * 60, page_yields.NOTHING_MORE, *["a wall"] * 38):
            page_yields.note_reading(conn, 7, reason)
        past = page_yields.get(conn, 7)
        assert (past.given, past.without_text, len(past.latest)) == (1, 98, 100)
        page_yields.note_reading(conn, 7, page_yields.NOTHING_MORE)
        past = page_yields.get(conn, 7)
        assert (past.fruitless, past.given, past.without_text, len(past.latest)) == (100, 0, 98, 100)
