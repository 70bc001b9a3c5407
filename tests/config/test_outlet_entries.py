from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config.outlet_entries import host_name
from monitor.model import Feed, Fulltext, Outlet
from monitor.net.ranges import SPECIAL_V4, SPECIAL_V6
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


def test_selectors_of_articles_are_those_of_the_outlet(tmp_path: Path) -> None:
    selectors = "{text: 'div.body p', picture: 'meta[property=\"og:image\"]@content'}"
    config = good(tmp_path, {"outlets.yaml": f"outlets:\n  - {{feed: https://a.test/rss, article: {selectors}}}\n"})
    expected = (("text", "div.body p"), ("picture", 'meta[property="og:image"]@content'))
    assert config.outlets["a.test"].article == expected


def test_the_zone_of_a_clock(tmp_path: Path) -> None:
    entries = "outlets:\n  - https://a.test/rss\n  - {feed: https://b.test/rss, zone: no}\n"
    stated = good(tmp_path, {"outlets.yaml": f"defaults: {{zone: Europe/Istanbul}}\n{entries}"}).outlets
    assert [stated[name].zone for name in ("a.test", "b.test")] == ["Europe/Istanbul", "UTC"]
    assert good(tmp_path, {"outlets.yaml": entries}).outlets["a.test"].zone == ""
    found = loaded(tmp_path, {"outlets.yaml": "outlets:\n  - {feed: https://a.test/rss, zone: Instanbul}\n"})
    hint = "unknown time zone “Instanbul” (did you mean Europe/Istanbul?)"
    assert [str(one) for one in found.errors] == [f"outlets.yaml:2:38: error: {hint}"]


def test_a_telegram_channel_is_named_by_its_name_alone(tmp_path: Path) -> None:
    config = good(
        tmp_path,
        {
            "outlets.yaml": """
            outlets:
              - telegram: KremlinPrishla
              - {telegram: "@bbcrussian", title: BBC, language: ru}
              - {name: harbour, telegram: [https://t.me/harbour, t.me/s/harbour_news], feed: https://e.test/rss}
              - {feed: https://www.port.test/rss, telegram: port_news}
            """
        },
    )
    assert {name: [(one.kind, one.url) for one in outlet.feeds] for name, outlet in config.outlets.items()} == {
        "kremlinprishla": [("telegram", "https://t.me/s/kremlinprishla")],
        "bbcrussian": [("telegram", "https://t.me/s/bbcrussian")],
        "harbour": [
            ("feed", "https://e.test/rss"),
            ("telegram", "https://t.me/s/harbour"),
            ("telegram", "https://t.me/s/harbour_news"),
        ],
        "port.test": [("feed", "https://www.port.test/rss"), ("telegram", "https://t.me/s/port_news")],
    }


def test_the_nearest_word_on_full_texts_counts(tmp_path: Path) -> None:
    outlets = (
        "defaults: {fulltext: never}\noutlets: [https://a.test/rss, {feed: https://b.test/rss, fulltext: always}]\n"
    )
    config = good(
        tmp_path,
        {
            "monitor.yaml": "defaults: {fulltext: always}\n",
            "outlets/one.yaml": outlets,
            "outlets/two.yaml": "outlets: [https://c.test/rss]\n",
        },
    )
    found = {name: outlet.fulltext for name, outlet in config.outlets.items()}
    assert found == {"a.test": Fulltext.NEVER, "b.test": Fulltext.ALWAYS, "c.test": Fulltext.ALWAYS}


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


def test_every_address_that_the_gate_refuses_gets_a_warning(tmp_path: Path) -> None:
    special = [
        f"[{network[1]}]" if network.version == 6 else str(network[0]) for network, _ in SPECIAL_V4 + SPECIAL_V6[5:]
    ]
    hosts = [*special, "[::1]", "2130706433", "0x7f.1", "127.1", "localhost.", "LOCALHOST", "cms.internal", "[4000::1]"]
    outlets = "".join(f"  - http://{host}/rss\n" for host in hosts)
    lines = [problem.line for problem in loaded(tmp_path, {"outlets.yaml": f"outlets:\n{outlets}"}).problems]
    assert lines == list(range(2, 2 + len(hosts)))


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "[2606:4700::1]", "a.test", "local", "internal.a.test", "localhost.a.test"]
)
def test_a_public_host_gets_no_warning(tmp_path: Path, host: str) -> None:
    assert not loaded(tmp_path, {"outlets.yaml": f"outlets: ['http://{host}/rss']\n"}).problems


@pytest.mark.parametrize(
    ("host", "entry", "is_allowed"),
    [
        ("cms.local:8080", "cms.local:8080", True),
        ("cms.local", "cms.local:8080", False),
        ("[::1]:8080", "[::1]:8080", True),
        ("[::1]", "[::1]:8080", False),
        ("127.1", "127.0.0.1", True),
        ("10.1.2.3", "10.0.0.0/8", True),
        ("192.168.1.5", "10.0.0.0/8", False),
        ("CMS.internal.", "cms.internal", True),
        ("cms.internal", "10.0.0.0/8", True),  # the name may lead there
    ],
)
def test_what_the_gate_lets_through_gets_no_warning(tmp_path: Path, host: str, entry: str, is_allowed: bool) -> None:
    files = {
        "outlets.yaml": f"outlets: ['http://{host}/rss']\n",
        "monitor.yaml": f"private_hosts_allowed: ['{entry}']\n",
    }
    assert (not loaded(tmp_path, files).problems) is is_allowed


def test_the_name_of_an_outlet_without_one() -> None:
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
