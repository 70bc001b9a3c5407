"""Foreign names in Chinese characters and kana are read by their sounds."""

from __future__ import annotations

import pytest

from monitor.text.syllable_sounds import latin_of_syllables, transcribing


@pytest.mark.parametrize(
    ("text", "script", "latin"),
    [
        ("佩斯科夫", "han", "peskof"),
        ("維特科夫", "han", "vitkof"),
        ("ウィトコフ", "kana", "witkof"),
        ("スターマー", "kana", "stama"),
        ("佩 斯 科 夫", "han", "peskof"),
    ],
)
def test_a_name_is_read_by_its_usual_sounds(text: str, script: str, latin: str) -> None:
    assert latin_of_syllables(text, script) == latin


def test_what_writes_no_sound_of_a_foreign_name_has_none() -> None:
    assert latin_of_syllables("签署", "han") == ""
    assert {"签", "的"}.isdisjoint(transcribing())
    assert {"斯", "爾"} <= transcribing()
