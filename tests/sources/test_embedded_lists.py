"""Pages whose articles stand in the JSON that they carry."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model import Entry, Page
from monitor.sources import parse

THREE: list[dict[str, Any]] = [
    {"title": f"News of the harbour {at}", "url": f"/n/{at}", "date": "2026-11-29"} for at in range(3)
]
UNDATED = [{key: one[key] for key in ("title", "url")} for one in THREE]
LD, DATA = "application/ld+json", "application/json"


def entries(data: object, kind: str = DATA, body: str = "") -> list[Entry]:
    html = f'<html><body>{body}<script type="{kind}">{json.dumps(data)}</script>'
    return list(parse("page", Page("https://o.example.org/latest", 200, {}, html.encode())).entries)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (THREE, DATA),
        ({"props": {"pageProps": {"blocks": [{"kind": "list", "items": THREE}]}}}, DATA),
        ({"a": THREE[:3], "b": THREE}, DATA),
        ([{"item": one} for one in THREE], DATA),
        ({"edges": [{"cursor": "x", "node": one} for one in THREE]}, DATA),
        ([{"headline": one["title"], "canonicalUrl": one["url"], "publishedAt": 1795957200} for one in THREE], DATA),
        ([{"title": {"rendered": one["title"]}, "link": one["url"], "date": one["date"]} for one in THREE], DATA),
        ({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": one} for one in UNDATED]}, LD),
        ({"@type": ["WebPage", "CollectionPage"], "hasPart": UNDATED}, LD),
        ({"@graph": [{"@type": "WebSite"}, *({**one, "@type": "NewsArticle"} for one in THREE)]}, LD),
    ],
)
def test_lists_of_articles_are_found_wherever_they_stand(data: object, kind: str) -> None:
    found = entries(data, kind)
    assert [one.link for one in found] == [f"https://o.example.org/n/{at}" for at in range(3)]
    assert [one.title for one in found] == [f"News of the harbour {at}" for at in range(3)]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (UNDATED, DATA),  # may be a menu
        (THREE[:2], DATA),
        ({"@type": "BreadcrumbList", "itemListElement": THREE}, LD),
        ({"trending": THREE}, DATA),
        ({"mostRead": {"items": THREE}}, DATA),
        ({"related_articles": THREE}, DATA),
        ([{**one, "url": f"https://partner.example{one['url']}"} for one in THREE], DATA),
        ([{"title": one["title"], "slug": f"piece-{one['date']}", "date": one["date"]} for one in THREE], DATA),
        ("[" * 1_000_000, DATA),
    ],
)
def test_other_lists_are_no_articles(data: object, kind: str) -> None:
    with pytest.raises(ParseError, match="nothing found"):
        entries(data, kind)


def test_what_json_and_page_say_of_an_article_is_joined() -> None:
    body = "".join(
        f"<div class=card><a href={one['url']}>{one['title']}</a><time datetime=2026-11-28T10:00Z></time></div>"
        for one in THREE
    )
    found = entries(
        {"@type": "ItemList", "itemListElement": [{**one, "name": one["title"]} for one in UNDATED]}, LD, body
    )
    assert [one.published for one in found] == [datetime(2026, 11, 28, 10, tzinfo=UTC)] * 3


def test_the_page_counts_where_it_lists_more() -> None:
    body = "".join(f"<li><a href=/n/{at}>News of the harbour and town</a></li>" for at in range(100, 105))
    assert len(entries(THREE, body=body)) == 5


def test_selectors_that_are_given_count_alone() -> None:
    html = f"<li><a href=/n/7>News</a></li><script type='{DATA}'>{json.dumps(THREE)}</script>"
    page = Page("https://o.example.org/latest", 200, {}, html.encode())
    assert [one.title for one in parse("page", page, select=(("item", "li"),)).entries] == ["News"]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9) | st.just("/n/1"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["@type", "item", "title", "url", "date", "name", "@id"]), inner)
    ),
)


@given(JSON)
def test_any_json_gives_entries_or_a_parse_error(data: object) -> None:
    with contextlib.suppress(ParseError):
        entries([data, data, data, *THREE])
