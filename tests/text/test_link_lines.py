"""Addresses behind a text: put there, and taken away again."""

from __future__ import annotations

import pytest

from monitor.text.link_lines import with_link_lines, without_link_lines

LINKS = ["https://n.test/1", "http://n.test/2?a=b"]


@pytest.mark.parametrize("text", ["One.", "One.\nTwo https://n.test/3", "https://n.test/3 and more", ""])
def test_what_is_put_behind_a_text_is_taken_away(text: str) -> None:
    assert without_link_lines(with_link_lines(text, LINKS)) == text
    assert without_link_lines(with_link_lines(text, [])) == text


def test_lines_between_others_stay() -> None:
    for text in ("One.\n→ https://n.test/1\nTwo.", "One.\nhttps://n.test/1", "One.\n→ so it goes"):
        assert without_link_lines(text) == text
