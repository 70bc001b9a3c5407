from __future__ import annotations

from monitor.text.letters import Letters


def test_each_letter_is_folded_once() -> None:
    asked: list[str] = []

    def fold(letter: str) -> str:
        asked.append(letter)
        return letter.casefold()

    letters = Letters(fold)
    assert "ÄÄß".translate(letters) == "ääss"
    assert asked == ["Ä", "ß"]
