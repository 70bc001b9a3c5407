"""The one way in: which source reads a page, and what is asked of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.errors import ParseError
from monitor.model import Page
from monitor.sources import SOURCES, parse, recognised_address
from tests.bench.feed_mix import ENTRIES, KINDS, document, host, language_of, story

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://example.org/</link>
<item><title>One &amp; two</title><link>/1</link>
<description>&lt;p&gt;A &lt;b&gt;bold&lt;/b&gt; word&lt;/p&gt;</description>
</item></channel></rss>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/a</loc></url></urlset>"""
JSON = b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "title": "One"}]}'


def page(body: bytes) -> Page:
    return Page("https://example.org/feed", 200, {}, body)


@pytest.mark.parametrize(("body", "title"), [(RSS, "One & two"), (JSON, "One"), (SITEMAP, "https://example.org/a")])
def test_a_feed_is_read_by_what_it_is(body: bytes, title: str) -> None:
    assert [entry.title for entry in parse("feed", page(body)).entries] == [title]


def test_how_a_page_came_is_noted_with_what_it_says() -> None:
    cut = replace(page(RSS[: RSS.index(b"</channel>")]), note="the text ends before its last element does")
    parsed = parse("feed", cut)
    assert [entry.title for entry in parsed.entries] == ["One & two"]
    assert cut.note in parsed.notes


def test_a_sitemap_is_one_whatever_the_files_call_it() -> None:
    links = {parse(kind, page(SITEMAP)).entries[0].link for kind in ("feed", "sitemap")}
    assert links == {"https://example.org/a"}


def test_the_documentation_has_the_table() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.+?) \| .+ \|$", docs, re.MULTILINE)
    assert rows == [(source.key, name, source.about) for name, source in SOURCES.items()]


def test_json_that_quotes_a_feed_is_json() -> None:
    body = JSON.replace(b"One", b"<rss><channel/></rss>")
    assert [entry.id for entry in parse("feed", page(body)).entries] == ["1"]


@pytest.mark.parametrize("body", [b"", b"\x00\x00", b"   \r\n"])
def test_nothing_is_said_to_be_nothing(body: bytes) -> None:
    with pytest.raises(ParseError, match="empty"):
        parse("feed", page(body))


def test_an_address_tells_that_it_is_a_channels_and_no_other_does() -> None:
    assert recognised_address("https://t.me/BBCrussian/123") == ("telegram", "https://t.me/s/bbcrussian")
    for url in ("https://news.test/rss", "https://t.me/+invitation", "https://news.test"):
        assert recognised_address(url) == ("feed", url)


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_the_bench_s_feeds_are_read_whole(number: int) -> None:
    parsed = parse("feed", Page(f"http://{host(number)}/{number}.xml", 200, {}, document(number, ENTRIES)))
    told = [story(number, serial) for serial in range(ENTRIES, 0, -1)]
    assert [(entry.title, entry.published) for entry in parsed.entries] == [(one.title, one.at) for one in told]
    texts = [f"{entry.summary}\n{entry.content}".translate({0x201C: "«", 0x201D: "»"}) for entry in parsed.entries]
    # A link of a whole article begins behind a no-break space, which becomes a space.
    assert all(one.paragraphs[-1] in text for text, one in zip(texts, told, strict=True))
    assert (parsed.notes, parsed.language) == ((), language_of(number))
