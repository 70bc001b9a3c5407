"""Floors of how many copies of a text are known, over our own texts (`python -m tests.bench.neardup`)."""

from __future__ import annotations

from pathlib import Path

from monitor.store import Store
from tests.bench.neardup import EDITS, ROUNDS, batches, edited, originals, precision, recalls, store_all

FLOORS = {"unchanged": 1.0}
"""Recall; copies with other words are not known yet."""


def test_the_bench_edits_texts_enough_for_a_figure() -> None:
    texts = originals(own_only=True)
    assert len(texts) * (1 + len(EDITS) * ROUNDS) >= 5000
    for one in edited(texts[:20]):
        original = texts[one.original]
        assert (one.title, one.text) == (original.title, original.text) or one.edit not in ("", "unchanged")
        assert (one.title == original.title) == (one.edit != "retitled")


def test_copies_are_of_their_originals_story(tmp_path: Path) -> None:
    texts = originals(own_only=True)[::8]
    shown = edited(texts)
    with Store.open(tmp_path / "monitor.db") as store:
        stories = store_all(store, batches(texts))
    found = recalls(shown, stories)
    assert {edit: share for edit, share in found.items() if share < FLOORS.get(edit, 0.0)} == {}
    assert precision(texts, shown, stories) >= 0.99
