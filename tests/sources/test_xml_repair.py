"""Damaged XML becomes XML, and what stands in CDATA stays as it is."""

from __future__ import annotations

import pytest

from monitor.sources.xml_repair import escape_ampersands, outside_cdata, repair_gently, repair_strongly


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("<a>fine &amp; well</a>", "<a>fine &amp; well</a>"),
        ("<a>AT&T</a>", "<a>AT&amp;T</a>"),
        ("<a>&nbsp;&eacute;</a>", "<a>\u00a0é</a>"),
        ("<a>&nosuch;</a>", "<a>&amp;nosuch;</a>"),
        ("<a>&#1055;&#x41F;</a>", "<a>&#1055;&#1055;</a>"),
        ("<a>&#150;&#129;</a>", "<a>–</a>"),
        ("<a>&#0;&#xFFFF;&#9999999;</a>", "<a></a>"),
        ("<a>x\x00\x08y\ud800z</a>", "<a>xyz</a>"),
        ("<a><![CDATA[AT&T &nbsp;]]></a>&x", "<a><![CDATA[AT&T &nbsp;]]></a>&amp;x"),
        ("a<!-- & -->b", "ab"),
    ],
)
def test_a_gentle_repair_leaves_tags_alone(text: str, repaired: str) -> None:
    assert repair_gently(text) == repaired


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("<RSS><Item></ITEM></RSS>", "<rss><item></item></rss>"),
        ("<a href=x b='y'>1</a>", "<a href=\"x\" b='y'>1</a>"),
        ("<a>1 < 2</a>", "<a>1 &lt; 2</a>"),
        ("<!DOCTYPE rss [<!ENTITY x 'y'>]><a/>", "<a/>"),
        ("<link> https://example.org/1 <guid>1</guid>", "<link>https://example.org/1</link><guid>1</guid>"),
        ("<title>An <b>open</b> word</title>", "<title><![CDATA[An <b>open</b> word]]></title>"),
        ("<title>plain</title>", "<title>plain</title>"),
        (
            "<content type='xhtml'><div>kept</div></content>",
            "<content type='xhtml'><div>kept</div></content>",
        ),
        (
            "<title><![CDATA[one</title><title><![CDATA[two]]></title>",
            "<title><![CDATA[one]]></title><title><![CDATA[two]]></title>",
        ),
        ("<title><![CDATA[cut", "<title><![CDATA[cut]]>"),
        ("<a>]]></a>", "<a></a>"),
    ],
)
def test_a_strong_repair_mends_tags(text: str, repaired: str) -> None:
    assert repair_strongly(text) == repaired


def test_everything_but_cdata_and_comments_is_changed() -> None:
    text = "a<![CDATA[b]]>c<!-- d -->e<!DOCTYPE f><![CDATA[g"
    assert outside_cdata(text, str.upper) == "A<![CDATA[b]]>CE<!DOCTYPE F><![CDATA[G"


@pytest.mark.parametrize(
    ("damaged", "escaped"),
    [
        (b"a&b", b"a&amp;b"),
        (b"&amp;&lt;&#38;&#x26;&apos;", b"&amp;&lt;&#38;&#x26;&apos;"),
        (b"&nbsp;&ampx;&#;&", b"&amp;nbsp;&amp;ampx;&amp;#;&amp;"),
    ],
)
def test_ampersands_that_begin_no_reference_of_xml_are_escaped(damaged: bytes, escaped: bytes) -> None:
    assert escape_ampersands(damaged) == escaped
