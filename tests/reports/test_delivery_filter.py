"""What words mean to whoever lists deliveries: a person, a rule, a story."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.articles import address_keys
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.reports.delivery_filter import filter_of
from monitor.store import Store, deliveries
from monitor.store.delivery_admin import DeliveryFilter
from tests.cli.stand import NOW, fill, piece
from tests.config.helpers import good
from tests.store.make import alert, item

URL = "https://wire.example.org/one"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return good(
        tmp_path,
        {
            "outlets.yaml": "outlets: [{name: wire, feed: https://wire.example.org/rss}]",
            "people.yaml": "people: [{name: Ann, mail: ann@m.test, webhook: https://hook.test/ann}]",
            "rules.yaml": "rules: [{name: Harbour, query: harbour, to: Ann}]",
        },
    )


@pytest.fixture
def told(store: Store) -> Store:
    fill(store, [piece("one", "The harbour talks", url=URL, keys=tuple(address_keys("wire", URL)))])
    with store.begin() as conn:
        gone = [alert(who, items=(item(rule="Gone"),)) for who in ("gone@m.test", "Fay by telegram", "Fay by slack")]
        deliveries.add(conn, gone, NOW)
    return store


def test_words_mean_people_rules_and_stories_also_those_of_the_past(told: Store, config: Config) -> None:
    with told.reading() as conn:
        assert filter_of(conn, config, "", "", "") == DeliveryFilter()
        everywhere = ("ann@m.test", "ann by webhook")
        assert filter_of(conn, config, "ann", "Harbour", URL) == DeliveryFilter((), everywhere, "Harbour", 1)
        assert filter_of(conn, config, "gone@m.test", "Gone", "1") == DeliveryFilter((), ("gone@m.test",), "Gone", 1)
        assert filter_of(conn, config, "bob by webhook", "", "").recipients == ("bob by webhook",)
        assert set(filter_of(conn, config, "Fay", "", "").recipients) == {"Fay by telegram", "Fay by slack"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("anne", "", ""), "did you mean Ann"),
        (("", "Harbor", ""), "did you mean Harbour"),
        (("", "", "99"), "there is no story '99'"),
        (("", "", "https://wire.example.org/none"), "there is no story"),
    ],
)
def test_what_is_unknown_is_answered_with_the_nearest(
    told: Store, config: Config, words: tuple[str, str, str], said: str
) -> None:
    with told.reading() as conn, pytest.raises(MonitorError, match=said):
        filter_of(conn, config, *words)
