"""What bytes are, by how they begin."""

from __future__ import annotations

import pytest

from monitor.sources.detect_format import holds_json_feed, html_error, is_html, is_json, no_feed


@pytest.mark.parametrize("text", ['{"version": 1}', "[]", "{}", "\ufeff\x00 [[1]]", "{", "{'a': 1}"])
def test_json_begins_so(text: str) -> None:
    assert is_json(text)


@pytest.mark.parametrize("text", ["", "[2026-11-29] started", "{style}", "<rss/>", 'x{"a": 1}'])
def test_and_not_so(text: str) -> None:
    assert not is_json(text)


def test_a_json_feed_may_have_something_before_it_but_not_be_in_a_page() -> None:
    feed = '{"title": "News", "items": []}'
    assert holds_json_feed(f"callback({feed})")
    assert not holds_json_feed(f"<html><script>{feed}</script></html>")
    assert not holds_json_feed('callback({"name": 1})')
    assert not holds_json_feed(" " * 60_000 + feed)


@pytest.mark.parametrize("text", ["<!DOCTYPE html>", "<html lang=de>", "junk <BODY>", "<head\n>"])
def test_html_is_known_by_its_tags(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize("text", ["<rss>", "<header>", "<htmlish>", "html", " " * 60_000 + "<html>"])
def test_other_tags_are_no_html(text: str) -> None:
    assert not is_html(text)


@pytest.mark.parametrize(
    ("text", "reason", "detail"),
    [
        (" \x00\n", "empty", ""),
        ("<html><title>News</title>", "html page", "News"),
        (
            '<html><title>Moved</title><meta http-equiv=Refresh content="0; url=/new">',
            "html page",
            "Moved; sends its readers on to https://o.test/new",
        ),
        ("%PDF-1.7\n" + "\x01\x02ab" * 900, "binary", "neither a feed nor a page"),
        ("%PDF-1.4\n%туЯг\n1 0 obj", "binary", "neither a feed nor a page"),
        ("plain words", "unreadable", "neither a feed nor a page: 'plain words'"),
        ("x" * 100, "unreadable", f"neither a feed nor a page: '{'x' * 60}'"),
    ],
)
def test_what_is_no_feed_says_what_it_is(text: str, reason: str, detail: str) -> None:
    error = no_feed(text, "https://o.test/rss")
    assert str(error) == (f"{reason}: {detail}" if detail else reason)


@pytest.mark.parametrize(
    ("html", "reason", "title"),
    [
        ("<html><title>Just a moment...</title>", "captcha", "Just a moment..."),
        ("<html><title>404\n Not   Found</title>", "error page", "404 Not Found"),
        ("<html><title>Sections</title>", "html page", "Sections"),
        ("<html>", "html page", ""),
    ],
)
def test_a_page_without_its_article_says_what_it_is(html: str, reason: str, title: str) -> None:
    error = html_error(html, "https://o.test/1")
    assert str(error) == (f"{reason}: {title}" if title else reason)


def test_a_wall_says_what_stands_behind_it() -> None:
    assert str(html_error("<html><title>Sections</title>", "https://o.test/1", "paywall")) == "paywall: Sections"
