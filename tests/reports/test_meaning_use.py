"""By what stories are told apart, as `check` and `status` say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config import load
from monitor.reports import meaning_use as module
from monitor.reports.meaning_use import COMPARED, NOT_INSTALLED, NOT_WANTED, meaning_use
from tests.cli.stand import stand


@pytest.mark.parametrize(
    ("says", "is_there", "expected"),
    [
        ("", True, COMPARED),
        ("stories: {meaning: auto}\n", False, NOT_INSTALLED),
        ("stories: {meaning: no}\n", True, NOT_WANTED),
        ("stories: {meaning: 'no'}\n", False, NOT_WANTED),
    ],
)
def test_it_follows_the_file_and_what_is_installed(
    says: str, is_there: bool, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "is_installed", lambda: is_there)
    made = stand(tmp_path)
    before = (made.config / "monitor.yaml").read_text(encoding="utf-8")
    made.write({"monitor.yaml": before + says})
    found = load(made.config, data=tmp_path / "data")
    assert found.config is not None, found.problems
    assert meaning_use(found.config.settings) == expected


def test_another_word_is_a_mistake_that_names_the_right_ones(tmp_path: Path) -> None:
    made = stand(tmp_path)
    before = (made.config / "monitor.yaml").read_text(encoding="utf-8")
    made.write({"monitor.yaml": before + "stories: {meaning: always}\n"})
    (problem,) = load(made.config, data=tmp_path / "data").problems
    assert "auto, or no" in str(problem)
    assert problem.line == before.count("\n") + 1
