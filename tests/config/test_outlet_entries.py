from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config.outlet_entries import host_name, is_allowed, is_private
from monitor.model import Feed, Outlet
from tests.config.helpers import good, loaded


def test_an_outlet_with_everything(tmp_path: Path) -> None:
    config = good(
        tmp_path,
        {
            "outlets.yaml": """
            defaults: {language: en, country: no, groups: [press], every: 10m}
            outlets:
              - name: example
                title: "The  Example"
                feeds: [https://news.e.test/rss, https://news.e.test/politics.rss]
                sitemap: https://news.e.test/news-sitemap.xml
                page: https://news.e.test/latest
                select: {item: article.card, link: "a.title@href", title: a.title, time: "time@datetime"}
                every: 5m
                groups: a
            """
        },
    )
    every = timedelta(minutes=5)
    select = (("item", "article.card"), ("link", "a.title@href"), ("title", "a.title"), ("time", "time@datetime"))
    assert config.outlets["example"] == Outlet(
        "example",
        "The Example",
        (
            Feed("https://news.e.test/rss", "example", "feed", every),
            Feed("https://news.e.test/politics.rss", "example", "feed", every),
            Feed("https://news.e.test/news-sitemap.xml", "example", "sitemap", every),
            Feed("https://news.e.test/latest", "example", "page", every, select),
        ),
        "en",
        "no",
        frozenset({"a"}),
    )


def test_bare_addresses_are_outlets_and_one_host_is_one_outlet(tmp_path: Path) -> None:
    config = good(
        tmp_path,
        {
            "outlets.yaml": """
            outlets:
              - https://www.e.test/rss
              - https://e.test/politics.rss
              - https://other.test/rss
            """
        },
    )
    assert {name: len(outlet.feeds) for name, outlet in config.outlets.items()} == {"e.test": 2, "other.test": 1}
    assert config.outlets["e.test"].title == "e.test"


def test_an_inactive_outlet_is_known_to_rules_and_not_watched(tmp_path: Path) -> None:
    config = good(
        tmp_path,
        {
            "outlets.yaml": "outlets: [{name: tass, feed: https://tass.test/rss, active: off, groups: agencies}]\n",
            "rules.yaml": "rules: [{name: R, to: x@m.test, query: 'peskov AND outlet:tass AND group:agencies'}]\n",
        },
    )
    assert not config.outlets
    assert set(config.compiled) == {"R"}


def test_the_hint_for_a_private_address_can_be_pasted(tmp_path: Path) -> None:
    outlets = "outlets: [http://192.168.1.5/rss, 'http://[fd00::1]/rss']\n"
    first = loaded(tmp_path, {"outlets.yaml": outlets})
    assert len(first.problems) == 2
    assert {problem.severity for problem in first.problems} == {"warning"}
    for _ in range(2):
        problems = loaded(tmp_path, {}).problems
        line = problems[0].hint.partition("monitor.yaml: ")[2]
        (tmp_path / "monitor.yaml").write_text(line, encoding="utf-8")
    assert not loaded(tmp_path, {}).problems


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("224.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("cms.internal", True),
        ("8.8.8.8", False),
        ("tass.com", False),
        ("2606:4700::1", False),
    ],
)
def test_private(host: str, private: bool) -> None:
    assert is_private(host) is private


def test_allowed() -> None:
    assert is_allowed("cms", 8080, ["cms:8080"])
    assert not is_allowed("cms", 80, ["cms:8080"])
    assert is_allowed("10.1.2.3", None, ["10.0.0.0/8"])
    assert not is_allowed("cms", None, ["10.0.0.0/8"])
    assert host_name("https://www.TASS.com:80/x") == "tass.com"


def test_no_token_of_an_address_is_in_a_problem(tmp_path: Path) -> None:
    twice = "outlets:\n  - https://a.test/rss?token=s3cret\n  - {name: b, feed: 'https://a.test/rss?token=s3cret'}\n"
    wrong = "outlets:\n  - 'https://a test/rss?token=s3cret'\n"
    other = "outlets:\n  - {name: b, feed: https://a.test/rss, every: 'https://a.test/?token=s3cret'}\n"
    for text in (twice, wrong, other):
        problems = loaded(tmp_path, {"outlets.yaml": text}).problems
        assert problems
        assert "s3cret" not in " ".join(map(str, problems))


def test_addresses_that_differ_in_a_token_are_two(tmp_path: Path) -> None:
    text = "outlets:\n  - https://a.test/rss?token=one\n  - https://a.test/rss?token=two\n"
    assert len(good(tmp_path, {"outlets.yaml": text}).outlets["a.test"].feeds) == 2
