"""robots.txt as RFC 9309 reads it, and as sites write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching import Robots, robots_of, robots_url
from monitor.fetching.robots_txt import fits, parse
from tests.bench.yardstick import at_reference
from tests.fetching.robots_cases import CASES

AGENT = "monitor/0.1 (+https://example.org)"

SITE = """\
\ufeff# ours
User-agent: GoodBot
User-Agent: Monitor
Disallow: /private/
Allow: /private/open
Crawl-delay: 5

User-agent: *
Disallow: /
Crawl-delay: 60

Sitemap: https://example.org/sitemap.xml
user-agent: monitor/2 # again
Disallow: /*.pdf$
Disallow: /search?q=
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/news", True),
        ("/private/", False),
        ("/private/x", False),
        ("/private", True),
        ("/private/open/x", True),
        ("/a/b.pdf", False),
        ("/a/b.pdf?x", True),
        ("/search?q=x", False),
        ("/search", True),
        ("", True),
    ],
)
def test_our_own_groups_are_taken_together(path: str, allowed: bool) -> None:
    assert parse(SITE, AGENT).allows(path) == allowed


def test_others_fall_under_the_star() -> None:
    other = parse(SITE, "other")
    assert not other.allows("/news")
    assert other.allows("/robots.txt")
    assert other.crawl_delay == 60


@pytest.mark.parametrize(
    ("text", "delay"), [("5", 5), ("0.5", 0.5), ("99999", 300), ("-1", None), ("soon", None), ("nan", None), ("", None)]
)
def test_a_crawl_delay_is_bounded(text: str, delay: float | None) -> None:
    assert parse(f"User-agent: *\nCrawl-delay: {text}\n", AGENT).crawl_delay == delay


@pytest.mark.parametrize(("text", "path", "allowed"), CASES, ids=[str(at) for at in range(len(CASES))])
def test_files_as_the_standard_reads_them(text: str, path: str, allowed: bool) -> None:
    assert robots_of(200, text.encode(), AGENT).allows(path) == allowed


@pytest.mark.parametrize(("status", "allowed"), [(200, False), (404, True), (403, True), (429, False), (503, False)])
def test_no_file_allows_everything_and_a_broken_server_nothing(status: int, allowed: bool) -> None:
    assert robots_of(status, b"User-agent: *\nDisallow: /", AGENT).allows("/x") == allowed


def test_where_it_lies() -> None:
    assert robots_url("https://me:pass@Example.org:8443/a/b?c#d") == "https://Example.org:8443/robots.txt"


@pytest.mark.parametrize(
    ("pattern", "path", "fitting"),
    [("/a*$", "/abc", True), ("/a$", "/ab", False), ("*", "/x", True), ("/a*b*b$", "/ab", False), ("$", "", True)],
)
def test_patterns(pattern: str, path: str, fitting: bool) -> None:
    assert fits(pattern, path) == fitting


def test_a_hostile_file_costs_little() -> None:
    def ask() -> None:
        robots = robots_of(200, b"User-agent: *\n" + b"Disallow: /" + b"*a" * 200_000 + b"$\n", AGENT)
        robots.allows("/" + "a" * 100_000 + "b")
        many = robots_of(200, b"User-agent: *\n" + b"Disallow: /*x*y\n" * 100_000, AGENT)
        many.allows("/" + "x" * 2000)

    assert at_reference(ask) < 2


@given(st.text(max_size=300), st.text(max_size=50))
def test_any_text_gives_robots(text: str, path: str) -> None:
    robots = parse("User-agent: *\n" + text, AGENT)
    assert isinstance(robots, Robots)
    assert robots.allows(path) in (True, False)
