"""How far a long trial is, is said on the standard error."""

from __future__ import annotations

import pytest

from monitor.cli import article_output


def test_without_a_terminal_it_says_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(article_output, "monotonic", lambda: next(clock))
    assert list(article_output.with_progress(range(12), 1200)) == list(range(12))
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == ["5 of 1,200 candidates judged", "10 of 1,200 candidates judged"]


def test_what_is_done_soon_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(article_output.with_progress("abc", 3)) == list("abc")
    assert capsys.readouterr().err == ""
