"""Whether bytes prove that nothing is missing: by the end of the root element, or as a JSON value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.net.completeness import is_cut, is_text, is_whole

WHOLE = [
    b"<rss><channel></channel></rss>",
    b"<?xml version='1.0'?>\n<!-- <html> --><rss>x</rss>\n",
    b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>x</rss>",
    b"<!DOCTYPE html><feed>x</feed >",
    b"<RSS>x</rss>",
    b"<rdf:RDF xmlns:rdf='x'>y</rdf:RDF>",
    b"<atom:feed>x</atom:feed>",
    b"<urlset>x</urlset>",
    b"<sitemapindex>x</sitemapindex>",
    b"<rss>x</rss>\x00\x00\x00",
    b"<rss>x</rss><!-- served from a cache in 0.01 s",
    b"\xef\xbb\xbf  <rss>x</rss>",
    "<rss>\u0413</rss>".encode("utf-16"),
    "<rss>\u0413</rss>".encode("utf-16-be"),
    b"<rss/>",
    b"<feed a='b' />\n",
    b"<html><p>x</html>",
    b'{"items": [1]}',
    b'\xef\xbb\xbf{"items": ["a\nb"]}\n',
    b"[1, 2]\x00",
]
CUT = [
    b"<rss><channel></channel></rs",
    b"<rss><item>&lt;/feed&gt;</feed>",
    b"<rss><item></item>",
    b"<rss><item>" + b"</rss>" + b"x" * 2000,
    b"<rss",
    b"<rss ",
    b"<?xml vers",
    b"<?xml version='1.0'?>\n<rs",
    b'{"items": [1',
    b'{"items": ["a',
    b"[",
]
NEITHER = [
    b"",
    b"User-agent: *\n",
    b"\x1f\x8b\x08",
    b"<",
    b"<!-- x",
    b"<html><p>x",
    b"<!DOCTYPE html><html><body>",
    b"<div><p>x",
    b"<br /><b>Warning</b>: x <rss><channel>",
]


@pytest.mark.parametrize("body", WHOLE)
def test_an_end_proves_a_text_whole(body: bytes) -> None:
    assert is_whole(body)
    assert not is_cut(body)
    assert is_text(body)


@pytest.mark.parametrize("body", CUT)
def test_a_text_without_its_end_is_cut(body: bytes) -> None:
    assert not is_whole(body)
    assert is_cut(body) or body == b"<rss"


@pytest.mark.parametrize("body", NEITHER)
def test_what_needs_no_end_is_neither(body: bytes) -> None:
    assert not is_whole(body)
    assert not is_cut(body)


def test_json_that_only_looks_ended_is_not_whole() -> None:
    assert not is_whole(b'{"a": {"b": 1}')
    assert not is_whole(b"[" * 100_000 + b"]")


@given(st.binary(max_size=300), st.sampled_from([b"", b"<", b"{", b"<rss", b"<!DOCTYPE "]))
def test_any_bytes_are_judged(body: bytes, start: bytes) -> None:
    assert not (is_whole(start + body) and is_cut(start + body))
