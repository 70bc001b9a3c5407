"""What is looked up in the configuration at every poll and mail."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

from monitor.alerts import Rest
from monitor.config import Config, load
from monitor.steps.active_config import ActiveConfig

FILES = {
    "monitor.yaml": "timezone: Europe/Kyiv\nuser_agent: watcher\n",
    "people.yaml": (
        "people:\n"
        '  - {name: ann, mail: ann@readers.test, quiet: "22:00-07:00"}\n'
        '  - {name: bob, mail: bob@readers.test, quiet: "22:00-07:00"}\n'
        '  - {name: cid, mail: cid@readers.test, quiet: "22:00-07:00", timezone: Asia/Tokyo}\n'
        "  - {name: dan, mail: dan@readers.test}\n"
    ),
    "outlets.yaml": (
        "outlets:\n"
        "  - {name: news, feeds: [https://news.test/a, https://news.test/b], every: 5m}\n"
        "  - {name: wire, feeds: [https://wire.test/a]}\n"
        "  - {name: desk, feeds: [https://desk.test/a, https://desk.test/b], requests_a_day: 301}\n"
    ),
    "rules.yaml": (
        "rules:\n"
        "  - {name: one, to: [ann, cid, dan], query: harbour}\n"
        "  - {name: two, to: [ann, bob], query: council}\n"
    ),
}


def configuration(folder: Path) -> Config:
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = load(folder, data=folder)
    assert found.config is not None, found.problems
    return found.config


def test_feeds_are_found_by_address_and_recipients_by_their_quiet_hours(tmp_path: Path) -> None:
    active = ActiveConfig(configuration(tmp_path))
    assert set(active.feeds) == {"https://news.test/a", "https://news.test/b", "https://wire.test/a"} | {
        "https://desk.test/a",
        "https://desk.test/b",
    }
    assert active.configured_interval("https://news.test/b") == timedelta(minutes=5)
    assert active.configured_interval("https://wire.test/a") is None
    assert active.configured_interval("https://elsewhere.test/") is None
    assert active.polls_a_day("https://desk.test/b") == 150
    assert active.polls_a_day("https://wire.test/a") is None
    assert active.polls_a_day("https://elsewhere.test/") is None
    night = (time(22), time(7))
    assert active.resting_recipients == {
        Rest(night, "Europe/Kyiv"): {"ann@readers.test", "bob@readers.test"},
        Rest(night, "Asia/Tokyo"): {"cid@readers.test"},
    }
    assert active.generation == 0


def test_another_configuration_replaces_all_of_it(tmp_path: Path) -> None:
    active = ActiveConfig(configuration(tmp_path))
    later_files = {"outlets.yaml": "outlets:\n  - {name: wire, feeds: [https://wire.test/b]}\n", "people.yaml": ""}
    for name, text in later_files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "rules.yaml").write_text("rules:\n  - {name: one, to: [x@y.test], query: harbour}\n", encoding="utf-8")
    later = load(tmp_path, data=tmp_path).config
    assert later is not None
    active.adopt(later, 7)
    assert (active.config, active.generation) == (later, 7)
    assert set(active.feeds) == {"https://wire.test/b"}
    assert active.resting_recipients == {}
