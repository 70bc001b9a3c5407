"""Strangers' HTML: what a reader sees of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text import html as html_module
from monitor.text.html import nested_deeper, plain, to_text
from tests.bench.yardstick import at_reference


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain  words\n here", "plain words\nhere"),
        ("<p>one</p><p>two<br>three</p>", "one\ntwo\nthree"),
        ("a <b>bo</b>ld word", "a bold word"),
        ("<td>1</td><td>2</td>", "1 2"),
        ("AT&T &amp; R&amp;D", "AT&T & R&D"),
        ("&amp;quot;yes&amp;quot;", '"yes"'),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("до<script>alert('<p>')</script>после", "допосле"),
        ("до<!-- <p>нет</p> -->после", "допосле"),
        ("до<!-- 1 > 0 -->после", "допосле"),
        ("safe<!--", "safe"),
        ("cut <a href='http://x", "cut"),
        ('<img alt="a > b" src=x>hi', "hi"),
        ("""<img alt='5" > 4"' src=x>hi""", "hi"),
        ('<a title=" > b">hi</a>', "hi"),
        ('<a href="/b" rel="c" />hi</a> <>', "hi <>"),
        ("It\x92s \x93so\x94\x85\x81", "It’s “so”…"),
        ("<p>It\x92s</p>", "It’s"),
        ("со\u00adвет \u2060\ufeffсо\x07вет", "совет совет"),
        ("\u00a0край\u00a0", "край"),
        ("one     two", "one two"),
        ("<p>one\t\t\u00a0 \r\n\u00a0two<br>  three       four\x85</p>", "one two\nthree four…"),
        ("one\x0btwo\x0cthree", "one two three"),
        ("one\x0btwo<br/>three\x0cfour", "one two\nthree four"),
        ("&#8220;one&#8221; &#8220;two&#8221; &ampthree &no;", "“one” “two” &three &no;"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("", ""),
    ],
)
def test_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert to_text(html) == text


def test_plain_text_keeps_what_looks_like_markup() -> None:
    assert plain("the <blink>  tag") == "the <blink> tag"


_PLAIN = ["<p>", "</p>", "<br/>", "<br />", "<td>", "<b class='x'>", '<a href="u">', "</a>", "<P x=1>", "<li\n>"]
_ODD = ["<a href='u>v'>", '<img alt="a > b">', "<script>", "</script>", "<STYLE x>", "<svg/>", "<!--", "-->", "<!a>"]
_LOOSE = [
    "<?php ?>",
    "<",
    ">",
    "=",
    "'",
    '"',
    "/",
    "&",
    "&amp;",
    "&lt;",
    " ",
    "\n",
    "\u00a0",
    "\u00ad",
    "\x07",
    "слово",
]
_MARKUP = st.sampled_from([*_PLAIN, *_ODD, *_LOOSE])


@given(st.lists(_MARKUP | st.text(max_size=3), max_size=14).map("".join))
def test_the_quick_way_reads_what_the_patient_one_does(html: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html_module, "_strip_simple_tags", lambda _: "")
        patiently = to_text(html)
    assert to_text(html) == patiently


@given(st.text() | st.text(st.characters(max_codepoint=127)))
def test_a_text_is_printable_when_python_says_so_of_its_lines(text: str) -> None:
    assert html_module._is_printable(text) == all(line.isprintable() for line in text.split("\n"))


@given(st.text())
def test_any_text_becomes_clean_text(html: str) -> None:
    text = to_text(html)
    assert text == text.strip()
    assert "\n\n" not in text
    assert not re.search("[\x00-\x08\x0b-\x1f]", text)


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<b>", '<a "', "<!--", "<script>", '="', "&amp;", "<a href='", "<![CDATA[", "<p>", "\n ", '<x y="', "&#"],
)
def test_no_repetition_takes_long(unit: str) -> None:
    html = unit * (1_000_000 // len(unit))
    assert at_reference(lambda: to_text(html)) < 2


def test_depth_is_told_without_parsing() -> None:
    assert nested_deeper("<div>" * 60, 50)
    assert not nested_deeper("<div></div><br><p>" * 600, 50)
