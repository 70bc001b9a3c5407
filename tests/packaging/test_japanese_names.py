from __future__ import annotations

import pytest

from tests.packaging.japanese_names import character_readings, romanised


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("モテギ", "motegi"),
        ("ショウヘイ", "shohei"),
        ("オオタニ", "otani"),
        ("イッペイ", "ippei"),
        ("ハッチョウ", "hatcho"),
        ("リュウタロウ", "ryutaro"),
        ("イノウエ", "inoue"),
        ("ジュンコ", "junko"),
    ],
)
def test_readings_are_romanised_as_newsrooms_do(kana: str, latin: str) -> None:
    assert romanised(kana) == latin


def test_the_characters_of_names_share_their_readings() -> None:
    names = {"敏充": ["toshimitsu"], "敏夫": ["toshio"], "敏子": ["toshiko"], "敏美": ["toshimi"]}
    names |= {"和夫": ["kazuo"], "和子": ["kazuko"], "和美": ["kazumi"], "和充": ["kazumitsu"]}
    found = character_readings(names)
    assert (found["敏"][0], found["和"][0]) == ("toshi", "kazu")
    assert "充" not in found, "of two names"
