"""What a word means when somebody mutes by it, and how mutes are listed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.articles import address_keys
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.reports.mute_list import ListedMute, list_mutes, meant, mute_text, muted_by, recipients_meant
from monitor.silence_values import Mute, MuteKind
from monitor.store import Store, mute_records
from tests.cli.stand import NOW, fill, piece
from tests.config.helpers import good
from tests.store.test_story_records import add

RULE, STORY, OUTLET = MuteKind.RULE, MuteKind.STORY, MuteKind.OUTLET


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return good(
        tmp_path,
        {
            "outlets.yaml": "outlets: [{name: wire, feed: https://wire.example.org/rss}, {name: Both, feed: https://b.test/rss}]",
            "people.yaml": "people: [{name: Ann, mail: ann@m.test, webhook: https://hook.test/ann}]",
            "rules.yaml": """
                rules:
                  - {name: Harbour, query: harbour, to: [Ann, desk@m.test]}
                  - {name: both, query: market, to: Ann}
                """,
        },
    )


@pytest.fixture
def stories(store: Store) -> Store:
    url = "https://wire.example.org/two"
    market = piece("two", "The market is closed", url=url, keys=tuple(address_keys("wire", url)))
    fill(store, [piece("one", "The harbour is open", timedelta(hours=2)), market])
    return store


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Harbour", (RULE, "Harbour")),
        ("harbour", (RULE, "Harbour")),
        ("rule:Harbour", (RULE, "Harbour")),
        ("wire", (OUTLET, "wire")),
        ("outlet: wire", (OUTLET, "wire")),
        ("rule:both", (RULE, "both")),
        ("outlet:both", (OUTLET, "Both")),
        ("2", (STORY, "2")),
        ("story:1", (STORY, "1")),
        ("https://wire.example.org/two", (STORY, "2")),
    ],
)
def test_a_word_means_a_rule_an_outlet_or_a_story(
    stories: Store, config: Config, word: str, meaning: tuple[MuteKind, str]
) -> None:
    with stories.reading() as conn:
        assert meant(conn, config, word) == meaning


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("both", "say rule:both or outlet:both"),
        ("Harbor", "did you mean Harbour?"),
        ("99", "there is no rule or story or outlet '99'"),
        ("9" * 30, "there is no"),
        ("story:Harbour", "there is no story 'Harbour'"),
        ("https://wire.example.org/none", "there is no"),
    ],
)
def test_a_word_that_means_nothing_or_two_things_is_refused(
    stories: Store, config: Config, word: str, said: str
) -> None:
    with stories.reading() as conn, pytest.raises(MonitorError, match=said):
        meant(conn, config, word)


def test_a_story_that_became_part_of_another_is_meant_by_its_former_id(store: Store, config: Config) -> None:
    first, second = add(store, "a", "s1").story_id, add(store, "b", "s2").story_id
    add(store, "c", "s1", "s2")
    with store.reading() as conn:
        assert meant(conn, config, f"story:{second}") == meant(conn, config, str(first)) == (STORY, str(first))


def test_people_are_all_their_addresses(config: Config) -> None:
    assert recipients_meant(config, "ann") == ("ann@m.test", "ann by webhook")
    assert recipients_meant(config, "Ann by webhook") == ("ann by webhook",)
    assert recipients_meant(config, "DESK@m.test") == ("desk@m.test",)
    with pytest.raises(MonitorError, match="did you mean Ann"):
        recipients_meant(config, "Anne")


def test_mutes_are_listed_with_what_a_story_is_about(stories: Store, config: Config) -> None:
    until = NOW + timedelta(hours=1)
    mutes = [Mute(RULE, "Gone", "ann@m.test"), Mute(STORY, "2", "", until)]
    with stories.begin() as conn:
        mute_records.put(conn, mutes, NOW)
        found = list_mutes(conn, NOW)
        assert found == [
            ListedMute(RULE, "Gone", "", "ann@m.test", None),
            ListedMute(STORY, "2", "The market is closed", "", until),
        ]
        # A rule that is in the files no more can be unmuted.
        assert muted_by(conn, config, "Gone", NOW) == muted_by(conn, config, "rule:Gone", NOW) == mutes[:1]
        assert muted_by(conn, config, "https://wire.example.org/two", NOW) == mutes[1:]
        assert muted_by(conn, config, "Harbour", NOW) == []
    assert [mute_text(one) for one in found] == [
        "the rule Gone is muted for ann@m.test until it is unmuted",
        f"the story 2 “The market is closed” is muted until {until:%Y-%m-%d %H:%M} UTC",
    ]
