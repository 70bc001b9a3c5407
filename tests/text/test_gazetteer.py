"""The gazetteer: its lines are well formed, and a place is found from each of its names, in each script."""

from __future__ import annotations

import pytest

from monitor.model import NameEntry
from monitor.text.forms import expand_name
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.gazetteer import gazetteer_spellings
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.script import script_of

FILES = ("gazetteer.txt", "gazetteer-east-asia.txt")
LINES = [[part.rpartition(":") for part in line.split(", ")] for file in FILES for line in data_lines(file)]
OWN = "own"
SCRIPTS = {
    "uk": "cyrillic",
    "ru": "cyrillic",
    "fa": "arabic",
    "de": "latin",
    "pl": "latin",
    "tr": "latin",
    "cs": "latin",
}


def sure(name: str, language: str) -> set[str]:
    return {form.text for form in expand_name(name, {}) if form.confidence >= 0.6 and form.language in ("", language)}


def test_the_lines_have_names_in_the_scripts_of_their_languages() -> None:
    assert len(LINES) > 3_000
    assert {language for line in LINES for language, _, _ in line} == {"", OWN, *SCRIPTS}
    assert not [text for line in LINES for one, _, text in line if one in SCRIPTS and script_of(text) != SCRIPTS[one]]
    own = [text for line in LINES for one, _, text in line if one == OWN]
    assert {script_of(text) for text in own} == {"han", "hangul"}
    assert len(own) == len(set(own))
    assert not [text for line in LINES for _, _, text in line if is_given_name(text.lower())]


@pytest.mark.parametrize(
    ("name", "language", "found"),
    [
        ("Deir ez-Zor", "fr", {"Deir Ezzor"}),
        ("Sweida", "fr", {"Soueida"}),
        ("Sweida", "de", {"Suwaida"}),
        ("as-Suwayda", "ar", {"السويداء"}),
        ("Latakia", "ar", {"اللاذقية", "باللاذقية"}),
        ("Omdurman", "ar", {"أم درمان"}),
        ("Vuhledar", "de", {"Wuhledar"}),
        ("Vouhledar", "en", {"Vuhledar"}),
        ("Zaporijjia", "en", {"Zaporizhzhia"}),
        ("Dnipropetrovsk", "pl", {"Dniepropetrowsk"}),
        ("Navapolatsk", "ru", {"Новополоцке"}),
        ("Velyka Novosilka", "ru", {"Великая Новоселка"}),
        ("Siversk", "ru", {"Северск", "Северске"}),
        ("Dobropillya", "ru", {"Доброполье"}),
        ("Przemyśl", "ru", {"Перемышле"}),
        ("Kiryat Shmona", "he", {"קריית שמונה"}),
        ("Sderot", "he", {"שדרות"}),
        ("Kaohsiung", "zh", {"高雄"}),
        ("Гаосюн", "zh", {"高雄"}),
        ("Yonaguni", "ja", {"与那国"}),
        ("Nagasaki", "zh", {"长崎", "長崎"}),
        ("Pohang", "ko", {"포항", "포항에서"}),
        ("Haiphong", "zh", {"海防市"}),
        ("Urumqi", "zh", {"乌鲁木齐", "烏魯木齊"}),
    ],
)
def test_a_place_is_found_in_other_languages(name: str, language: str, found: set[str]) -> None:
    assert found <= sure(name, language)


def test_a_name_of_no_place_has_no_spellings_and_one_that_is_listed_in_a_script_none_there() -> None:
    assert gazetteer_spellings("Merkel") == ()
    listed = expand_name("Latakia", {"latakia": NameEntry("Latakia", ("لاذقية",))})
    assert not [
        form.text for form in listed if form.source.startswith("gazetteer") and script_of(form.text) == "arabic"
    ]


def test_a_place_written_as_an_ordinary_word_is_found_with_the_word_for_city_only() -> None:
    assert "海防" not in sure("Haiphong", "zh")
    assert "공주" not in sure("Gongju", "ko")
    assert "공주시" in sure("Gongju", "ko")
    assert "京都" not in sure("Kyoto", "ja")


def test_the_article_makes_no_difference() -> None:
    assert gazetteer_spellings("al-Hasakah") == gazetteer_spellings("Hasakah") != ()
