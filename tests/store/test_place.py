"""Where a database is: read from what people write, and shown so that it can be written again."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.store import Place


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("postgresql://monitor:secret@db.example.org:5433/news", "postgresql://db.example.org:5433/news"),
        ("postgresql://monitor@db/news", "postgresql://db/news"),
        ("postgresql://monitor@[::1]:5433/news", "postgresql://[::1]:5433/news"),
        ("postgresql://monitor@%2Frun%2Fpg:5433/news", "postgresql://%2Frun%2Fpg:5433/news"),
        ("postgresql:///news?host=/run/pg&port=5433", "postgresql://%2Frun%2Fpg:5433/news"),
        ("postgresql:///news", "postgresql:///news"),
        ("sqlite:///data/monitor.db", "data/monitor.db"),
        ("monitor.db", "monitor.db"),
    ],
)
def test_an_address_is_shown_with_its_port_and_without_its_password(written: str, shown: str) -> None:
    assert str(Place.of(written)) == shown
    assert str(Place.of(shown)) == shown


def test_a_place_is_its_own() -> None:
    place = Place(path=Path("monitor.db"))
    assert Place.of(place) is place
