"""The text of a page is its article's own; what is no page, or another one, costs nothing but itself."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.articles import full_text, is_of
from monitor.errors import ParseError
from monitor.model import Article
from tests.articles.pages import TEXTS, f1, pages

DATA = os.environ.get("MONITOR_TEST_DATA", "")


def article(title: str = "", lead: str = "", body: str = "") -> Article:
    return Article("news", "https://news.test/1", title, lead=lead, body=body or lead, digest=b"0")


def test_our_pages_give_their_articles() -> None:
    scores = {name: f1(full_text(html), text) for name, html, text in pages()}
    assert len(scores) == 24
    assert sum(scores.values()) / len(scores) >= 0.95, scores
    assert min(scores.values()) >= 0.8, scores


@pytest.mark.slow
@pytest.mark.skipif(not DATA, reason="MONITOR_TEST_DATA is not set")
def test_real_pages_give_their_articles() -> None:
    folder = Path(DATA) / "pages" / "article-extraction-benchmark"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    scores = []
    for name, wanted in list(truth.items())[::3]:
        html = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace")
        scores.append(f1(full_text(html), wanted["articleBody"]))
    assert len(scores) > 50
    assert sum(scores) / len(scores) >= 0.94


@pytest.mark.parametrize("language", TEXTS)
def test_a_page_is_told_from_another_one(language: str) -> None:
    title, lead, *rest = TEXTS[language]
    own, other = "\n".join((lead, *rest)), "\n".join(TEXTS["en" if language != "en" else "de"][1:])
    assert is_of(own, article(title, lead))
    assert not is_of(other, article(title, lead))
    assert not is_of("Accept cookies and go on to the page that you wanted", article(title, lead))


def test_a_piece_that_announces_nothing_takes_what_its_page_says() -> None:
    assert is_of("whatever stands there", article())


@pytest.mark.parametrize("html", ["<div>" * 3000 + "x", "<p>" + "x" * 4_000_001])
def test_pages_made_to_be_slow_are_refused(html: str) -> None:
    with pytest.raises(ParseError):
        full_text(html)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("<>/pdiv abc&;=\"'!-\n\x00\ud800яİ"), max_size=400))
def test_any_text_is_a_page_or_a_named_error(text: str) -> None:
    try:
        found = full_text(f"<html><body><p>{text}</p></body></html>")
    except ParseError:
        return
    assert isinstance(found, str)
