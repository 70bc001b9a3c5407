"""Hosts of `hosts:` are those of feeds, each named once; a mistake gets its place and the nearest host."""

from __future__ import annotations

from pathlib import Path

from monitor.config.host_keys import at_once_by_host
from tests.config.helpers import loaded

OUTLETS = "outlets:\n  - {name: a, feed: 'https://Blogs.test/rss'}\n  - {name: b, telegram: durov}\n"


def problems(tmp_path: Path, hosts: str) -> list[tuple[int, int, str, str, str]]:
    found = loaded(tmp_path, {"monitor.yaml": f"hosts:\n{hosts}", "outlets.yaml": OUTLETS})
    assert all(one.file == "monitor.yaml" for one in found.problems)
    return [(one.line, one.column, one.severity, one.message, one.hint) for one in found.problems]


def test_hosts_are_folded_as_those_of_feeds_are(tmp_path: Path) -> None:
    hosts = "hosts: {BLOGS.test: {at_once: 4}, t.me: {}, Bücher.test: {at_once: 16}, '[::1]': {at_once: 2}}\n"
    found = loaded(tmp_path, {"monitor.yaml": hosts, "outlets.yaml": OUTLETS})
    assert found.config
    at_once = at_once_by_host(found.config.settings.keys.hosts)
    assert at_once == {"blogs.test": 4, "t.me": 1, "xn--bcher-kva.test": 16, "::1": 2}


def test_a_host_without_feeds_is_a_warning_with_the_nearest_one(tmp_path: Path) -> None:
    assert problems(tmp_path, "  blog.test: {at_once: 7}\n  pages.example: {at_once: 2}\n") == [
        (2, 3, "warning", "no feed is at the host “blog.test”", "did you mean blogs.test?"),
        (3, 3, "warning", "no feed is at the host “pages.example”", "then it counts for pages of articles alone"),
    ]


def test_a_host_is_named_once_in_whatever_spelling(tmp_path: Path) -> None:
    assert problems(tmp_path, "  Blogs.test: {at_once: 7}\n  blogs.test: {at_once: 2}\n") == [
        (3, 3, "error", "the host “blogs.test” is there twice", "it is there already as Blogs.test")
    ]


def test_what_is_no_host_no_number_or_no_key_is_an_error_at_its_place(tmp_path: Path) -> None:
    lines = "  https://x.test/: {at_once: 2}\n  blogs.test: {at_once: 17}\n  t.me: {at_onze: 2}\n"
    lines += "  a.test:8080: {at_once: 2}\n  b.test: 4\n  c.test: many\n"
    assert problems(tmp_path, lines) == [
        (2, 3, "error", "“https://x.test/” is not a host", "only the name: mail.example.org"),
        (3, 25, "error", "“17” is not a number from 1 to 16", "write a whole number, for example 4"),
        (4, 10, "error", "unknown key “at_onze”", "did you mean at_once?"),
        (5, 3, "error", "“a.test:8080” is not a host", "without its port: a.test"),
        (6, 11, "error", "expected how it may be asked, found “4”", "write {at_once: 4}"),
        (7, 11, "error", "expected how it may be asked, found “many”", "write {at_once: 4}"),
    ]


def test_a_host_of_which_nothing_is_said_is_a_warning(tmp_path: Path) -> None:
    assert problems(tmp_path, "  blogs.test:\n") == [
        (2, 3, "warning", "nothing is said of the host “blogs.test”", "for example {at_once: 4}")
    ]
