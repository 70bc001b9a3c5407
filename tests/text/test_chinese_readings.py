"""Chinese persons in Cyrillic letters are spelled syllable by syllable, whatever else the Latin letters may be."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.chinese_readings import pinyin_in_cyrillic


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Wang Wentao", {"Ван Вэньтао", "Ван Веньтао"}),
        ("Wang Xiaohong", {"Ван Сяохун", "Ван Сяохуна", "Ван Сяохунові"}),
        ("Wang Huning", {"Ван Хунин", "Ван Хунін"}),
        ("Yang Jiechi", {"Ян Цзечи", "Ян Цзечі"}),
        ("Wan Gang", {"Вань Ган", "Вань Гана"}),
        ("Wen Jiabao", {"Вэнь Цзябао", "Вень Цзябао"}),
        ("Feng Wenjun", {"Фэн Вэньцзюня"}),
        ("Deng Li", {"Дэн Ли", "Ден Лі"}),
    ],
)
def test_a_name_in_pinyin_has_the_syllables_of_both_languages(name: str, wanted: set[str]) -> None:
    found = {form.text for form in expand_name(name, {}) if form.confidence >= 0.6 and form.language != "bg"}
    assert wanted <= found
    assert not any(text.startswith("Ванг ") for text in found)


def test_a_given_name_of_one_letter_is_not_sure_nor_turned() -> None:
    forms = {form.text: form.confidence for form in pinyin_in_cyrillic(["Wang", "Yi"])}
    assert forms["Ван И"] < 0.6
    assert "И Ван" not in forms
    assert pinyin_in_cyrillic(["Donald", "Trump"]) == []
