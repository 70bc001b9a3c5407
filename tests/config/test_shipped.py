"""The shipped configuration works as it is: many live outlets, and rules that find what they should."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.config import Config, load
from monitor.config.starter_files import SHIPPED_DIGESTS, digest
from monitor.model import Article, Outlet
from monitor.query import document

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 7, 28, 12, tzinfo=UTC)
WRITTEN = sorted((ROOT / "tests" / "data" / "query").glob("istanbul-*.txt"))
SEED = Path(os.environ.get("MONITOR_TEST_DATA", "nowhere")) / "seed"
SEEN = re.compile(r"https?://\S+  # (alive|fresh|listed) 20\d\d-\d\d-\d\d$")


@pytest.fixture(scope="module")
def config() -> Config:
    found = load(ROOT / "config")
    assert [str(problem) for problem in found.problems] == []
    assert found.config is not None
    return found.config


def matched(config: Config, text: str, language: str = "") -> set[str]:
    title, _, body = text.strip().partition("\n")
    article = Article("somewhere", "https://somewhere.test/1", title, body=body, language=language)
    outlet = Outlet("somewhere", "Somewhere", (), language=language)
    return {match.rule for match in config.index.match(document(article, outlet), NOW)}


def test_there_are_outlets_enough(config: Config) -> None:
    languages = {outlet.language for outlet in config.outlets.values()}
    assert len(config.outlets) >= 60
    assert {"ru", "uk", "tr", "en", "de", "fr", "ar"} <= languages
    assert {"tass", "anadolu", "ukrainska-pravda", "bbc"} <= set(config.outlets)


def test_every_outlet_is_read_over_tls_and_says_where_it_is_from(config: Config) -> None:
    for outlet in config.outlets.values():
        assert all(feed.url.startswith("https://") for feed in outlet.feeds), outlet.name
        assert outlet.language, outlet.name
        assert outlet.groups, outlet.name
        assert outlet.title, outlet.name


def test_beside_every_address_stands_when_it_was_last_seen() -> None:
    for file in (ROOT / "config" / "outlets").rglob("*.yaml"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if "://" in line and not line.startswith("#"):
                assert SEEN.search(line), (file.name, line)


def test_the_rules_are_those_of_the_design(config: Config) -> None:
    assert {name: [route.recipient for route in rule.routes] for name, rule in config.rules.items()} == {
        "Peskov": ["desk@example.org", "analyst@example.org"],
        "Istanbul talks": ["desk@example.org", "analyst@example.org", "editor@example.org"],
    }
    assert config.settings.channel == "maildir"


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.stem)
def test_the_istanbul_rule_finds_what_is_written_of_the_talks(config: Config, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "Istanbul talks" in matched(config, text, file.stem.removeprefix("istanbul-")[:2])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Песков прокомментировал\nПереговоры в Стамбуле с участием Пескова завершились."),
        ("uk", "Пєсков прокоментував\nПеремовини у Стамбулі за участі Пєскова завершилися."),
        ("tr", "Peskov açıkladı\nİstanbul'daki görüşmeler Peskov'un katılımıyla sona erdi."),
        ("en", "Peskov comments\nThe Istanbul talks ended."),
    ],
    ids=["ru", "uk", "tr", "en"],
)
def test_both_rules_in_four_languages(config: Config, language: str, text: str) -> None:
    assert matched(config, text, language) == {"Peskov", "Istanbul talks"}


def test_what_is_about_something_else_is_left_alone(config: Config) -> None:
    assert matched(config, "Sand\nВ пустыне много песков.", "ru") == set()
    assert matched(config, "Weather\nIstanbul has rain, and nobody minds.", "en") == set()


@pytest.mark.skipif(not SEED.is_dir(), reason="MONITOR_TEST_DATA is not set")
def test_the_seed_article_trips_both_rules(config: Config) -> None:
    for file in SEED.glob("*.txt"):
        assert matched(config, file.read_text(encoding="utf-8"), "en") == {"Peskov", "Istanbul talks"}


def test_init_knows_the_shipped_files() -> None:
    written = {path: digest((ROOT / "config" / path).read_text(encoding="utf-8")) for path in SHIPPED_DIGESTS}
    assert written == SHIPPED_DIGESTS, "put the new digests into monitor/config/starter_files.py"
