"""How the table of characters of Chinese given names is made."""

from __future__ import annotations

from tests.packaging.chinese_names import by_syllable, characters, without_tone


def test_readings_have_no_tones() -> None:
    assert [without_tone(one) for one in ("zhōng", "lǜ", "xi")] == ["zhong", "lu", "xi"]


def test_the_most_frequent_characters_come_first() -> None:
    assert characters([("又", 1), ("明", 9), ("伟", 5)]) == ["明", "伟", "又"]


def test_each_character_stands_under_all_its_readings_with_its_traditional_shapes() -> None:
    rows = by_syllable(["乐", "月"], {"乐": ["le", "yue"], "月": ["yue"]}, {"乐": ["乐", "樂"], "月": ["月"]})
    assert rows == {"le": ["乐", "樂"], "yue": ["月", "|", "乐", "樂"]}
