"""A worker's answer is values and nothing else, whoever wrote the bytes."""

from __future__ import annotations

import contextlib
import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.isolate.wire import HEADER, pack, unpack


def test_a_message_is_its_length_and_its_arguments() -> None:
    message = pack((1, "two"))
    (length,) = HEADER.unpack(message[: HEADER.size])
    assert length == len(message) - HEADER.size == len(pickle.dumps([1, "two"], protocol=5))
    assert pickle.loads(message[HEADER.size :]) == [1, "two"]


@pytest.mark.parametrize(
    "value",
    [None, "text", b"bytes", 1.5, ("a", 1), ["b"], {"c": ("d",)}, datetime(2026, 11, 29, tzinfo=UTC), timedelta(1)],
)
def test_values_come_through(value: object) -> None:
    assert unpack(pickle.dumps((True, value))) == (True, value)


def test_an_error_is_its_reason_and_detail_that_a_terminal_can_show() -> None:
    assert unpack(pickle.dumps((False, "page\x1b[2J", "d" * 600))) == (False, "page [2J", "d" * 500)


@pytest.mark.parametrize(
    "answer",
    [None, (), (True,), (1, "value"), (False, "reason"), (False, "reason", 3), (False, None, ""), [True, 1]],
)
def test_another_shape_is_no_answer(answer: object) -> None:
    with pytest.raises(ValueError, match="unknown shape"):
        unpack(pickle.dumps(answer))


@pytest.mark.parametrize("hostile", [Path("/"), print, ValueError("x"), {1}.__class__])
def test_a_class_of_any_other_kind_is_refused(hostile: object) -> None:
    with pytest.raises(ValueError, match="is not allowed in an answer"):
        unpack(pickle.dumps((True, hostile)))


@given(st.binary(max_size=200))
def test_bytes_that_are_no_answer_raise_value_error_alone(message: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert unpack(message)[0] in (True, False)
