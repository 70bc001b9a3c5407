"""Parts of an article's page are read by the selectors that an outlet gives; what they do not find is left empty."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources import SelectedParts, is_selector, select_parts

URL = "https://news.test/2026/harbour"
HTML = """<html><head><meta property="og:image" content="/lead.jpg"></head><body>
<h1 class="t">Harbour <b>shut</b></h1><time datetime="2026-11-23T09:30:00+03:00">today</time>
<p class="by"><a>Ann Smith</a> and <a>Bob Jones</a> and <a>Ann Smith</a></p>
<div class="body"><div class="body"><p>No ship leaves.</p></div>
<p>The council met.</p><aside>Read also: fair</aside></div>
</body></html>"""


def select(**selectors: str) -> SelectedParts:
    return select_parts(HTML, URL, selectors)


def test_each_part_is_what_its_selector_finds() -> None:
    found = select(
        text="div.body",
        title="h1.t",
        time="time@datetime",
        authors=".by a",
        picture="meta[property='og:image']@content",
        remove="aside",
    )
    assert found.text.split("\n") == ["No ship leaves.", "The council met."]
    assert (found.title, found.time) == ("Harbour shut", datetime(2026, 11, 23, 6, 30, tzinfo=UTC))
    assert (found.authors, found.picture) == (("Ann Smith", "Bob Jones"), "https://news.test/lead.jpg")
    assert "Read also" not in found.html
    assert "No ship leaves." in found.html


def test_an_element_inside_another_one_is_read_once_and_single_paragraphs_in_their_order() -> None:
    assert select(text=".body p, .t").text == "Harbour shut\nNo ship leaves.\nThe council met."


def test_what_is_not_given_or_finds_nothing_is_empty() -> None:
    assert select() == SelectedParts(HTML)
    assert select(text=".x", title="h2", time="h1", authors=".x", picture=".x", remove=".x") == SelectedParts(HTML)


def test_a_page_that_is_nested_too_deep_gives_nothing() -> None:
    deep = "<div>" * 500 + "harbour"
    assert select_parts(deep, URL, {"text": "div", "remove": "p"}) == SelectedParts(deep)


@pytest.mark.parametrize(
    "selector", ["div.body p", "p:has(b)", "time@datetime", "meta[property='a@b']@content", "h1, h2"]
)
def test_a_selector_is_told(selector: str) -> None:
    assert is_selector(selector)


@pytest.mark.parametrize("selector", ["", "div[", "p..a", "@href", "h1,", "p::before", "a:contains(x)", "!!"])
def test_what_is_no_selector_is_told(selector: str) -> None:
    assert not is_selector(selector)


@given(
    st.text(st.sampled_from("<>/ab\"'= phdivclas.#@[]:"), max_size=60),
    st.text(st.sampled_from("ab.#@[]:>, p"), max_size=12),
)
def test_any_page_and_selector_have_an_answer(html: str, selector: str) -> None:
    parts = dict.fromkeys(("text", "title", "time", "authors", "picture", "remove"), selector)
    assert isinstance(select_parts(html, URL, parts), SelectedParts)
    assert is_selector(selector) in (True, False)
