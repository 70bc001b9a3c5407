"""Mutes are kept, end by themselves or on request, follow merged stories, and survive copies and a wrong clock."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.silence_values import Mute, MuteKind
from monitor.store import Store, backup_restore, clock_repair, copying, mute_records
from tests.store.make import NOW
from tests.store.test_story_records import add

HOUR = timedelta(hours=1)
RULE = Mute(MuteKind.RULE, "Harbour", "", NOW + HOUR)
FOR_ANN = Mute(MuteKind.RULE, "Harbour", "ann@readers.test", NOW + 2 * HOUR)
ENDLESS = Mute(MuteKind.OUTLET, "tass", "ann@readers.test")


def put(store: Store, *mutes: Mute) -> None:
    with store.begin() as conn:
        mute_records.put(conn, mutes, NOW)


def in_force(store: Store, after: timedelta = timedelta()) -> list[Mute]:
    with store.reading() as conn:
        return mute_records.in_force(conn, NOW + after)


def test_a_mute_ends_by_itself(store: Store) -> None:
    put(store, RULE, FOR_ANN, ENDLESS)
    assert in_force(store) == [ENDLESS, RULE, FOR_ANN]
    assert in_force(store, HOUR) == [ENDLESS, FOR_ANN]
    assert in_force(store, 400 * HOUR) == [ENDLESS]


def test_a_later_one_of_the_same_replaces_it_and_one_is_removed_alone(store: Store) -> None:
    put(store, RULE, FOR_ANN)
    longer = Mute(MuteKind.RULE, "Harbour", "", NOW + 9 * HOUR)
    put(store, longer)
    assert in_force(store) == [longer, FOR_ANN]
    with store.begin() as conn:
        assert mute_records.remove(conn, [RULE, ENDLESS]) == 1
    assert in_force(store) == [FOR_ANN]


def test_what_is_over_goes_with_the_next_one(store: Store) -> None:
    put(store, Mute(MuteKind.RULE, "Old", "", NOW - HOUR))
    put(store, RULE)
    assert in_force(store, -2 * HOUR) == [RULE]


@pytest.mark.parametrize(("first", "second", "left"), [(1, 2, 2), (2, 1, 2), (1, None, None), (None, 1, None)])
def test_a_mute_follows_its_story_and_the_longer_one_stays(
    store: Store, first: int | None, second: int | None, left: int | None
) -> None:
    one, two = add(store, "a", "s1").story_id, add(store, "b", "s2").story_id
    until = {hours: NOW + hours * HOUR if hours else None for hours in (first, second, left)}
    mutes = [Mute(MuteKind.STORY, str(story), "", until[hours]) for story, hours in ((one, first), (two, second))]
    put(store, *mutes, Mute(MuteKind.STORY, str(two), "ann@readers.test"))
    add(store, "c", "s1", "s2")
    assert in_force(store) == [
        Mute(MuteKind.STORY, str(one), "", until[left]),
        Mute(MuteKind.STORY, str(one), "ann@readers.test"),
    ]


def test_a_backup_holds_them(tmp_path: Path) -> None:
    with Store.open(tmp_path / "here.db") as here:
        put(here, RULE, ENDLESS)
        backup_restore.backup(here, tmp_path / "backup.db")
    backup_restore.restore(tmp_path / "backup.db", tmp_path / "there.db", NOW)
    with Store.open(tmp_path / "there.db") as there:
        assert in_force(there) == [ENDLESS, RULE]


def test_a_copy_holds_them(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "source.db") as source:
        put(source, RULE, ENDLESS)
        copying.copy_tables(source, store)
    assert in_force(store) == [ENDLESS, RULE]


def test_what_a_clock_ahead_muted_lasts_as_long_as_it_was_to_last(store: Store) -> None:
    put(store, RULE, ENDLESS)
    past = NOW - 100 * HOUR
    with store.begin() as conn:
        clock_repair.repair(conn, past, HOUR, {})
    with store.reading() as conn:
        found = mute_records.in_force(conn, past)
    assert [one.until for one in found] == [None, past + HOUR]
