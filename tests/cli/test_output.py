from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from monitor.cli import COMMANDS, app
from monitor.cli.output import json_text
from monitor.text import counted


def test_json_turns_no_terminal_round_and_says_the_same() -> None:
    text = "a\u202eb\u2066c\x9bd\u2028e Песков 🔥"
    shown = json_text({"title": text})
    assert json.loads(shown) == {"title": text}
    assert not set(shown) & {"\u202e", "\u2066", "\x9b", "\u2028"}
    assert "Песков 🔥" in shown


@pytest.mark.parametrize(("count", "said"), [(0, "0 articles"), (1, "1 article"), (1200, "1,200 articles")])
def test_one_is_said_as_one(count: int, said: str) -> None:
    assert counted(count, "article") == said


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS), ["alerts", "list"], ["rules", "add"]])
def test_every_command_explains_itself(words: list[str]) -> None:
    short, long = (CliRunner().invoke(app, [*words, option]) for option in ("-h", "--help"))
    assert short.exit_code == long.exit_code == 0
    assert short.output == long.output
    assert "Usage" in short.output
