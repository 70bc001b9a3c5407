"""Floors of how many copies of a text are known, over our own texts (`python -m tests.bench.neardup`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.store import Store
from tests.bench.neardup import EDITS, ROUNDS, edited, originals, pages_of, precision, recall, store_all

FLOORS = {
    "lead and footer": 0.98,
    "quarter cut": 0.98,
    "words replaced": 0.98,
    "first half": 0.95,
    "retitled": 0.98,
    "unchanged": 1.0,
}
"""Recall."""
SAMPLE = 8
"""Every eighth text, since all take a minute."""


def test_the_bench_edits_texts_enough_for_a_figure() -> None:
    texts = originals(own_only=True)
    assert len(texts) * (1 + len(EDITS) * len(ROUNDS)) >= 5000
    for one in edited(texts[:20]):
        original = texts[one.original]
        assert (one.title == original.title) == (one.edit != "retitled")
        assert (one.text == original.text) == (one.edit in ("", "retitled", "unchanged"))


@pytest.mark.parametrize(("edit", "floor"), FLOORS.items())
def test_copies_are_of_their_originals_story(edit: str, floor: float, tmp_path: Path) -> None:
    assert recall(tmp_path, originals(own_only=True)[::SAMPLE], edit, 0) >= floor


def test_no_other_text_is_of_that_story(tmp_path: Path) -> None:
    texts = originals(own_only=True)[::SAMPLE]
    shown = edited(texts, rounds=(0,))
    with Store.open(tmp_path / "monitor.db") as store:
        stories = store_all(store, pages_of(shown, texts))
    assert precision(texts, shown, stories) >= 0.99
