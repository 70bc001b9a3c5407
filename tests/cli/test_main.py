"""The command line as a process: exit codes and errors without a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run.daemons import command


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("status",), 1, "monitor: there is no database"),
        (("check", "--config", "nowhere"), 2, "there is no such folder"),
        (("chek",), 2, "Did you mean 'check'"),
        (("run", "--log", "xml"), 2, "lines or json"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
async def test_errors_are_words_with_an_exit_code(folder: Path, words: tuple[str, ...], code: int, said: str) -> None:
    found, output = await command(folder, *words)
    assert (found, "Traceback" in output) == (code, False)
    assert said in " ".join(output.split())
