"""Bytes that mean harm or nothing: entries or a ParseError come out, in bounded time."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model import Page, Parsed
from monitor.sources import parse
from tests.bench.yardstick import at_reference
from tests.sources.damage import DAMAGES

FEED = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Т</title>
<item><title>Раз &amp; два</title><link>https://e.org/1</link><pubDate>Mon, 16 Nov 2026 12:00:00 +0300</pubDate>
<description><![CDATA[<p>Текст</p>]]></description></item><item><title>Три</title><guid>https://e.org/2</guid></item></channel></rss>"""
PIECES = st.sampled_from(
    [
        "<rss>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<![CDATA[",
        "]]>",
        "<entry",
        "<feed xmlns='x'>",
        "<!--",
        "-->",
        "<link href='",
        "'/>",
        "&nbsp;",
        "&",
        "<?xml",
        "?>",
        "<!DOCTYPE a [",
        "<!ENTITY b 'c'>",
        "]>",
        "\x00",
        "\ufeff",
        "х",
        "<content type='xhtml'>",
        "<dc:date>",
        "<pubDate>1</pubDate>",
        '{"items": [',
        '{"id": 1}',
        "]",
        "}",
        "<urlset>",
        "<url>",
        "<loc>",
    ]
)


def attempt(body: bytes, kind: str = "feed", **headers: str) -> Parsed | ParseError:
    try:
        return parse(kind, Page("https://e.org/rss", 200, headers, body), language="ru")
    except ParseError as error:
        return error


@given(st.binary(max_size=400), st.sampled_from(["feed", "sitemap", "page"]))
def test_any_bytes_give_entries_or_a_parse_error(body: bytes, kind: str) -> None:
    attempt(body, kind)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(["utf-8", "cp1251", "utf-16", "koi8-r"]))
def test_any_pieces_of_feeds_give_entries_or_a_parse_error(text: str, charset: str) -> None:
    attempt(text.encode(charset, "replace"))
    attempt(b"<rss>" + text.encode(charset, "replace"), **{"content-type": f"text/xml; charset={charset}"})


@settings(max_examples=200)
@given(st.data(), st.sampled_from(sorted(DAMAGES)))
def test_a_feed_with_any_bytes_changed_still_ends_well(data: st.DataObject, name: str) -> None:
    body = bytearray(DAMAGES[name](FEED)[0])
    for _ in range(data.draw(st.integers(0, 8))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    attempt(bytes(body))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["items", "id", "url", "title", "authors", "tags", "date_published", "name"]), inner
        )
    ),
)


@given(JSON, JSON)
def test_any_json_gives_entries_or_a_parse_error(first: object, second: object) -> None:
    attempt(json.dumps({"title": first, "items": [first, {"id": second, "title": first, "authors": second}]}).encode())
    attempt(json.dumps(first).encode())


MEGABYTES = 1_500_000


@pytest.mark.parametrize(
    "unit",
    [
        '{"items":[',
        '{"id":"1",',
        '[{"a":',
        '}, {"id":',
        '}, {"a":',
        '{"id":1},',
        '{"a":1}',
        ",",
        '"',
        "{'",
        '{"id":"\\q"',
    ],
)
@pytest.mark.parametrize("before", ['{"items":[', "["])
def test_megabytes_of_broken_json_end_in_time(before: str, unit: str) -> None:
    body = (before + unit * (MEGABYTES // len(unit))).encode()
    # What hangs or is quadratic is so each time; a machine that is busy meanwhile is not.
    assert any(at_reference(lambda: attempt(body)) < 2 for _ in range(3))


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "<item>",
            "<item><title>a</title></item>",
            "<item/>",
            "<title>",
            "<![CDATA[",
            "<item><![CDATA[",
            "&",
            "&x;",
            "<a ",
        ),
        *(
            "<item><title><![CDATA[x]]></title><description>&nbsp;<p></description></item>",
            "<!--",
            "<?",
            "<x:y>",
            '="',
            "a",
        ),
        *(
            "<item><description><p><b>",
            "<item><title>x</item>",
            " xmlns:a='b'",
            "<link>",
            "\xff",
            "]]>",
            "<category>a</category>",
        ),
        *("<item><link/>", "<entry><author><name>", "</item>", "<ITEM><Title>a</tItLe>", "<media:group>", "<div>"),
    ],
)
def test_megabytes_of_anything_end_in_time(unit: str) -> None:
    body = b"<rss><channel>" + unit.encode("latin-1") * (MEGABYTES // len(unit))
    assert at_reference(lambda: attempt(body)) < 2


def test_a_title_of_a_million_characters_costs_nothing() -> None:
    body = f"<rss><channel><item><title>{'слово ' * 170_000}</title><link>https://e.org/</link></item></channel></rss>"
    parsed = attempt(body.encode())
    assert isinstance(parsed, Parsed)
    assert 900 < len(parsed.entries[0].title) <= 1001
    assert at_reference(lambda: attempt(body.encode())) < 0.5


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    parsed = attempt(f"{bomb}<rss><channel><item><title>x &b; &f;</title></item></channel></rss>".encode())
    assert isinstance(parsed, Parsed)
    assert parsed.entries[0].title == "x &b; &f;"


def test_a_gzip_bomb_is_refused() -> None:
    error = attempt(gzip.compress(b"<urlset>" + b"\x00" * 60_000_000), "sitemap")
    assert isinstance(error, ParseError)
    assert error.reason == "too large"


def test_every_member_of_a_gzipped_file_is_read() -> None:
    urls = "".join(f"<url><loc>https://e.org/{number}</loc></url>" for number in range(4))
    text = f"<urlset>{urls}</urlset>".encode()
    members = gzip.compress(text[:60]) + gzip.compress(text[60:]) + b"\x00" * 512
    for body in (members, members + b"signature", members + gzip.compress(b"<!-- -->")[:12]):
        parsed = attempt(body, "sitemap")
        assert isinstance(parsed, Parsed)
        assert len(parsed.entries) == 4


def test_a_bomb_in_a_later_member_is_refused() -> None:
    body = gzip.compress(b"<urlset>") + gzip.compress(b"\x00" * 30_000_000) * 2
    error = attempt(body, "sitemap")
    assert isinstance(error, ParseError)
    assert error.reason == "too large"


def test_one_bad_item_costs_one_item() -> None:
    items = "".join(f"<item><title>{n}</title><link>https://e.org/{n}</link></item>" for n in range(5))
    broken = items.replace("<title>2</title>", "<title>2</titel><b <i>")
    parsed = attempt(f"<rss><channel>{broken}</channel></rss>".encode())
    assert isinstance(parsed, Parsed)
    assert len(parsed.entries) == 5
    assert {"0", "1", "3", "4"} <= {entry.title for entry in parsed.entries}


def test_more_entries_than_anybody_publishes_are_cut() -> None:
    parsed = attempt(b"<rss><channel>" + b"<item><title>a</title></item>" * 12_000 + b"</channel></rss>")
    assert isinstance(parsed, Parsed)
    assert len(parsed.entries) == 10_000


def test_importing_sources_is_light() -> None:
    heavy = "{'feedparser', 'selectolax', 'asyncio', 'aiohttp', 're2'}"
    script = f"import monitor.sources, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
