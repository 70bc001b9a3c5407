"""A worker holds the outlets of the work in its hands, finds any other, and never goes through all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.config.outlet_rows import OutletRow, pack_row
from monitor.config.site_access import SiteAccess
from monitor.errors import StoreError
from monitor.model import Feed, Outlet
from monitor.steps import held_outlets
from monitor.steps.held_outlets import HeldOutlets
from monitor.store import Store, feeds, outlet_records
from tests.steps.world import START

DATA = Path("/var/lib/worker")
NAMES = ("a", "b", "c", "d")


def outlet(name: str, title: str = "") -> Outlet:
    """An outlet with two feeds."""
    return Outlet(name, title or name, (Feed(f"https://{name}.test/1", name), Feed(f"https://{name}.test/2", name)))


SITE = SiteAccess(("https://a.test/1",), DATA, user_agent="agency/1")


@pytest.fixture
def stored(store: Store) -> Store:
    """A database with four outlets, of which one is asked in a way of its own."""
    with store.begin() as conn:
        feeds.sync(conn, [feed for name in NAMES for feed in outlet(name).feeds], START, "batch")
        rows = {name: OutletRow(outlet(name), SITE if name == "a" else None) for name in NAMES}
        outlet_records.keep(conn, {name: pack_row(row) for name, row in rows.items()})
    return store


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The names of each statement that reads outlets."""
    seen: list[list[str]] = []
    load: Callable[..., dict[str, str]] = outlet_records.load
    monkeypatch.setattr(outlet_records, "load", lambda conn, names: (seen.append(sorted(names)), load(conn, names))[1])
    return seen


def test_what_a_claim_holds_is_read_once(stored: Store, reads: list[list[str]]) -> None:
    held = HeldOutlets(stored, DATA)
    with stored.reading() as conn:
        held.hold(conn, ["a", "b", "gone"])
        held.hold(conn, ["a", "gone"])
        held.hold(conn, ["b", "c"])
    assert reads == [["a", "b", "gone"], ["c"]]
    found = held.lookup
    assert [found.outlets[name] for name in "abc"] == [outlet(name) for name in "abc"]
    assert "gone" not in found.outlets
    assert (found.sites.get("a"), found.sites.get("b")) == (SITE, None)
    assert found.feeds["https://b.test/2"] == outlet("b").feeds[1]
    assert held.names() == {"a", "b", "c", "gone"}
    assert len(reads) == 2


def test_any_other_is_read_when_asked_for(stored: Store, reads: list[list[str]]) -> None:
    held = HeldOutlets(stored, DATA)
    assert held.lookup.outlets["d"] == outlet("d")
    assert held.lookup.outlets.get("gone") is None
    assert reads == [["d"], ["gone"]]
    assert held.lookup.feeds["https://c.test/1"].outlet == "c"
    assert held.lookup.feeds.get("https://gone.test/") is None
    assert held.names() == {"c", "d", "gone"}


def test_those_go_that_nobody_has_asked_for_lately(
    stored: Store, reads: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_outlets, "MOST_HELD", 2)
    held = HeldOutlets(stored, DATA)
    for name in ("a", "b", "a", "c"):
        assert held.lookup.outlets[name] == outlet(name)
    assert held.names() == {"a", "c"}
    assert held.lookup.feeds["https://b.test/1"] == outlet("b").feeds[0]
    assert held.names() == {"b", "c"}
    assert set(held._feeds) == {feed.url for name in "bc" for feed in outlet(name).feeds}


def test_nobody_goes_through_all_outlets(stored: Store) -> None:
    found = HeldOutlets(stored, DATA).lookup
    for each in (found.outlets, found.feeds, found.sites):
        for way in (list, len, bool, dict):
            with pytest.raises(TypeError, match="one by one"):
                way(each)  # type: ignore[operator]


def test_an_outlet_of_another_version_stops_the_work(stored: Store) -> None:
    with stored.begin() as conn:
        outlet_records.keep(conn, {"a": '{"outlet":{"name":"a","title":"a","feeds":[],"unheard_of":1}}'})
    with pytest.raises(StoreError, match="another version"):
        HeldOutlets(stored, DATA).lookup.outlets.get("a")
