"""JSON Feeds, whatever stands where text should."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.errors import ParseError
from monitor.model import Enclosure, Page, Parsed
from monitor.sources import parse


def read(feed: Any) -> Parsed:
    body = feed if isinstance(feed, str) else json.dumps(feed)
    return parse("feed", Page("https://j.example.org/feed.json", 200, {}, body.encode()))


def test_every_field_is_kept() -> None:
    item = {
        "id": "a1",
        "url": "/a1",
        "title": "Порт &amp; місто",
        "summary": "Коротко",
        "content_html": "<p>Довго <script>x()</script><a href='/b'>тут</a></p>",
        "date_published": "2026-11-16T11:00:00+02:00",
        "date_modified": "not yet",
        "authors": [{"name": "Ada"}, {"name": "Ada"}, 7],
        "tags": ["порт", 5, ""],
        "language": "uk",
        "attachments": [{"url": "/x.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9}, {"url": 1}],
    }
    parsed = read({"title": "J", "home_page_url": "https://j.example.org/", "next_url": "?page=2", "items": [item]})
    [entry] = parsed.entries
    assert parsed.next_page == "https://j.example.org/feed.json?page=2"
    assert (entry.title, entry.link, entry.id, entry.summary) == (
        "Порт & місто",
        "https://j.example.org/a1",
        "a1",
        "Коротко",
    )
    assert entry.content == "Довго тут"
    assert "script" not in entry.content_html
    assert 'href="https://j.example.org/b"' in entry.content_html
    assert (entry.updated, entry.updated_text) == (None, "not yet")
    assert (entry.authors, entry.tags, entry.language) == (("Ada",), ("порт",), "uk")
    assert entry.enclosures == (Enclosure("https://j.example.org/x.mp3", "audio/mpeg", 9),)


def test_text_is_no_markup() -> None:
    [entry] = read({"items": [{"id": "1", "content_text": "a <b> & c\nd"}]}).entries
    assert entry.content == "a <b> & c\nd"
    assert entry.content_html == "a &lt;b&gt; &amp; c<br>d"
    assert entry.title == "a <b> & c"


@pytest.mark.parametrize("feed", [{}, {"items": 7}, [], "{", '{"items": {}}', '{"a": ' * 50_000, "[" * 200_000])
def test_json_that_is_no_feed_is_said_or_empty(feed: Any) -> None:
    if feed == []:
        assert read(feed).entries == ()
        return
    with pytest.raises(ParseError) as caught:
        read(feed)
    assert caught.value.reason == "unreadable"
