"""JSON Feeds, whatever stands where text should."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.errors import ParseError
from monitor.model import Page, Parsed
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
    assert entry.updated is None
    assert (entry.authors, entry.tags, entry.language) == (("Ada",), ("порт",), "uk")


def test_text_is_no_markup() -> None:
    [entry] = read({"items": [{"id": "1", "content_text": "a <b> & c\nd"}]}).entries
    assert entry.content == "a <b> & c\nd"
    assert entry.title == "a <b> & c"


def test_a_link_that_is_missing_is_that_of_the_first_attachment() -> None:
    attachments = [{"url": 1}, 7, {"url": "/x.mp3", "mime_type": "audio/mpeg"}, {"url": "/y.mp3"}]
    [entry] = read({"items": [{"id": "1", "title": "a", "attachments": attachments}]}).entries
    assert entry.link == "https://j.example.org/x.mp3"


ITEMS = [{"id": str(n), "url": f"/{n}", "title": f"T{n}", "content_text": f"words {n}"} for n in range(4)]
SOUND = json.dumps({"title": "J", "home_page_url": "https://j.example.org/", "items": ITEMS})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("words 1", "wo\nrds\t1\x01"),
        ('words 1"', 'words 1",'),
        ("]}", ",]}"),
        ("]}", "],}"),
        ("[{", "[,{"),
        ("}, {", "},, {"),
        ('}, {"id": "2"', '}\n{"id": "2"'),
        ('"/2", ', '"/2" '),
        ("words 1", "it\\'s \\x41 words"),
        ('{"title"', '\ufeff\ufeff{"title"'),
        ('{"title"', '<br />\n<b>Warning</b>: x() in /y.php on line 3\n{"title"'),
        ('{"title"', ')]}\',\n{"title"'),
        ('"id": "1"', '"id": "1", "x": NaN'),
        ('"id": "1"', f'"id": "1", "x": {"1" * 5_000}'),
    ],
)
def test_a_slip_costs_nothing(before: str, after: str) -> None:
    parsed = read(SOUND.replace(before, after))
    assert [(entry.title, entry.link) for entry in parsed.entries] == [
        (f"T{n}", f"https://j.example.org/{n}") for n in range(4)
    ]
    assert parsed.title == "J"


@pytest.mark.parametrize(
    "item",
    [
        '{"id" "1" oops}',
        '{"id": "1", "title": "He said "no" twice"}',
        '{"id": "1", "x": ' + "[" * 5_000 + "]" * 5_000 + "}",
        '{"id": "1" 7, "attachments": [{"url": "/a", "mime_type": "b"}, {"url": "/c", "mime_type": "d"}]}',
        "7",
    ],
)
def test_a_broken_item_costs_itself_and_is_said(item: str) -> None:
    parsed = read(SOUND.replace(json.dumps(ITEMS[1]), item))
    assert [entry.title for entry in parsed.entries] == ["T0", "T2", "T3"]
    assert parsed.notes[-1] == "1 entry could not be read"


def test_a_file_cut_short_keeps_what_came_before() -> None:
    parsed = read(SOUND[: SOUND.index("words 2")])
    assert [entry.title for entry in parsed.entries] == ["T0", "T1"]
    assert parsed.notes == ("salvaged entry by entry", "1 entry could not be read")


@pytest.mark.parametrize(
    "stated", [1794826800, 1794826800.5, 1794826800000, 1794826800000.0, "1794826800", "2026-11-16T11:00:00Z"]
)
def test_a_date_may_be_a_number(stated: Any) -> None:
    [entry] = read({"items": [{"id": "1", "date_published": stated}]}).entries
    assert entry.published == datetime(2026, 11, 16, 11, tzinfo=UTC)


@pytest.mark.parametrize("stated", [True, None, [1], {}, 1e300])
def test_nothing_else_is_a_date(stated: Any) -> None:
    assert read({"items": [{"id": "1", "date_published": stated}]}).entries[0].published is None


@pytest.mark.parametrize(
    "stated", [{"name": "Ada"}, "Ada", [{"name": "Ada"}], ["Ada"], [{"name": "Ada"}, {"name": None}, 5]]
)
@pytest.mark.parametrize("key", ["author", "authors"])
def test_people_in_any_shape(key: str, stated: Any) -> None:
    assert read({"items": [{"id": "1", key: stated}]}).entries[0].authors == ("Ada",)
    parsed = read({key: stated, "items": [{"id": "1"}, {"id": "2", "author": "Bo"}]})
    assert [entry.authors for entry in parsed.entries] == [("Ada",), ("Bo",)]


@pytest.mark.parametrize("items", [{"3": ITEMS[0], "7": ITEMS[1]}, ITEMS[0]])
def test_items_may_be_an_object(items: Any) -> None:
    assert read({"items": items}).entries[0].title == "T0"


def test_a_content_without_words_hides_no_text() -> None:
    [entry] = read(
        {"items": [{"id": "1", "content_html": "<img src='x'>", "content_text": "Порт &amp; місто"}]}
    ).entries
    assert entry.content == "Порт & місто"
    both = {"id": "1", "content_html": "<p>One</p>", "content_text": "One\nTwo"}
    assert read({"items": [both]}).entries[0].content == "One\nTwo"


@pytest.mark.parametrize("feed", [{}, {"items": 7}, [], "{", '{"items": {}}', '{"a": ' * 50_000, "[" * 200_000])
def test_json_that_is_no_feed_is_said_or_empty(feed: Any) -> None:
    if feed == []:
        assert read(feed).entries == ()
        return
    with pytest.raises(ParseError) as caught:
        read(feed)
    assert caught.value.reason == "unreadable"
