"""What is muted, for whom, and which of several mutes counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.alerts import Mutes, mute_reason
from monitor.model import Item, Match
from monitor.silence_values import Mute, MuteKind

UNTIL = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
ANN, BOB = "ann@readers.test", "bob@readers.test"
RULE, STORY, OUTLET = MuteKind.RULE, MuteKind.STORY, MuteKind.OUTLET


@pytest.mark.parametrize(
    ("mute", "whom"),
    [
        (Mute(RULE, "Harbour"), {ANN, BOB}),
        (Mute(RULE, "Harbour", ANN), {ANN}),
        (Mute(STORY, "7"), {ANN, BOB}),
        (Mute(OUTLET, "tass", BOB), {BOB}),
        (Mute(RULE, "harbour"), set()),
        (Mute(RULE, "tass"), set()),
        (Mute(STORY, "70"), set()),
        (Mute(OUTLET, "Harbour"), set()),
        (Mute(RULE, "Harbour", "ann"), set()),
    ],
)
def test_a_mute_is_of_one_thing_and_for_one_or_all(mute: Mute, whom: set[str]) -> None:
    mutes = Mutes([mute])
    assert {who for who in (ANN, BOB) if mutes.over(who, "Harbour", 7, "tass") == mute} == whom


def test_of_several_the_one_that_lasts_longest_is_the_reason() -> None:
    short, long = Mute(RULE, "Harbour", until=UNTIL), Mute(STORY, "7", ANN, UNTIL + timedelta(hours=1))
    endless = Mute(OUTLET, "tass", ANN)
    assert Mutes([long, short]).over(ANN, "Harbour", 7, "tass") == long
    assert Mutes([long, short]).over(BOB, "Harbour", 7, "tass") == short
    assert Mutes([long, endless, short]).over(ANN, "Harbour", 7, "tass") == endless


def test_an_item_keeps_the_matches_of_rules_that_are_not_muted() -> None:
    item = Item(1, 7, (Match("Harbour"), Match("Council")), version=3, edit_of=2)
    mute = Mute(RULE, "Harbour", until=UNTIL)
    left, found = Mutes([mute]).split(ANN, item, "tass")
    assert (left, found) == (Item(1, 7, (Match("Council"),), 3, 2), {"Harbour": mute})
    assert Mutes([Mute(OUTLET, "tass")]).split(ANN, item, "tass")[0] is None
    assert Mutes().split(ANN, item, "tass") == (item, {})
    assert not Mutes()


def test_a_reason_says_until_when_and_what() -> None:
    assert mute_reason(Mute(RULE, "Harbour", until=UNTIL)) == "muted until 2026-11-23 18:00 UTC (the rule)"
    assert mute_reason(Mute(STORY, "7")) == "muted until it is unmuted (the story)"
