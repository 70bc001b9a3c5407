"""Vectors of meaning come in time or not at all, each is made once, and a model that fails is told of once."""

from __future__ import annotations

import asyncio
import logging

import pytest

from monitor.isolate import WorkerError, Workers
from monitor.steps import meanings as module
from monitor.steps.meanings import MEANING_JOB, Meanings, meanings_of, open_meanings
from monitor.steps.story_memory import StoryMemory
from monitor.store import Store
from monitor.story_values import TextMarks
from monitor.text.meaning import is_installed
from tests.articles.events import FIRE, NOON, OTHER_FIRE, article, rarity, signs
from tests.steps.meaning_models import Model

TEXTS = ["Fire on a ferry. Four died.", "A budget. Nothing burned."]


def _vector(text: str) -> bytes:
    return bytes([len(text), 1])


async def test_each_text_is_asked_once_and_the_first_ones_first() -> None:
    model = Model(_vector)
    meanings = Meanings(model)
    assert await meanings.of([*TEXTS, TEXTS[0]]) == {text: _vector(text) for text in TEXTS}
    assert await meanings.of(TEXTS) == {text: _vector(text) for text in TEXTS}
    assert model.asked == TEXTS


async def test_a_slow_model_delays_nothing_and_its_answer_is_kept_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model(_vector)
    model.ready.clear()
    meanings = Meanings(model, patience=0)
    assert await meanings.of(TEXTS) == {}
    assert await meanings.of(TEXTS) == {}
    model.ready.set()
    monkeypatch.setattr(meanings, "_patience", 60)
    assert list(await meanings.of(TEXTS)) == TEXTS
    assert model.asked == TEXTS


async def test_no_more_texts_wait_for_the_model_than_it_can_read_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_UNDER_WAY", 3)
    monkeypatch.setattr(module, "_KEPT", 2)
    model = Model(_vector)
    meanings = Meanings(model)
    texts = [f"text {number}" for number in range(5)]
    assert list(await meanings.of(texts)) == texts[1:3]
    assert model.asked == texts[:3]


async def test_a_model_that_fails_is_told_of_once_and_left_alone_for_a_while(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Model(lambda _: WorkerError("timeout", "no answer"))
    meanings = Meanings(model)
    with caplog.at_level(logging.INFO):
        assert await meanings.of(TEXTS) == {}
        assert await meanings.of(["Another text."]) == {}
        assert model.asked == TEXTS[:1]
        monkeypatch.setattr(meanings, "_rests_until", 0.0)
        assert await meanings.of(["Another text."]) == {}
        assert [one.levelname for one in caplog.records] == ["WARNING"]
        assert "fails (timeout: no answer)" in caplog.text
        monkeypatch.setattr(meanings, "_rests_until", 0.0)
        model.answer = _vector
        assert await meanings.of(TEXTS) == {text: _vector(text) for text in TEXTS}
    assert [one.levelname for one in caplog.records] == ["WARNING", "INFO"]


async def test_a_process_that_hangs_is_killed_and_costs_only_the_signal() -> None:
    meanings = Meanings(Workers("tests.isolate.misdeeds:misbehave", count=1, timeout=0.2))
    assert await meanings.of(["hang"]) == {}
    await meanings.close()


async def test_what_is_under_way_at_a_stop_is_given_up() -> None:
    model = Model(_vector)
    model.ready.clear()
    meanings = Meanings(model, patience=0)
    assert await meanings.of(TEXTS) == {}
    await meanings.close()
    await asyncio.sleep(0)
    assert await Meanings().of(TEXTS) == {}


@pytest.mark.skipif(not is_installed(), reason="the extra is not installed, or has no wheel for this machine")
async def test_the_real_model_answers_from_its_process_within_its_memory() -> None:
    assert open_meanings().is_used
    meanings = Meanings(Workers(MEANING_JOB, count=1, timeout=60), patience=120)
    found = await meanings.of([*TEXTS, "я" * 700])
    await meanings.close()
    assert [len(vector) for vector in found.values()] == [384, 384, 384]


@pytest.mark.parametrize("bodies", [(FIRE[1], OTHER_FIRE[1]), (FIRE[1], ""), ("", "")])
async def test_of_a_pair_with_a_title_alone_no_vector_is_wanted(store: Store, bodies: tuple[str, str]) -> None:
    model = Model(lambda _: b"\x01")
    read = [
        (
            article(said[0], body, outlet=outlet)._replace(published=NOON, digest=outlet.encode()),
            TextMarks(event=signs(said, outlet=outlet)),
        )
        for said, body, outlet in zip((FIRE, OTHER_FIRE), bodies, ("one", "two"), strict=True)
    ]
    found = await meanings_of(store, StoryMemory(rarity()), Meanings(model), read)
    assert set(found) == ({b"one", b"two"} if all(bodies) else set())
    assert len(model.asked) == len(found)
