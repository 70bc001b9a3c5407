"""How commands explain themselves: help without types, options that stand before their command."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from monitor.cli import COMMANDS, app

GROUPS = {
    "alerts": ("list", "show", "retry", "drop", "release"),
    "mail": ("test",),
    "rules": ("list", "add", "translate", "import"),
    "outlets": ("list",),
    "db": ("copy", "upgrade"),
    "people": ("list", "mute", "unmute"),
}
ALL = [(), *((name,) for name in COMMANDS), *((group, name) for group, names in GROUPS.items() for name in names)]


def said(*words: str) -> tuple[int, str]:
    ran = CliRunner(env={"COLUMNS": "200"}).invoke(app, words, prog_name="monitor")
    return ran.exit_code, ran.output


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_help_speaks_of_no_types(words: tuple[str, ...]) -> None:
    code, text = said(*words, "-h")
    assert (code, re.findall(r"<[a-z\[\] ]+>|\{[A-Z]+\}|\[\[", text)) == (0, [])
    assert "--help" in text


def test_help_names_what_an_option_takes() -> None:
    text = said("rules", "add", "-h")[1]
    assert "monitor rules add [OPTIONS] NAME QUERY" in text
    assert re.search(r"--send +WHEN ", text)
    assert re.search(r"--dry-run +Show what", text)
    assert "[ID]..." in said("alerts", "drop", "-h")[1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("--data d status", "monitor status --data d"),
        ("--config=c status --all", "monitor status --all --config=c"),
        ("--config c --data d --json outlets list", "monitor outlets list --config c --data d --json"),
        ("alerts --data d list --state sent", "monitor alerts list --state sent --data d"),
        ("--data d", "monitor COMMAND --data d"),
        ("--since 30d try talks", "monitor try talks --since 30d"),
    ],
)
def test_an_option_before_its_command_is_answered_with_its_place(typed: str, meant: str) -> None:
    code, text = said(*typed.split())
    option = re.search(r"--[a-z]+", typed)
    assert option
    assert (code, f"{option[0]} goes after the command: {meant}" in text) == (2, True), text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("translate x", "monitor rules translate x?"),
        ("add x", "monitor rules add x, or monitor outlets add x?"),
    ],
)
def test_a_command_without_its_group_is_answered_with_the_line(typed: str, meant: str) -> None:
    code, text = said(*typed.split())
    assert (code, f"Did you mean: {meant}" in text) == (2, True), text


@pytest.mark.parametrize("typed", ["--dta d status", "-x", "alerts --stat list"])
def test_what_no_command_knows_is_no_option(typed: str) -> None:
    code, text = said(*typed.split())
    assert (code, "No such option" in text, "goes after" in text) == (2, True, False)


def test_options_of_the_program_itself_stay_before() -> None:
    assert said("--version")[0] == 0
