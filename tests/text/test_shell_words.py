"""Words of a command line are quoted only where a shell would take them for something else."""

from __future__ import annotations

import shlex

import pytest

from monitor.text.shell_words import shell_word


@pytest.mark.parametrize("text", ["Пєскоф", "Jean-Luc", "佩斯科夫"])
def test_a_name_of_any_script_stays_as_it_is(text: str) -> None:
    assert shell_word(text) == text


@pytest.mark.parametrize("text", ["Gavin Newsom", "O'Leary", "$HOME", "", "a;b"])
def test_what_a_shell_would_change_is_quoted(text: str) -> None:
    assert shell_word(text) != text
    assert shlex.split(shell_word(text)) == [text]
