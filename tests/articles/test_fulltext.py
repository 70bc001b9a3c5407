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
from tests.articles.news_pages import news_pages
from tests.articles.pages import TEXTS, f1, pages

DATA = os.environ.get("MONITOR_TEST_DATA", "")


def article(title: str = "", lead: str = "", body: str = "") -> Article:
    return Article("news", "https://news.test/1", title, lead=lead, body=body or lead, digest=b"0")


def test_our_pages_give_their_articles() -> None:
    scores = {name: f1(full_text(html), text) for name, html, text in pages()}
    assert len(scores) == 24
    assert sum(scores.values()) / len(scores) >= 0.95, scores
    assert min(scores.values()) >= 0.8, scores


def test_seven_languages_in_the_layouts_of_publishing_systems_give_their_articles() -> None:
    found = [(page, f1(full_text(page.html), page.text)) for page in news_pages()]
    assert len(found) >= 80
    assert min(score for _, score in found) >= 0.88, {page.name: score for page, score in found if score < 0.88}
    for language in ("ar", "de", "en", "fr", "ru", "tr", "uk"):
        scores = [score for page, score in found if page.language == language]
        assert len(scores) >= 12
        assert sum(scores) / len(scores) >= 0.97, language


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
    assert sum(scores) / len(scores) >= 0.965


def paragraphs(begin: int, end: int) -> str:
    """HTML paragraphs that differ."""
    sentence = "The ferry number {} has not crossed the strait since the storm of October tore away the landing stage."
    return "".join(f"<p>{sentence.format(number)}</p>" for number in range(begin, end))


def test_a_box_at_the_end_is_left_out_and_a_link_within_stays() -> None:
    box = '<div class="bottom"><p>Sign up for our letter and receive the news every morning.</p></div>'
    link = '<p><a href="https://court.test/ruling">The whole ruling of the court stands here</a></p>'
    text = full_text(f'<body><div class="entry-content">{paragraphs(0, 3)}{link}{paragraphs(3, 6)}{box}</div></body>')
    assert "Sign up" not in text
    assert "whole ruling" in text
    assert len(text.split("\n")) == 7


def test_a_body_in_several_blocks_is_read_whole() -> None:
    block = "<section><div class='article-body'>{}</div></section>"
    body = block.format(paragraphs(0, 6)) + block.format(paragraphs(6, 16))
    other = f"<article><div class='article-body'>{paragraphs(20, 60)}</div></article>"
    text = full_text(f"<html><body><article>{body}</article>{other}</body></html>")
    assert len(text.split("\n")) == 16


def linked(body: str) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "articleBody": body})}</script>'


def test_a_body_that_stands_in_json_ld_alone_is_the_text() -> None:
    body = "<p>Not a ferry in sight.</p>" * 30
    page = f"<html><head>{linked(body)}</head><body><div id=app></div></body></html>"
    assert full_text(page).split("\n") == ["Not a ferry in sight."] * 30


@pytest.mark.parametrize("body", ["A short summary of what was said.", "What was said, and said again. " * 30 + "..."])
def test_a_summary_in_json_ld_is_not_the_text(body: str) -> None:
    page = f"<html><head>{linked(body)}</head><body><article>{paragraphs(0, 3)}</article></body></html>"
    assert "said" not in full_text(page)


@pytest.mark.parametrize("language", TEXTS)
def test_a_page_is_told_from_another_one(language: str) -> None:
    title, lead, *rest = TEXTS[language]
    own, other = "\n".join((lead, *rest)), "\n".join(TEXTS["en" if language != "en" else "de"][1:])
    assert is_of(own, article(title, lead))
    assert not is_of(other, article(title, lead))
    assert not is_of("Accept cookies and go on to the page that you wanted", article(title, lead))


def test_a_piece_that_announces_nothing_takes_what_its_page_says() -> None:
    assert is_of("whatever stands there", article())


def test_the_pages_own_title_counts_where_a_text_stands_below_it() -> None:
    announced = article("Football violence may be a crime", "Prosecutors would struggle")
    body = "It was the shot to the head heard around the world, in the closing seconds of the game. " * 4
    assert not is_of(body, announced)
    assert is_of(body, announced, "Football violence may be a crime | News")
    assert not is_of(body, announced, "Snow closes both passes | News")
    assert not is_of("Nothing stands here any more.", announced, announced.title)


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
