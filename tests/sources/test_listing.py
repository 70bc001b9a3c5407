"""Pages that list articles, for outlets without a feed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.errors import ParseError
from monitor.model import Page, Parsed
from monitor.sources import parse

HTML = """<!doctype html><html lang="uk"><head><title>Останнє</title></head><body>
<article class="card"><a class="title" href="/n/1">Перша <b>новина</b></a>
<time datetime="2026-11-16T11:00:00+02:00">11:00</time>
<p class="lead">Коротко.</p></article>
<article class="card"><a class="title" href="https://o.example.org/n/2">Друга</a>
<time>16 листопада 2026, 12:00</time></article>
<article class="card"><a class="title" href="/n/1">Перша <b>новина</b></a></article>
<article class="ad"><a href="javascript:void(0)">Реклама</a></article></body></html>"""
SELECT = (
    ("item", "article.card"),
    ("link", "a.title@href"),
    ("title", "a.title"),
    ("time", "time@datetime"),
    ("summary", "p.lead"),
)


def listing(html: str, select: tuple[tuple[str, str], ...] = ()) -> Parsed:
    return parse("page", Page("https://o.example.org/latest", 200, {}, html.encode()), select=select)


def test_articles_are_found_by_their_selectors() -> None:
    parsed = listing(HTML, SELECT)
    assert (parsed.title, parsed.language) == ("Останнє", "uk")
    assert [(entry.title, entry.link) for entry in parsed.entries] == [
        ("Перша новина", "https://o.example.org/n/1"),
        ("Друга", "https://o.example.org/n/2"),
    ]
    assert parsed.entries[0].published == datetime(2026, 11, 16, 9, tzinfo=UTC)
    assert parsed.entries[0].summary == "Коротко."
    assert parsed.entries[1].published == datetime(2026, 11, 16, 12, tzinfo=UTC)


def test_articles_are_found_without_selectors() -> None:
    assert [entry.link for entry in listing(HTML).entries] == ["https://o.example.org/n/1", "https://o.example.org/n/2"]


def test_an_item_may_be_the_link_itself() -> None:
    select = (("item", "a.title"), ("link", "@href"), ("title", ""))
    assert listing(HTML, select).entries[0].link == "https://o.example.org/n/1"


@pytest.mark.parametrize(
    ("html", "select", "reason"),
    [
        (HTML, (("item", "div.none"),), "nothing found"),
        (HTML, (("item", "a[[["),), "unreadable"),
        ("<div>" * 50_000, (), "unreadable"),
        ("x" * 5_000_000, (), "too large"),
        ("", (), "empty"),
    ],
)
def test_what_cannot_be_read_is_said(html: str, select: tuple[tuple[str, str], ...], reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        listing(html, select)
    assert caught.value.reason == reason
