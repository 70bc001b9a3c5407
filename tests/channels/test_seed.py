"""The article that this product exists for, as its reader gets it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from monitor.model import Article, Match, Span
from tests.alerts.letters import NOW, bodies, of, render


def told(text: str) -> str:
    """The text part of the mail about an article, found by two words."""
    title, _, body = text.partition("\n")
    spans = tuple(Span("body", body.index(word), body.index(word) + len(word), word) for word in ("Peskov", "Istanbul"))
    article = Article("tass", "https://tass.example.org/1", title, "", body, "en", published=NOW)
    return bodies(render(of(article, Match("Istanbul talks", spans))))[0]


def test_our_own_article() -> None:
    text = told(
        "Talks go on\nThe third set of direct discussions was held in Istanbul on Wednesday, e.g. about prisoners.\n"
        "Mr. Peskov said on Nov. 23 that the U.S. had no part in it. Nothing was agreed.\n"
    )
    assert "was held in *Istanbul* on Wednesday, e.g. about prisoners.\n" in text
    assert "Mr. *Peskov* said on Nov. 23 that the U.S. had no part in it.\n" in text


def test_the_seed_article() -> None:
    folder = os.environ.get("MONITOR_TEST_DATA")
    if not folder:
        pytest.skip("MONITOR_TEST_DATA is not set")
    [file] = Path(folder, "seed").glob("*.txt")
    text = told(file.read_text(encoding="utf-8"))
    assert "*Peskov*" in text
    assert "during their third set of direct discussions in *Istanbul* on Wednesday." in text
